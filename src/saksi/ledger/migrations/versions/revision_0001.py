"""The first tables: evidence, reports, readings, claims, copies, judgements, custody, feeds; and full-text search."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

_NUMBER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """Make the tables."""
    op.create_table(
        "custody",
        sa.Column("no", _NUMBER, autoincrement=False, nullable=False),
        sa.Column("at", sa.Text(), nullable=False),
        sa.Column("by", sa.Text(), nullable=False),
        sa.Column("action", sa.Text(), nullable=False),
        sa.Column("subject", sa.Text(), nullable=False),
        sa.Column("detail", sa.LargeBinary(), nullable=False),
        sa.Column("previous", sa.Text(), nullable=False),
        sa.Column("hash", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("no"),
    )
    op.create_index("ix_custody_subject", "custody", ["subject"], unique=False)
    op.create_table(
        "evidence",
        sa.Column("sha256", sa.Text(), nullable=False),
        sa.Column("size", sa.BigInteger(), nullable=False),
        sa.Column("bytes", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("sha256"),
    )
    op.create_table(
        "feeds",
        sa.Column("no", _NUMBER, autoincrement=False, nullable=False),
        sa.Column("address", sa.Text(), nullable=False),
        sa.Column("every_minutes", sa.Integer(), nullable=False),
        sa.Column("added_at", sa.Text(), nullable=False),
        sa.Column("options", sa.LargeBinary(), nullable=False),
        sa.Column("seen_at", sa.Text(), nullable=True),
        sa.Column("etag", sa.Text(), nullable=True),
        sa.Column("modified", sa.Text(), nullable=True),
        sa.Column("failures", sa.Integer(), nullable=False),
        sa.Column("problem", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("no"),
        sa.UniqueConstraint("address"),
    )
    op.create_table(
        "judgements",
        sa.Column("no", _NUMBER, autoincrement=False, nullable=False),
        sa.Column("subject_kind", sa.Text(), nullable=False),
        sa.Column("subject", sa.Text(), nullable=False),
        sa.Column("verdict", sa.Text(), nullable=False),
        sa.Column("correction", sa.LargeBinary(), nullable=True),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("by", sa.Text(), nullable=False),
        sa.Column("at", sa.Text(), nullable=False),
        sa.Column("withdraws", _NUMBER, nullable=True),
        sa.Column("digest", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["withdraws"],
            ["judgements.no"],
        ),
        sa.PrimaryKeyConstraint("no"),
    )
    op.create_index("ix_judgements_subject_kind_subject", "judgements", ["subject_kind", "subject"], unique=False)
    op.create_table(
        "reports",
        sa.Column("no", _NUMBER, autoincrement=False, nullable=False),
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("given_id", sa.Text(), nullable=True),
        sa.Column("text_sha256", sa.Text(), nullable=False),
        sa.Column("language", sa.Text(), nullable=True),
        sa.Column("published", sa.Text(), nullable=True),
        sa.Column("known_from", sa.Text(), nullable=False),
        sa.Column("recorded_at", sa.Text(), nullable=False),
        sa.Column("outlet", sa.Text(), nullable=True),
        sa.Column("outlet_key", sa.Text(), nullable=True),
        sa.Column("url", sa.Text(), nullable=True),
        sa.Column("title", sa.Text(), nullable=True),
        sa.Column("record", sa.LargeBinary(), nullable=False),
        sa.Column("digest", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("no"),
        sa.UniqueConstraint("id"),
    )
    op.create_index(op.f("ix_reports_given_id"), "reports", ["given_id"], unique=False)
    op.create_index(op.f("ix_reports_known_from"), "reports", ["known_from"], unique=False)
    op.create_index(op.f("ix_reports_language"), "reports", ["language"], unique=False)
    op.create_index(op.f("ix_reports_outlet_key"), "reports", ["outlet_key"], unique=False)
    op.create_index(op.f("ix_reports_text_sha256"), "reports", ["text_sha256"], unique=False)
    op.create_index(op.f("ix_reports_url"), "reports", ["url"], unique=False)
    op.create_table(
        "bands",
        sa.Column("band", sa.SmallInteger(), autoincrement=False, nullable=False),
        sa.Column("key", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("report_no", _NUMBER, autoincrement=False, nullable=False),
        sa.ForeignKeyConstraint(
            ["report_no"],
            ["reports.no"],
        ),
        sa.PrimaryKeyConstraint("band", "key", "report_no"),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "captures",
        sa.Column("no", _NUMBER, autoincrement=False, nullable=False),
        sa.Column("report_no", _NUMBER, autoincrement=False, nullable=False),
        sa.Column("sha256", sa.Text(), nullable=False),
        sa.Column("captured_at", sa.Text(), nullable=False),
        sa.Column("method", sa.Text(), nullable=False),
        sa.Column("address", sa.Text(), nullable=False),
        sa.Column("part", sa.Text(), nullable=False),
        sa.Column("media_type", sa.Text(), nullable=False),
        sa.Column("headers", sa.LargeBinary(), nullable=False),
        sa.Column("notes", sa.LargeBinary(), nullable=False),
        sa.Column("tool", sa.Text(), nullable=False),
        sa.Column("digest", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["report_no"],
            ["reports.no"],
        ),
        sa.ForeignKeyConstraint(
            ["sha256"],
            ["evidence.sha256"],
        ),
        sa.PrimaryKeyConstraint("no"),
    )
    op.create_index("ix_captures_report_no_sha256", "captures", ["report_no", "sha256"], unique=True)
    op.create_index(op.f("ix_captures_sha256"), "captures", ["sha256"], unique=False)
    op.create_table(
        "copies",
        sa.Column("report_no", _NUMBER, autoincrement=False, nullable=False),
        sa.Column("other_no", _NUMBER, autoincrement=False, nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("similarity", sa.Float(), nullable=False),
        sa.Column("recorded_at", sa.Text(), nullable=False),
        sa.Column("detail", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(
            ["other_no"],
            ["reports.no"],
        ),
        sa.ForeignKeyConstraint(
            ["report_no"],
            ["reports.no"],
        ),
        sa.PrimaryKeyConstraint("report_no", "other_no"),
    )
    op.create_index("ix_copies_other_no", "copies", ["other_no"], unique=False)
    op.create_index("ix_copies_similarity", "copies", ["similarity"], unique=False)
    op.create_table(
        "proofs",
        sa.Column("no", _NUMBER, autoincrement=False, nullable=False),
        sa.Column("custody_no", _NUMBER, autoincrement=False, nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("at", sa.Text(), nullable=False),
        sa.Column("address", sa.Text(), nullable=False),
        sa.Column("token", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(
            ["custody_no"],
            ["custody.no"],
        ),
        sa.PrimaryKeyConstraint("no"),
    )
    op.create_table(
        "readings",
        sa.Column("no", _NUMBER, autoincrement=False, nullable=False),
        sa.Column("report_no", _NUMBER, autoincrement=False, nullable=False),
        sa.Column("engine", sa.Text(), nullable=False),
        sa.Column("version", sa.Text(), nullable=False),
        sa.Column("data", sa.Text(), nullable=False),
        sa.Column("read_at", sa.Text(), nullable=False),
        sa.Column("language", sa.Text(), nullable=True),
        sa.Column("record", sa.LargeBinary(), nullable=False),
        sa.Column("digest", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["report_no"],
            ["reports.no"],
        ),
        sa.PrimaryKeyConstraint("no"),
    )
    op.create_index("ix_readings_engine_no", "readings", ["engine", "no"], unique=False)
    op.create_index("ix_readings_language_report_no", "readings", ["language", "report_no"], unique=False)
    op.create_index("ix_readings_report_no", "readings", ["report_no"], unique=False)
    op.create_table(
        "sketches",
        sa.Column("report_no", _NUMBER, autoincrement=False, nullable=False),
        sa.Column("signature", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(
            ["report_no"],
            ["reports.no"],
        ),
        sa.PrimaryKeyConstraint("report_no"),
    )
    op.create_table(
        "texts",
        sa.Column("report_no", _NUMBER, autoincrement=False, nullable=False),
        sa.Column("text", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(
            ["report_no"],
            ["reports.no"],
        ),
        sa.PrimaryKeyConstraint("report_no"),
    )
    op.create_table(
        "claims",
        sa.Column("no", _NUMBER, autoincrement=False, nullable=False),
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("reading_no", _NUMBER, autoincrement=False, nullable=False),
        sa.Column("report_no", _NUMBER, autoincrement=False, nullable=False),
        sa.Column("external_id", sa.Text(), nullable=True),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("type", sa.Text(), nullable=False),
        sa.Column("modality", sa.Text(), nullable=False),
        sa.Column("polarity", sa.Text(), nullable=False),
        sa.Column("denied", sa.SmallInteger(), nullable=False),
        sa.Column("confidence", sa.Float(), nullable=False),
        sa.Column("doubt", sa.SmallInteger(), nullable=False),
        sa.Column("valid_start", sa.Text(), nullable=True),
        sa.Column("valid_end", sa.Text(), nullable=True),
        sa.Column("known_from", sa.Text(), nullable=False),
        sa.Column("recorded_at", sa.Text(), nullable=False),
        sa.Column("language", sa.Text(), nullable=True),
        sa.Column("outlet_key", sa.Text(), nullable=True),
        sa.Column("voice", sa.Text(), nullable=True),
        sa.Column("record", sa.LargeBinary(), nullable=False),
        sa.Column("sha256", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["reading_no"],
            ["readings.no"],
        ),
        sa.ForeignKeyConstraint(
            ["report_no"],
            ["reports.no"],
        ),
        sa.PrimaryKeyConstraint("no"),
    )
    op.create_index("ix_claims_doubt_no", "claims", ["doubt", "no"], unique=False)
    op.create_index(op.f("ix_claims_external_id"), "claims", ["external_id"], unique=False)
    op.create_index(op.f("ix_claims_id"), "claims", ["id"], unique=False)
    op.create_index("ix_claims_kind_no", "claims", ["kind", "no"], unique=False)
    op.create_index("ix_claims_modality_polarity_confidence_no", "claims",
                    ["modality", "polarity", "confidence", "no"], unique=False)
    op.create_index("ix_claims_known_from_no", "claims", ["known_from", "no"], unique=False)
    op.create_index("ix_claims_language_no", "claims", ["language", "no"], unique=False)
    op.create_index("ix_claims_outlet_key_no", "claims", ["outlet_key", "no"], unique=False)
    op.create_index("ix_claims_reading_no", "claims", ["reading_no"], unique=False)
    op.create_index("ix_claims_report_no", "claims", ["report_no"], unique=False)
    op.create_index("ix_claims_type_denied_valid_end_valid_start", "claims",
                    ["type", "denied", "valid_end", "valid_start"], unique=False)
    op.create_index("ix_claims_type_no", "claims", ["type", "no"], unique=False)
    op.create_index("ix_claims_valid_start_valid_end_no", "claims", ["valid_start", "valid_end", "no"], unique=False)
    op.create_index("ix_claims_voice_no", "claims", ["voice", "no"], unique=False)
    op.create_table(
        "roles",
        sa.Column("claim_no", _NUMBER, autoincrement=False, nullable=False),
        sa.Column("field", sa.Text(), nullable=False),
        sa.Column("position", sa.SmallInteger(), autoincrement=False, nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("entity_id", sa.Text(), nullable=True),
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("lat", sa.Float(), nullable=True),
        sa.Column("lon", sa.Float(), nullable=True),
        sa.Column("precision_km", sa.Float(), nullable=True),
        sa.ForeignKeyConstraint(
            ["claim_no"],
            ["claims.no"],
        ),
        sa.PrimaryKeyConstraint("claim_no", "field", "position"),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_roles_entity_id_claim_no", "roles", ["entity_id", "claim_no"], unique=False)
    op.create_index("ix_roles_key_kind_claim_no", "roles", ["key", "kind", "claim_no"], unique=False)
    op.create_index("ix_roles_lat_lon_claim_no", "roles", ["lat", "lon", "claim_no"], unique=False,
                    sqlite_where=sa.text("lat IS NOT NULL"), postgresql_where=sa.text("lat IS NOT NULL"))
    op.create_table(
        "superseded",
        sa.Column("claim_no", _NUMBER, autoincrement=False, nullable=False),
        sa.Column("reading_no", _NUMBER, autoincrement=False, nullable=False),
        sa.Column("at", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["claim_no"],
            ["claims.no"],
        ),
        sa.ForeignKeyConstraint(
            ["reading_no"],
            ["readings.no"],
        ),
        sa.PrimaryKeyConstraint("claim_no"),
    )

    if op.get_bind().dialect.name == "sqlite":
        # Contentless: what is searched is made anew from the reports, and not kept twice.
        op.execute(
            'CREATE VIRTUAL TABLE search USING fts5(words, names, content="", tokenize="unicode61 remove_diacritics 0")'
        )
    else:
        op.execute("CREATE TABLE search (rowid BIGINT PRIMARY KEY, words TSVECTOR NOT NULL, names TSVECTOR NOT NULL)")
        op.execute("CREATE INDEX ix_search_words ON search USING gin (words)")
        op.execute("CREATE INDEX ix_search_names ON search USING gin (names)")
