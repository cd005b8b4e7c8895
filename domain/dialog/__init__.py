"""The dialog: whose turn it is, and what is to be done about it."""
