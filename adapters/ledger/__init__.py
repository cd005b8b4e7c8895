"""The ledger in a file of this machine, shared by the processes that run here."""
