"""Conditioning: the worlds that agree with what has happened, and what is then the case in them.

grammar         a condition as written, such as `not ceasefire by 12`
spans           the months that its dates stand for
vocabulary      the names that it may use: events, aliases, measures, columns
events          the tables of a run, read for what a condition names
evaluate        the worlds that meet a condition
dated_events    a file of what happened on which day
weights         how much each world counts, given such a file
learnt          the assumptions that differ in the worlds left
conditioning    all of it for one run
tables          the same as files
"""
