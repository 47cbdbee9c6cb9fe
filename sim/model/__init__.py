"""The simulation: actors that decide in every world at once. No country is named here."""
