"""The command line: arguments in, text and exit codes out.

    app         registers the commands
    group       what all commands share: the command recorded, errors shown in one place
    commands    one file per command
    views       what each command prints, in a file of the same name
    options     the options that several commands share
    progress    the progress bar
    pace        how long work should take here and now
    work        what the long commands do, step by step
    wording     sentences
    numbers     rounding
    output      the terminal and new files
    exit        last lines and exit codes

Modules that load slowly are imported inside a command, so that help appears at once.
"""
