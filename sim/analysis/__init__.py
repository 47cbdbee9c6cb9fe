"""What is learnt from worlds beside how often something happened in them.

landscape      into which two camps the actors of a scenario part
"""
