"""The ledger's tables. What is evidence or said of it is only ever added; what can be made anew from it is marked so.

Numbers (`no`) order rows within one ledger; ids are hashes of content, the same in every ledger. Moments are UTC text
of fixed width (`2016-10-02T09:30:00.000000Z`), days `2016-10-02`: text of either form sorts by time. Texts of reports
and records of claims are kept as bytes, since a database's text cannot hold every character that a report may have.
"""

from __future__ import annotations

from typing import Final

from sqlalchemy import (
    BigInteger,
    Column,
    Float,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    SmallInteger,
    Table,
    Text,
    text,
)

REVISION: Final = "0002"    # the newest revision in `migrations/versions`
FORM: Final = "0001"        # … in which the tables below last changed; the later ones are about `derived` alone

metadata = MetaData(naming_convention={"ix": "ix_%(table_name)s_%(column_0_N_name)s"})
NUMBER: Final = BigInteger().with_variant(Integer, "sqlite")


def _no() -> Column[int]:
    return Column("no", NUMBER, primary_key=True, autoincrement=False)


def _to(column: str, *, key: bool = False, null: bool = False, name: str | None = None) -> Column[int]:
    table = column.partition(".")[0]
    return Column(name or f"{table.removesuffix('s')}_no", NUMBER, ForeignKey(column), primary_key=key, nullable=null,
                  autoincrement=False)


# -- evidence: the bytes as captured, by their hash ------------------------------------------------------------------

evidence = Table(
    "evidence", metadata,
    Column("sha256", Text, primary_key=True),
    Column("size", BigInteger, nullable=False),
    Column("bytes", LargeBinary, nullable=False))

# One report per text, outlet, address and date (`reports.id` is the hash of these). `record` is the report without its
# text, as JSON; the other columns repeat it for searching. `known_from` is when anyone could know it: published, else
# captured. `digest` is the SHA-256 of record and text, written to the custody log too.
reports = Table(
    "reports", metadata,
    _no(),
    Column("id", Text, nullable=False, unique=True),
    Column("given_id", Text, index=True),
    Column("text_sha256", Text, nullable=False, index=True),
    Column("language", Text, index=True),
    Column("published", Text),
    Column("known_from", Text, nullable=False, index=True),
    Column("recorded_at", Text, nullable=False),
    Column("outlet", Text),
    Column("outlet_key", Text, index=True),     # folded, for searching
    Column("url", Text, index=True),
    Column("title", Text),
    Column("record", LargeBinary, nullable=False),
    Column("digest", Text, nullable=False))

texts = Table("texts", metadata, _to("reports.no", key=True), Column("text", LargeBinary, nullable=False))

# When and where bytes were captured. `method` is file, fetch, archive, feed or dataset; `part` says which part of a
# file of many ("line 12"); `headers` and `notes` (what had to be mended to read it) are JSON.
captures = Table(
    "captures", metadata,
    _no(),
    _to("reports.no"),
    Column("sha256", Text, ForeignKey("evidence.sha256"), nullable=False, index=True),
    Column("captured_at", Text, nullable=False),
    Column("method", Text, nullable=False),
    Column("address", Text, nullable=False),
    Column("part", Text, nullable=False),
    Column("media_type", Text, nullable=False),
    Column("headers", LargeBinary, nullable=False),
    Column("notes", LargeBinary, nullable=False),
    Column("tool", Text, nullable=False),
    Column("digest", Text, nullable=False),
    Index("ix_captures_report_no_sha256", "report_no", "sha256", unique=True))

# -- claims: what a reader found -------------------------------------------------------------------------------------

# `record` is the contract's reading without its claims (mentions, loaded wording, notes); `data` tells apart the
# languages and packs it was read with; `digest` is the SHA-256 of the record and of all the claims' `sha256`, in order.
readings = Table(
    "readings", metadata,
    _no(),
    _to("reports.no"),
    Column("engine", Text, nullable=False),
    Column("version", Text, nullable=False),
    Column("data", Text, nullable=False),
    Column("read_at", Text, nullable=False),
    Column("language", Text),
    Column("record", LargeBinary, nullable=False),
    Column("digest", Text, nullable=False),
    Index("ix_readings_report_no", "report_no"),
    Index("ix_readings_engine_no", "engine", "no"),
    Index("ix_readings_language_report_no", "language", "report_no"))

# One claim of one reading. Valid time is half-open, open ends null. `voice` is the folded name of the innermost voice
# in the text (the outlet's where there is none). `doubt` is how much it was worth a person's look when it was read.
# `denied` is 1 where the claim is said not to be so: negated, or denied by a voice (not both).
claims = Table(
    "claims", metadata,
    _no(),
    Column("id", Text, nullable=False, index=True),
    _to("readings.no"),
    _to("reports.no"),
    Column("external_id", Text, index=True),
    Column("kind", Text, nullable=False),
    Column("type", Text, nullable=False),
    Column("modality", Text, nullable=False),
    Column("polarity", Text, nullable=False),
    Column("denied", SmallInteger, nullable=False),
    Column("confidence", Float, nullable=False),
    Column("doubt", SmallInteger, nullable=False),
    Column("valid_start", Text),
    Column("valid_end", Text),
    Column("known_from", Text, nullable=False),
    Column("recorded_at", Text, nullable=False),
    Column("language", Text),
    Column("outlet_key", Text),
    Column("voice", Text),
    Column("record", LargeBinary, nullable=False),
    Column("sha256", Text, nullable=False),
    Index("ix_claims_reading_no", "reading_no"),
    Index("ix_claims_report_no", "report_no"),
    Index("ix_claims_kind_no", "kind", "no"),
    Index("ix_claims_modality_polarity_confidence_no", "modality", "polarity", "confidence", "no"),
    Index("ix_claims_type_no", "type", "no"),
    Index("ix_claims_language_no", "language", "no"),
    Index("ix_claims_outlet_key_no", "outlet_key", "no"),
    Index("ix_claims_voice_no", "voice", "no"),
    Index("ix_claims_valid_start_valid_end_no", "valid_start", "valid_end", "no"),
    Index("ix_claims_known_from_no", "known_from", "no"),
    Index("ix_claims_doubt_no", "doubt", "no"))

