"""Asterisk's side of a call: who is calling, who may take over, what comes after the line."""
