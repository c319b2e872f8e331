"""The checks that `saksi verify` is made of, one module for each sort of item."""
