"""Judgements: what a person says of a claim, of two claims as one happening, of two reports as copies, of a name.

A judgement is a row beside what it is about, with who, when and why; the row is never changed. One that is withdrawn
falls away and gives way to the one before it, and both rows stay. No reading touches a judgement.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any, Final

from sqlalchemy import Connection, insert, select
from sqlalchemy import Row as Found

from saksi.errors import UsageError
from saksi.ledger import corrections, schema
from saksi.ledger.custody import Act, canonical, digest
from saksi.ledger.custody_log import moment, record
from saksi.ledger.database import Database
from saksi.ledger.encoding import bytes_text
from saksi.ledger.moments import bound, now
from saksi.ledger.rows import stored_claim
from saksi.ledger.statements import in_parts, next_number
from saksi.ledger.subjects import Kind, Subject, subject
from saksi.records import Claim, Json, Mention, from_json

ACTION: Final = "judged"

_UNFIT: Final = re.compile("[\x00\ud800-\udfff]")    # what a database's text cannot hold
_FIELDS: Final = ("subject_kind", "subject", "verdict", "correction", "reason", "by", "at", "withdraws")


class Verdict(StrEnum):
    """What a person says of a subject; `withdraw` takes back what was said."""

    accept = "accept"
    correct = "correct"
    reject = "reject"
    unsure = "unsure"
    same = "same"               # of two claims: they are about one happening …
    different = "different"     # … or about two
    withdraw = "withdraw"


SAID: Final = {Verdict.accept: "accepted", Verdict.correct: "corrected", Verdict.reject: "rejected",
               Verdict.unsure: "marked unsure", Verdict.same: "called the same", Verdict.different: "called different",
               Verdict.withdraw: "withdrawn"}
_OF_PAIRS: Final = frozenset({Verdict.same, Verdict.different, Verdict.unsure})
_NOT_OF_PAIRS: Final = frozenset({Verdict.accept, Verdict.correct, Verdict.reject})


@dataclass(frozen=True, slots=True)
class Judgement:
    """One judgement. `correction` has the fields that should differ, `withdraws` the number of what is taken back."""

    no: int
    kind: Kind
    subject: str
    verdict: Verdict
    reason: str
    by: str
    at: str
    correction: Json | None = field(default=None, hash=False)
    withdraws: int | None = None

    def __str__(self) -> str:
        why = f": {self.reason}" if self.reason else ""
        return f"{SAID[self.verdict]} by {self.by} on {self.at[:10]}{why}"

    def as_dict(self) -> Json:
        """The judgement for lists."""
        return {"no": self.no, "kind": self.kind, "subject": self.subject, "verdict": self.verdict.value,
                "reason": self.reason, "by": self.by, "at": self.at, "correction": self.correction,
                "withdraws": self.withdraws}


def judge(database: Database, name: str, verdict: str, *, by: str, reason: str = "",
          correction: object = None) -> Judgement:
    """Record what `by` says of the subject called `name`.

    Of two claims it is said that they are the same, different, or that one is unsure; of all else, that it is accepted,
    corrected, rejected or unsure. A reason may be left out only where something is accepted or called the same.
    `correction` goes with `correct` and nothing else: the fields of a claim that should differ (see `corrections`);
    for a name ``{"id": …}``, null for "nothing known". Raises UsageError.
    """
    said = _verdict(verdict)
    reason = _clean(reason)
    if said is Verdict.withdraw:
        return withdraw(database, name, by=by, reason=reason)
    if not reason and said not in {Verdict.accept, Verdict.same}:
        raise UsageError(f"no reason is given to {said} it" if said in _NOT_OF_PAIRS else "no reason is given",
                         where=name, mend="Say why, for those who come after.")
    with database.writing() as connection:
        found = subject(connection, name)
        _check_fit(found, said)
        checked = _checked(connection, found, said, correction)
        return _put(connection, found, said, by, reason, correction=checked)


def withdraw(database: Database, name: str | int, *, by: str, reason: str) -> Judgement:
    """Take back the judgement in force on the subject called `name`, or the one of that number.

    Raises UsageError if there is none, if it has been withdrawn, or if no reason is given.
    """
    reason = _clean(reason)
    if not reason:
        raise UsageError("no reason is given to withdraw it", where=str(name),
                         mend="Say why, for those who come after.")
    with database.writing() as connection:
        if isinstance(name, int):
            judgement = _numbered(connection, name)
        else:
            about = subject(connection, name)
            found = standing(connection, about.kind, [about.id]).get(about.id)
            if found is None:
                raise UsageError("there is no judgement to withdraw", where=about.id)
            judgement = found
        about = Subject(judgement.kind, judgement.subject)
        return _put(connection, about, Verdict.withdraw, by, reason, withdraws=judgement.no)


def standing(connection: Connection, kind: Kind, subjects: Iterable[str],
             as_of: str | None = None) -> dict[str, Judgement]:
    """The judgement in force on each of `subjects` that has one, as the ledger stood at `as_of`."""
    found: dict[str, Judgement] = {}
    for name, said in _all(connection, kind, subjects, as_of).items():
        withdrawn = {judgement.withdraws for judgement in said}
        left = [judgement for judgement in said
                if judgement.verdict is not Verdict.withdraw and judgement.no not in withdrawn]
        if left:
            found[name] = left[-1]
    return found


def of_kind(connection: Connection, kind: Kind, as_of: str | None = None) -> dict[str, Judgement]:
    """The judgements in force on all subjects of a kind."""
    table = schema.judgements.c
    return standing(connection, kind, connection.execute(
        select(table.subject).where(table.subject_kind == kind).distinct()).scalars(), as_of)


def history(connection: Connection, kind: Kind, name: str, as_of: str | None = None) -> tuple[Judgement, ...]:
    """All that was ever said of a subject, withdrawals among it, in order."""
    return tuple(_all(connection, kind, [name], as_of).get(name, ()))


def corrected(claim: Claim, judgement: Judgement, text: str) -> Claim:
    """`claim` as `judgement` corrects it, in the report of this text: its id stays, its reasons end with who says so.

    A judgement that corrects nothing leaves it as it is. Raises RecordError if the text is not that of the report.
    """
    if judgement.verdict is not Verdict.correct or judgement.correction is None:
        return claim
    return corrections.applied(claim, judgement.correction, judgement.by, text)


def judgement_digest(row: Mapping[str, Any]) -> str:
    """What a judgement's digest covers: all that its row says but its number."""
    return digest(*(value if isinstance(value, bytes) else b"" if value is None else str(value).encode()
                    for value in (row[field] for field in _FIELDS)))


