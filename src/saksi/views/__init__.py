"""What a reading looks like: a table for the terminal, JSON, CSV, or one self-contained page.

A view turns one reading at a time into text, so that a run over millions of reports needs no more memory than one.
"""

from saksi.views.view import View, pieces

__all__ = ["View", "pieces"]
