"""Reference populations: invented actors with the rates of disputes and alliances of states.

Patterns about disputes in general need more than the actors of one treaty. `rates.py` has the
observed rates, `draw.py` draws a population from them, `scenario_writer.py` writes it as a scenario
file, and `python -m sim.validation.studies.patterns.population` writes the files
of all populations.
"""
