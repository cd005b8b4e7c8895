"""What the model is told to be and to do: a common part, and one short text for each thing a caller may be about."""
