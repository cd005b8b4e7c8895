"""The demo shop's HTTP server: the whole Store API, and an administrator's own paths beside it."""
