"""Mathematics that knows no scenario: intervals, scores, regressions, Shapley values."""
