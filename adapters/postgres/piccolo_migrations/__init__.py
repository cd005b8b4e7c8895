"""The steps from an empty database to this one, and back; written by hand, since Piccolo knows no partitions."""
