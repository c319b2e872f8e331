"""The ledger's tables from one version of Saksi to the next."""
