"""Draws figures of results folders, and writes a page that explains them.

    run_view    a results folder as the report reads it; several of them with distinct names
    words       numbers and small print as text
    figures     the figures, one to a file, and the data they are drawn from
    save        a figure and its table as files
    page        the page, and its text

Altair and its dependencies are loaded only when something is drawn.
"""
