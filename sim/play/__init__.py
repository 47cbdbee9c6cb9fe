"""A class plays the states of a scenario: seats, order sheets, crises, and the log of it all."""
