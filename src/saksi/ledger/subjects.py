"""What a judgement can be about, by the name a person gives it: a claim, two claims as one happening, two reports as
copies, a name in a report."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any, Final, Literal

from sqlalchemy import Column, Connection, select

from saksi.errors import UsageError
from saksi.ledger import schema
from saksi.ledger.encoding import bytes_text

Kind = Literal["claim", "copy", "resolution", "pair"]

_CLAIM: Final = re.compile(r"c_[0-9a-f]{1,16}")
_PAIR: Final = re.compile(r"(c_[0-9a-f]{1,16})~(c_[0-9a-f]{1,16})")
_COPY: Final = re.compile(r"(r_[0-9a-f]{1,16})~(r_[0-9a-f]{1,16})")
_NAME: Final = re.compile(r"(r_[0-9a-f]{1,16})@(.+)", re.DOTALL)
_SPAN: Final = re.compile(r"(\d{1,9}):(\d{1,9})")
_AFTER_HEX: Final = "g"     # sorts after whatever an id goes on with


@dataclass(frozen=True, slots=True)
class Subject:
    """What is judged. `id` is a claim's, ``c_…~c_…`` or ``r_…~r_…`` (sorted), or ``r_…@start:end`` or ``r_…@name``."""

    kind: Kind
    id: str


def subject(connection: Connection, name: str) -> Subject:
    """The one subject that `name` is the id of, or the beginning of its id. Raises UsageError."""
    name = name.strip()
    if _CLAIM.fullmatch(name):
        return Subject("claim", whole_id(connection, schema.claims.c.id, name, "claim"))
    if two := _PAIR.fullmatch(name):
        return _pair(connection, two[1], two[2])
    if pair := _COPY.fullmatch(name):
        return _copy(connection, pair[1], pair[2])
    if found := _NAME.fullmatch(name):
        return _name(connection, found[1], found[2])
    raise UsageError(f"{name[:80]!r} names nothing that can be judged",
                     mend="Name a claim (c_…), two claims (c_…~c_…), two copies (r_…~r_…) or a name in a report "
                          "(r_…@Handarat).")


def whole_id(connection: Connection, column: Column[Any], prefix: str, what: str) -> str:
    """The one id in `column` that begins with `prefix`. Raises UsageError for none or several."""
    found = connection.execute(select(column).where(column >= prefix, column < prefix + _AFTER_HEX).distinct()
                               .limit(2)).scalars().all()
    if not found:
        raise UsageError(f"there is no {what} {prefix}", mend=f"saksi {what}s lists them.")
    if len(found) > 1 and prefix not in found:
        raise UsageError(f"several {what}s begin with {prefix}", mend="Give more of the id.")
    return prefix if prefix in found else str(found[0])


def pair_subject(one: str, other: str) -> str:
    """The id of two claims as one happening."""
    return "~".join(sorted((one, other)))


def copy_subject(one: str, other: str) -> str:
    """The id of two reports as copies."""
    return "~".join(sorted((one, other)))


def _report(connection: Connection, prefix: str) -> str:
    return whole_id(connection, schema.reports.c.id, prefix, "report")


def _pair(connection: Connection, one: str, other: str) -> Subject:
    ids = [whole_id(connection, schema.claims.c.id, prefix, "claim") for prefix in (one, other)]
    if ids[0] == ids[1]:
        raise UsageError("a claim cannot be held against itself", where=ids[0], mend="Name two claims.")
    return Subject("pair", pair_subject(*ids))


def _copy(connection: Connection, one: str, other: str) -> Subject:
    ids = [_report(connection, prefix) for prefix in (one, other)]
    reports, copies = schema.reports.c, schema.copies.c
    numbers = connection.execute(select(reports.no).where(reports.id.in_(ids))).scalars().all()
    linked = connection.execute(select(copies.kind).where(copies.report_no.in_(numbers), copies.other_no.in_(numbers)))
    if linked.first() is None:
        raise UsageError(f"{ids[0]} and {ids[1]} are not linked as copies", mend="saksi origins shows what is.")
    return Subject("copy", copy_subject(*ids))


def _name(connection: Connection, prefix: str, words: str) -> Subject:
    report = _report(connection, prefix)
    reports, texts = schema.reports.c, schema.texts.c
    text = bytes_text(connection.execute(select(texts.text).join(schema.reports, reports.no == texts.report_no)
                                         .where(reports.id == report)).scalar_one())
    if span := _SPAN.fullmatch(words):
        start, end = int(span[1]), int(span[2])
        if not start < end <= len(text):
            raise UsageError(f"the report has no characters {start} to {end}", where=report,
                             mend=f"It has {len(text):,} in all.")
        return Subject("resolution", f"{report}@{start}:{end}")
    if words not in text:
        raise UsageError(f"the report does not have “{words[:60]}”", where=report,
                         mend="Give the name exactly as it stands there.")
    return Subject("resolution", f"{report}@{words}")
