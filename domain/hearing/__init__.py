"""What was asked for, read from the caller's words."""
