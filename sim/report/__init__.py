"""From results folders to pictures, and to a page that explains itself.

    run_view    a results folder as the report sees it; several of them with names that differ
    words       figures and small print in words
    figures     the pictures, one to a file, and what they are drawn from
    save        a picture and its table as files
    page        the page, and what it says besides

Altair and its kind are loaded only when something is drawn.
"""
