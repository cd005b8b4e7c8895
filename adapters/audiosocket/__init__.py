"""The caller's line over AudioSocket, as Asterisk speaks it."""