def judgement_of(row: Found[Any]) -> Judgement:
    """The judgement in a row of `judgements`."""
    return Judgement(row.no, row.subject_kind, row.subject, Verdict(row.verdict), row.reason, row.by, row.at,
                     from_json(row.correction) if row.correction is not None else None, row.withdraws)


def _verdict(word: str) -> Verdict:
    try:
        return Verdict(word)
    except ValueError:
        raise UsageError(f"{word!r} is no verdict", mend=f"One of: {', '.join(Verdict)}.") from None


def _check_fit(about: Subject, verdict: Verdict) -> None:
    """Raise UsageError for a verdict that is not one on such a subject."""
    of_pair = about.kind == "pair"
    if verdict in (_NOT_OF_PAIRS if of_pair else _OF_PAIRS - {Verdict.unsure}):
        fitting = _OF_PAIRS if of_pair else _NOT_OF_PAIRS | {Verdict.unsure}
        raise UsageError(f"{verdict} cannot be said of {'two claims' if of_pair else 'it'}", where=about.id,
                         mend=f"One of: {', '.join(word for word in Verdict if word in fitting)}.")


def _clean(text: str) -> str:
    return _UNFIT.sub("\ufffd", text.strip())


def _all(connection: Connection, kind: Kind, subjects: Iterable[str],
         as_of: str | None) -> dict[str, list[Judgement]]:
    table = schema.judgements.c
    wanted = select(schema.judgements).where(table.subject_kind == kind).order_by(table.no)
    if as_of is not None:
        wanted = wanted.where(table.at < bound(as_of))
    said: defaultdict[str, list[Judgement]] = defaultdict(list)
    for part in in_parts(dict.fromkeys(subjects)):
        for row in connection.execute(wanted.where(table.subject.in_(part))):
            said[row.subject].append(judgement_of(row))
    return said


