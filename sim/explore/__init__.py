"""A page to play with: worlds packed into one file that opens in any browser.

sides      the runs that are shown side by side
data       what is packed of them, part by part
build      all parts as one pack
page       the page that holds the pack
"""