# From `at` on, the claim is no longer what its report is read to say: a later reading has taken its place.
superseded = Table(
    "superseded", metadata,
    _to("claims.no", key=True),
    _to("readings.no"),
    Column("at", Text, nullable=False))

# Who and what fills each claim's roles, for searching (made anew from the claims). `field` is one of ROLE_FIELDS or
# `speakers`; `key` is the folded name, resolved where it was.
roles = Table(
    "roles", metadata,
    _to("claims.no", key=True),
    Column("field", Text, primary_key=True),
    Column("position", SmallInteger, primary_key=True, autoincrement=False),
    Column("kind", Text, nullable=False),
    Column("entity_id", Text),
    Column("key", Text, nullable=False),
    Column("lat", Float),
    Column("lon", Float),
    Column("precision_km", Float),
    Index("ix_roles_entity_id_claim_no", "entity_id", "claim_no"),
    Index("ix_roles_key_kind_claim_no", "key", "kind", "claim_no"),
    Index("ix_roles_lat_lon_claim_no", "lat", "lon", "claim_no", sqlite_where=text("lat IS NOT NULL"),
          postgresql_where=text("lat IS NOT NULL")),
    sqlite_with_rowid=False)

# -- copies: which reports print one text ----------------------------------------------------------------------------

# MinHash sketch of each report, and its bands for finding neighbours (both made anew from the texts).
sketches = Table("sketches", metadata, _to("reports.no", key=True), Column("signature", LargeBinary, nullable=False))
bands = Table(
    "bands", metadata,
    Column("band", SmallInteger, primary_key=True, autoincrement=False),
    Column("key", BigInteger, primary_key=True, autoincrement=False),
    _to("reports.no", key=True),
    sqlite_with_rowid=False)

# Two reports of which one repeats the other; who was first is told by their dates. `kind` is identical, near or
# translation; `detail` is JSON: what tells so.
copies = Table(
    "copies", metadata,
    _to("reports.no", key=True),
    _to("reports.no", key=True, name="other_no"),
    Column("kind", Text, nullable=False),
    Column("similarity", Float, nullable=False),
    Column("recorded_at", Text, nullable=False),
    Column("detail", LargeBinary, nullable=False),
    Index("ix_copies_other_no", "other_no"),
    Index("ix_copies_similarity", "similarity"))

# -- judgements: what a person says of a claim, a link, a resolution -------------------------------------------------

# `subject_kind` is claim, copy, resolution or pair (two claims that are one happening or not); `verdict` is accept,
# correct, reject, unsure or withdraw, of a pair same, different, unsure or withdraw; a withdrawal names what it takes
# back. `correction` is JSON: the fields that should differ.
judgements = Table(
    "judgements", metadata,
    _no(),
    Column("subject_kind", Text, nullable=False),
    Column("subject", Text, nullable=False),
    Column("verdict", Text, nullable=False),
    Column("correction", LargeBinary),
    Column("reason", Text, nullable=False),
    Column("by", Text, nullable=False),
    Column("at", Text, nullable=False),
    Column("withdraws", NUMBER, ForeignKey("judgements.no")),
    Column("digest", Text, nullable=False),
    Index("ix_judgements_subject_kind_subject", "subject_kind", "subject"))

# -- custody: what was done, chained ---------------------------------------------------------------------------------

# `hash` is the SHA-256 of the entry's canonical JSON, which holds the hash of the one before (see `custody`).
custody = Table(
    "custody", metadata,
    _no(),
    Column("at", Text, nullable=False),
    Column("by", Text, nullable=False),
    Column("action", Text, nullable=False),
    Column("subject", Text, nullable=False),
    Column("detail", LargeBinary, nullable=False),
    Column("previous", Text, nullable=False),
    Column("hash", Text, nullable=False),
    Index("ix_custody_subject", "subject"))

# What others say of the chain's head: RFC 3161 time stamps.
proofs = Table(
    "proofs", metadata,
    _no(),
    _to("custody.no", name="custody_no"),
    Column("kind", Text, nullable=False),
    Column("at", Text, nullable=False),
    Column("address", Text, nullable=False),
    Column("token", LargeBinary, nullable=False))

# -- watching: feeds to read again -----------------------------------------------------------------------------------

feeds = Table(
    "feeds", metadata,
    _no(),
    Column("address", Text, nullable=False, unique=True),
    Column("every_minutes", Integer, nullable=False),
    Column("added_at", Text, nullable=False),
    Column("options", LargeBinary, nullable=False),     # JSON: outlet, language, countries given by the user
    Column("seen_at", Text),
    Column("etag", Text),
    Column("modified", Text),
    Column("failures", Integer, nullable=False),
    Column("problem", Text))
