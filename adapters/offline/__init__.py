"""Speech and a model that need neither key nor network."""
