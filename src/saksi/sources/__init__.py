"""Capture: files of several kinds become reports, or a problem that says what is wrong with them.

Nothing is guessed silently: a text is UTF-8 (or has a byte order mark) unless the user names its encoding, a page
says its own charset, and what cannot be read is yielded as a `Problem` in the place where the report would stand.
"""

from saksi.sources.formats import FORMATS
from saksi.sources.limits import LIMITS, Limits
from saksi.sources.open import open_reports
from saksi.sources.problem import Problem

__all__ = ["FORMATS", "LIMITS", "Limits", "Problem", "open_reports"]
