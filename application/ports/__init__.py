"""The edge of the hexagon: roles that the application needs filled, a page a subject."""
