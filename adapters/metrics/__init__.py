"""Figures of the running engine, as Prometheus reads them."""
