"""Policies tried in many futures: levers, experiments in memory, robustness and regret."""
