"""What is made of one row or report of a dataset: its working text, and what it claims in terms of that text."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import Any, Final

from saksi.ontology import ClaimType
from saksi.records import Claim, Mention, Quote, Reading, Report, Role, Span, Voice, Wording
from saksi.sources.datasets.sheet import Sheet

_CONFIDENCE: Final = 0.9    # a person has coded it; what may be wrong is the crosswalk


@dataclass(slots=True)
class Coded:
    """A report in the making: its sheet, the fields of its record, its mentions, loaded wording and notes, and its
    claims, as fields with the offsets of the quote."""

    sheet: Sheet = field(default_factory=Sheet)
    report: dict[str, Any] = field(default_factory=dict)
    mentions: dict[tuple[int, int, str], Mention] = field(default_factory=dict)
    claims: list[dict[str, Any]] = field(default_factory=list)
    loaded: list[Wording] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)

    def mention(self, value: Span, found: Mention) -> Mention:
        """Take in a mention found in `value`, a span of the sheet, with offsets within it."""
        moved = replace(found, start=found.start + value.start, end=found.end + value.start)
        self.mentions[moved.start, moved.end, moved.kind] = moved
        return moved

    def role(self, value: Span, found: Mention) -> Role:
        """The role of what was found in `value`."""
        moved = self.mention(value, found)
        return Role(moved.exact, moved.start, moved.end, moved.kind, moved.id, moved.name)

    def reading(self, report: Report, engine: str, version: str, data: str) -> Reading:
        """The reading of the finished report."""
        text, sha256 = report.text, report.sha256
        claims = (Claim.about(sha256, **{**fields, "quote": Quote.at(text, *fields["quote"])})
                  for fields in self.claims)
        return Reading(report, report.language, tuple(self.mentions[key] for key in sorted(self.mentions)),
                       tuple(claims), tuple(self.loaded), tuple(self.notes), engine, version, data)


def claim_fields(claim_type: ClaimType, name: str, **fields: Any) -> dict[str, Any]:
    """The fields of a claim of this type, coded by somebody under the id `name`."""
    return {"kind": claim_type.kind, "type": claim_type.name, "codes": claim_type.codes, "external_id": name,
            "confidence": _CONFIDENCE, **fields}


def codes(claim_type: ClaimType, **own: str | int) -> tuple[tuple[str, str | int], ...]:
    """The crosswalk codes of a type to what the dataset does not code itself, then the dataset's own."""
    return (*((key, code) for key, code in claim_type.codes if key in {"plover", "cameo"}), *own.items())


def beside(speakers: list[Role]) -> tuple[Voice, ...]:
    """Voices that say the same, none of them quoting another."""
    return tuple(Voice("reports", speaker, beside=index > 0) for index, speaker in enumerate(speakers))
