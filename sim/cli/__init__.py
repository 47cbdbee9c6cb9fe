"""The command line: arguments in, words and exit codes out. One file per command.

    app         ties the commands together
    group       what all of them share: the words noted, errors shown in one place
    run, check, schema    the commands
    asking      options that several commands take
    answer, progress      what is shown while worlds are lived, and afterwards

Whatever takes a while to load is imported inside a command, so that help is there at once.
"""
