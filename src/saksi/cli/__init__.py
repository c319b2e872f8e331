"""The command line: one file per verb, nothing heavy loaded before it is needed."""

from saksi.cli.main import main

__all__ = ["main"]
