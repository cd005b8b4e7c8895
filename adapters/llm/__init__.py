"""Language models of providers behind one port."""
