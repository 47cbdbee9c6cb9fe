"""The command line: arguments in, words and exit codes out.

    app         ties the commands together
    group       what all of them share: the words noted, errors shown in one place
    commands    one file per command
    views       what each prints, in a file of the same name
    options     options that several commands take
    progress, wording     what is shown while worlds are lived, and how it is put
    numbers, output       digits shown; CSV, Markdown and JSON
    exit        last lines and exit codes

Whatever takes a while to load is imported inside a command, so that help is there at once.
"""
