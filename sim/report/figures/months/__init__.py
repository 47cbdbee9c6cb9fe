"""Figures over months: fans, shares, levels and differences."""
