"""From what is written to what is said: figures, signs, abbreviations and foreign names become words."""
