"""Analyses of simulated worlds, beyond how often each outcome occurs.

landscape    the two camps into which the actors of a scenario divide
comparison   what differs between runs, world by world
sensitivity  which assumptions move a measure, and which combinations lead to an outcome
attribution  which mechanisms cause the difference between two scenarios
stories      one world simulated again with its decision log; where two histories diverge
data         what a user named, opened for any of these, as frames or as an archive
"""
