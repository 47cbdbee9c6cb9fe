"""The entities of a world beside its actors: treaties, rivalries, wars, institutions."""
