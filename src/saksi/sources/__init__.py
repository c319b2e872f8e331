"""Capture: files, folders and addresses of several kinds become reports, or a problem that says what is wrong.

Nothing is guessed silently: a text is UTF-8 (or has a byte order mark) unless the user names its encoding, a page
says its own charset, and what cannot be read is yielded as a `Problem` in the place where the report would stand.
Nothing is fetched unless the user has named its address.
"""

from saksi.sources.captured import Captured
from saksi.sources.formats import FORMATS
from saksi.sources.limits import LIMITS, Limits
from saksi.sources.open import open_captured, open_reports
from saksi.sources.policy import POLICY, FetchPolicy
from saksi.sources.problem import Problem

__all__ = ["FORMATS", "LIMITS", "POLICY", "Captured", "FetchPolicy", "Limits", "Problem", "open_captured",
           "open_reports"]
