"""What a choice rests on: what is foreseen, who calls, how strong each is; and the decision."""
