"""The shop over its Store API: HTTP with JSON, shaped into the values that the domain knows."""
