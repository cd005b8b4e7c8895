"""The world in memory: for tests, features and demos."""
