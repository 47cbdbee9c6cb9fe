"""Who begins quarrels, how they open and whether they are resisted: estimates from the record.

`record.py` reads the disputes counted between each two actors, `shrinkage.py` fits how far pairs
differ and how much an old year still says, `estimates.py` applies both to each rivalry,
`openings.py` finds the rung at which disputes must open for the highest to be as recorded, and
`lines.py` writes the numbers of the scenario. `comparison.py` sets what is simulated beside the
record.
"""