def _numbered(connection: Connection, no: int) -> Judgement:
    table = schema.judgements.c
    row = connection.execute(select(schema.judgements).where(table.no == no)).first()
    if row is None or row.verdict == Verdict.withdraw:
        raise UsageError(f"there is no judgement {no} to withdraw")
    if connection.execute(select(table.no).where(table.subject_kind == row.subject_kind, table.subject == row.subject,
                                                 table.withdraws == no)).first():
        raise UsageError(f"judgement {no} has been withdrawn already", where=row.subject)
    return judgement_of(row)


def _put(connection: Connection, about: Subject, verdict: Verdict, by: str, reason: str, *,
         correction: Json | None = None, withdraws: int | None = None) -> Judgement:
    clock = now()
    row: dict[str, Any] = {
        "no": next_number(connection, schema.judgements), "subject_kind": about.kind, "subject": about.id,
        "verdict": verdict.value, "correction": canonical(correction) if correction is not None else None,
        "reason": reason, "by": _clean(by), "at": moment(connection, clock), "withdraws": withdraws}
    row["digest"] = judgement_digest(row)
    connection.execute(insert(schema.judgements), [row])
    record(connection, [Act(ACTION, about.id, {"no": row["no"], "digest": row["digest"]})], row["by"], clock)
    return Judgement(row["no"], about.kind, about.id, verdict, reason, row["by"], row["at"], correction, withdraws)


# -- corrections -------------------------------------------------------------------------------------------------------

def _checked(connection: Connection, about: Subject, verdict: Verdict, correction: object) -> Json | None:
    """The correction as it is kept. Raises UsageError if there is none where one is needed, or the other way round."""
    if verdict is not Verdict.correct:
        if correction is not None:
            raise UsageError(f"a correction does not go with {verdict}", where=about.id, mend="Say correct.")
        return None
    if about.kind == "copy":
        raise UsageError("a link between copies cannot be corrected", where=about.id, mend="Accept or reject it.")
    if about.kind == "resolution":
        return _resolution(about, correction)
    claim, text, mentions = _claim(connection, about.id)
    return corrections.checked(correction, claim, text, mentions)


def _resolution(about: Subject, correction: object) -> Json:
    if not isinstance(correction, Mapping) or set(correction) != {"id"}:
        raise UsageError("the correction of a name is the id it stands for", where=about.id,
                         mend="For instance id=saksi:place/handarat, or id=null for nothing that is known.")
    identifier = corrections.id_or_none(correction["id"], about.id)
    return {"id": identifier, "name": corrections.name_of(identifier) if identifier else None}


def _claim(connection: Connection, claim_id: str) -> tuple[Claim, str, list[Mention]]:
    """A claim, the text of its report and the mentions of the reading that found it."""
    claims, texts, readings = schema.claims.c, schema.texts.c, schema.readings.c
    row = connection.execute(
        select(claims.record, texts.text, readings.record.label("reading"))
        .join(schema.texts, texts.report_no == claims.report_no)
        .join(schema.readings, readings.no == claims.reading_no)
        .where(claims.id == claim_id).order_by(claims.no.desc()).limit(1)).one()
    mentions = from_json(row.reading)["mentions"]
    return stored_claim(row.record), bytes_text(row.text), [Mention.from_dict(mention) for mention in mentions]
