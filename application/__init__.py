"""Use cases of the call center and, in `ports`, all that they ask of the world."""
