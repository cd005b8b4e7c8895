"""Pages and fragments for people at a browser."""
