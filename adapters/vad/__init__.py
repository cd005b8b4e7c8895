"""Voice activity: a gate by energy in front, silero behind it, one batch for all calls."""
