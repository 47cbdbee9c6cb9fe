"""From results folders to pictures, and to a page that explains itself.

    run         a results folder as the report sees it; several of them with names that differ
    data        what is counted for the pictures: quantiles by month, pairs of worlds
    extras      whether what drawing needs is installed
    columns     which monthly columns are drawn, and what they are called
    words, dates    figures, small print and months in words
    figure      one picture: a chart, its words, its table
    theme       colours, and how charts look
    fans, outcomes, fourway, network, timeline, camps, tornado, reliability    the pictures
    shelves     how bars stand below their words
    gallery     all of them by name
    save        a picture and its table as files
    headline, assumptions, validated    what the page says besides
    slim        pictures with no more digits than a page needs
    page        the page

Altair and its kind are loaded only when something is drawn.
"""
