"""The owner's words, a line of the harness each."""
