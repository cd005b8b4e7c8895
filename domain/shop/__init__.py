"""The shop: what it sells and does, and how far a caller's wishes have come."""
