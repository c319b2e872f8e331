"""Which language a page or feed says it is in, and whether that is to be believed."""

from __future__ import annotations

import re
from typing import Final

_CODE: Final = re.compile(r"([a-z]{2,3})(?:[-_][a-z0-9]+)*", re.IGNORECASE)
_FORMER: Final = {"in": "id", "iw": "he", "ji": "yi"}     # codes that old software still writes
# Templates of pages say so whatever language is then written into them: it tells nothing.
_DEFAULT: Final = "en"
_SCRIPTS: Final = {"Arab": re.compile("[\u0600-\u06ff\ufb50-\ufdff\ufe70-\ufeff]"),
                   "Cyrl": re.compile("[\u0400-\u052f]"), "Latn": re.compile("[A-Za-z\u00c0-\u024f\u1e00-\u1eff]")}
_WRITTEN: Final = {
    "Arab": frozenset({"ar", "ckb", "fa", "ps", "sd", "ug", "ur"}),
    "Cyrl": frozenset({"be", "bg", "kk", "ky", "mk", "mn", "ru", "tg", "tt", "uk"}),
    "either": frozenset({"az", "ku", "sr", "uz"}),     # written in more than one script
}
_SAMPLE: Final = 2_000
_SHARE: Final = 0.5     # of the letters counted have to be in the language's script


def language_said(tag: str, text: str) -> str | None:
    """The language (ISO 639) that `tag` (BCP 47) names, None where the text is in another script or it is a default.

    Most templates of pages say English: that is left open, so that the language is told from the text.
    """
    found = _CODE.fullmatch(tag.strip())
    if found is None:
        return None
    code = found[1].lower()
    code = _FORMER.get(code, code)
    return code if code != _DEFAULT and _fits(code, text[:_SAMPLE]) else None


def _fits(code: str, text: str) -> bool:
    if code in _WRITTEN["either"]:
        return True
    script = next((script for script in ("Arab", "Cyrl") if code in _WRITTEN[script]), "Latn")
    counted = {name: len(pattern.findall(text)) for name, pattern in _SCRIPTS.items()}
    return counted[script] > sum(counted.values()) * _SHARE
