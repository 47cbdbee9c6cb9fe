"""What is packed of the worlds of some runs; docs/explorer-data.md defines the format.

arrays         numbers of the worlds as few bytes
pack           a header and its arrays as one file, written and read
assumptions    the uncertain numbers that matter most, by measured effect
labels         what an uncertain number is called
outcomes       what came of each world
series         its state month by month
happened       what has happened by a month, in the words of `sim condition`
"""
