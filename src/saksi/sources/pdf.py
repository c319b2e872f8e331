"""A PDF is one report: the text of its pages, a blank line between them."""

from __future__ import annotations

import re
from typing import Final

from saksi.errors import InputError
from saksi.records import Report
from saksi.sources.limits import Limits
from saksi.sources.page import Page
from saksi.sources.plain import too_long, whole

_ARABIC: Final = re.compile("[\u0600-\u06ff\ufb50-\ufdff\ufe70-\ufeff]")
_SHARE: Final = 0.2  # of the letters: less is a name or a quotation inside another language


def read_pdf(data: bytes, where: str, limits: Limits) -> Page:
    """The report in a PDF. Raises InputError if it is broken, locked, or holds pictures of text only."""
    pages = _pages(data, where, limits)
    # PDFium ends lines with CR LF and marks hyphens at line ends with U+FFFE or U+0002.
    text = "\n\n".join(pages).replace("\r\n", "\n").replace("\ufffe", "-").replace("\x02", "-")
    if not text.strip():
        raise InputError("holds no text, only pictures", where=where,
                         mend="Run character recognition over it first, for instance ocrmypdf.")
    letters = sum(map(str.isalpha, text))
    warnings: tuple[InputError, ...] = ()
    if len(_ARABIC.findall(text)) > letters * _SHARE:
        warnings = (InputError("Arabic from a PDF: letters and word order may be wrong", where=where,
                               mend="Compare its quotes with the pages."),)
    return Page(Report(text=whole(text, where, limits)), warnings)


def _pages(data: bytes, where: str, limits: Limits) -> list[str]:
    import pypdfium2

    try:
        document = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as broken:
        locked = "password" in str(broken).lower()
        raise InputError("is locked with a password" if locked else "is no sound PDF", where=where,
                         mend="Save an unlocked copy." if locked else "Fetch the file again.") from broken
    texts: list[str] = []
    total = 0
    try:
        for number in range(len(document)):
            texts.append(document[number].get_textpage().get_text_bounded())
            total += len(texts[-1])
            if total > limits.characters:
                raise too_long(where, limits.characters)
    except pypdfium2.PdfiumError as broken:
        raise InputError(f"page {len(texts) + 1} cannot be read", where=where) from broken
    finally:
        document.close()
    return texts
