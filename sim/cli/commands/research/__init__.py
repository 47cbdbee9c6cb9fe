"""The commands of a study: many points, sensitivity, attribution, checks, exports."""
