"""Arrangements beyond promises and quarrels: what each keeps, in every world."""
