"""Calls for other programs: as a table or as lines of JSON, however many they are."""
