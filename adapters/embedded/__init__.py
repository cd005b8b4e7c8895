"""A real PostgreSQL and a real Redis beside the program, where none is named by a URL."""
