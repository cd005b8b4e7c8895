"""The API: what the pages show and do, for other programs."""
