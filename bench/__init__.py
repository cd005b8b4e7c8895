"""How many calls one engine process carries, and what the callers notice of it."""
