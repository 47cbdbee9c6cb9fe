"""What is learnt from worlds beside how often something happened in them.

landscape    into which two camps the actors of a scenario part
comparison   what differs between runs, world by world
sensitivity  which assumptions move a measure, and which combinations lead to an outcome
attribution  which mechanism makes two scenarios differ
stories      one world lived again with its reasons, and told; where two histories part; promises
data         a results folder opened for any of these, as frames, or as an archive
"""
