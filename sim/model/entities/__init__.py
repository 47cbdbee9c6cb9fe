"""What a world is made of beside its actors: treaties, rivalries, wars, arrangements."""
