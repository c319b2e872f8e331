"""The ledger: what was captured and read, kept so that it can be shown and checked years later."""
