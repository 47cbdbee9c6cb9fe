"""Reference populations: invented actors who quarrel and ally as often as states have.

Patterns about disputes in general need more than the actors of one treaty. `rates.py` holds what
was observed, `draw.py` draws a population from it, `scenario_writer.py` writes it as a scenario
file like any other, and `python -m sim.validation.studies.patterns.population` writes the family
anew.
"""
