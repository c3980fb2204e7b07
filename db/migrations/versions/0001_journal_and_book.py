"""The journal and the book.

Revision: 0001
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

NUMBER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")

GUARDS = {
    "entry_insert": """BEFORE INSERT ON entry
        WHEN NEW.seq IS NOT (SELECT COALESCE(MAX(seq), 0) + 1 FROM entry)
        BEGIN SELECT RAISE(ABORT, 'the journal only grows: an entry takes the next number'); END""",
    "entry_update": """BEFORE UPDATE ON entry
        BEGIN SELECT RAISE(ABORT, 'the journal only grows: an entry is never changed'); END""",
    "entry_delete": """BEFORE DELETE ON entry
        BEGIN SELECT RAISE(ABORT, 'the journal only grows: an entry is never deleted'); END""",
    "entry_text_insert": """BEFORE INSERT ON entry_text
        WHEN EXISTS (SELECT 1 FROM entry_text WHERE seq = NEW.seq)
        BEGIN SELECT RAISE(ABORT, 'the journal only grows: a text is never replaced'); END""",
    "entry_text_update": """BEFORE UPDATE ON entry_text
        BEGIN SELECT RAISE(ABORT, 'the journal only grows: a text is never changed'); END""",
    "entry_text_delete": """BEFORE DELETE ON entry_text
        WHEN NOT EXISTS (SELECT 1 FROM redaction WHERE redacted = OLD.seq)
        BEGIN SELECT RAISE(ABORT, 'a text is dropped only by a redaction'); END""",
}


def upgrade() -> None:
    op.create_table(
        "entry",
        sa.Column("seq", NUMBER, primary_key=True, autoincrement=False, nullable=False),
        sa.Column("command", sa.LargeBinary(), nullable=False),
        sa.Column("position", NUMBER, nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("recorded_at", NUMBER, nullable=False),
        sa.Column("facts", sa.Text(), nullable=False),
        sa.Column("commitment", sa.LargeBinary(), nullable=True),
        sa.Column("head", sa.LargeBinary(), nullable=False),
    )
    op.create_table(
        "entry_text",
        sa.Column("seq", NUMBER, primary_key=True, autoincrement=False, nullable=False),
        sa.Column("salt", sa.LargeBinary(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
    )
    op.create_table(
        "forecaster",
        sa.Column("id", NUMBER, primary_key=True, autoincrement=False, nullable=False),
        sa.Column("entry", NUMBER, nullable=False),
        sa.Column("name", sa.Text(), nullable=True),
    )
    op.create_table(
        "source",
        sa.Column("id", NUMBER, primary_key=True, autoincrement=False, nullable=False),
        sa.Column("entry", NUMBER, nullable=False),
        sa.Column("author", sa.Text(), nullable=True),
        sa.Column("title", sa.Text(), nullable=True),
        sa.Column("publisher", sa.Text(), nullable=True),
        sa.Column("published", sa.Text(), nullable=True),
        sa.Column("url", sa.Text(), nullable=True),
        sa.Column("archive", sa.Text(), nullable=True),
    )
    op.create_table(
        "question",
        sa.Column("id", NUMBER, primary_key=True, autoincrement=False, nullable=False),
        sa.Column("entry", NUMBER, nullable=False),
        sa.Column("recorded_at", NUMBER, nullable=False),
        sa.Column("key", sa.Text(), nullable=True),
        sa.Column("key_digest", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("title", sa.Text(), nullable=True),
        sa.Column("criteria", sa.Text(), nullable=True),
        sa.Column("opened_at", NUMBER, nullable=True),
        sa.Column("deadline", NUMBER, nullable=False),
        sa.Column("zone", sa.Text(), nullable=True),
        sa.Column("source_id", NUMBER, nullable=True),
        sa.Column("section", sa.Text(), nullable=True),
        sa.Column("deadline_from", sa.Text(), nullable=True),
        sa.Column("condition_id", NUMBER, nullable=True),
        sa.Column("condition_outcome", sa.Text(), nullable=True),
        sa.Column("options", NUMBER, nullable=False),
        sa.Column("starts_at", NUMBER, nullable=True),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("outcome", sa.Text(), nullable=True),
        sa.Column("value", sa.Double(), nullable=True),
        sa.Column("known_at", NUMBER, nullable=True),
        sa.Column("resolution", NUMBER, nullable=True),
        sa.Column("void_reason", sa.Text(), nullable=True),
        sa.Column("redacted", NUMBER, nullable=False),
    )
    op.create_index("ix_question_condition_id", "question", ["condition_id"])
    op.create_index("ix_question_deadline", "question", ["deadline"])
    op.create_index("ix_question_key", "question", ["key"])
    op.create_index("ix_question_key_digest", "question", ["key_digest"], unique=True)
    op.create_table(
        "question_option",
        sa.Column("question_id", NUMBER, primary_key=True, autoincrement=False, nullable=False),
        sa.Column("position", NUMBER, primary_key=True, autoincrement=False, nullable=False),
        sa.Column("name", sa.Text(), nullable=True),
    )
    op.create_table(
        "question_tag",
        sa.Column("question_id", NUMBER, primary_key=True, autoincrement=False, nullable=False),
        sa.Column("position", NUMBER, primary_key=True, autoincrement=False, nullable=False),
        sa.Column("tag", sa.Text(), nullable=False),
    )
    op.create_index("ix_question_tag_tag", "question_tag", ["tag"])
    op.create_table(
        "edit",
        sa.Column("entry", NUMBER, primary_key=True, autoincrement=False, nullable=False),
        sa.Column("question_id", NUMBER, nullable=False),
        sa.Column("recorded_at", NUMBER, nullable=False),
        sa.Column("deadline_before", NUMBER, nullable=True),
        sa.Column("deadline", NUMBER, nullable=True),
        sa.Column("before", sa.Text(), nullable=True),
        sa.Column("after", sa.Text(), nullable=True),
        sa.Column("reason", sa.Text(), nullable=True),
    )
    op.create_index("ix_edit_question_id", "edit", ["question_id"])
    op.create_table(
        "forecast",
        sa.Column("entry", NUMBER, primary_key=True, autoincrement=False, nullable=False),
        sa.Column("question_id", NUMBER, nullable=False),
        sa.Column("forecaster_id", NUMBER, nullable=False),
        sa.Column("made_at", NUMBER, nullable=False),
        sa.Column("recorded_at", NUMBER, nullable=False),
        sa.Column("stated", sa.Double(), nullable=True),
        sa.Column("stated_value", sa.Text(), nullable=True),
        sa.Column("low", sa.Double(), nullable=True),
        sa.Column("high", sa.Double(), nullable=True),
        sa.Column("scale", sa.Text(), nullable=True),
        sa.Column("term", sa.Text(), nullable=True),
        sa.Column("typed", sa.Text(), nullable=True),
        sa.Column("place", NUMBER, nullable=False),
        sa.Column("probability", sa.Double(), nullable=True),
        sa.Column("value", sa.Text(), nullable=True),
        sa.Column("deadline", NUMBER, nullable=False),
        sa.Column("until", NUMBER, nullable=True),
        sa.Column("weight", NUMBER, nullable=False),
        sa.Column("timing", sa.Text(), nullable=False),
    )
    op.create_index("ix_forecast_unit", "forecast", ["question_id", "forecaster_id", "made_at", "entry"])
    op.create_table(
        "forecast_text",
        sa.Column("entry", NUMBER, primary_key=True, autoincrement=False, nullable=False),
        sa.Column("hedge", sa.Text(), nullable=True),
        sa.Column("reason", sa.Text(), nullable=True),
        sa.Column("comment", sa.Text(), nullable=True),
    )
    op.create_table(
        "correction",
        sa.Column("entry", NUMBER, primary_key=True, autoincrement=False, nullable=False),
        sa.Column("forecast", NUMBER, nullable=False),
        sa.Column("recorded_at", NUMBER, nullable=False),
        sa.Column("probability", sa.Double(), nullable=True),
        sa.Column("value", sa.Text(), nullable=True),
        sa.Column("typed", sa.Text(), nullable=True),
        sa.Column("counts", NUMBER, nullable=False),
        sa.Column("reason", sa.Text(), nullable=True),
    )
    op.create_index("ix_correction_forecast", "correction", ["forecast"])
    op.create_table(
        "withdrawal",
        sa.Column("entry", NUMBER, primary_key=True, autoincrement=False, nullable=False),
        sa.Column("question_id", NUMBER, nullable=False),
        sa.Column("forecaster_id", NUMBER, nullable=False),
        sa.Column("at", NUMBER, nullable=False),
        sa.Column("recorded_at", NUMBER, nullable=False),
        sa.Column("reason", sa.Text(), nullable=True),
    )
    op.create_index("ix_withdrawal_question_id", "withdrawal", ["question_id"])
    op.create_table(
        "resolution",
        sa.Column("entry", NUMBER, primary_key=True, autoincrement=False, nullable=False),
        sa.Column("question_id", NUMBER, nullable=False),
        sa.Column("recorded_at", NUMBER, nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("outcome", sa.Text(), nullable=True),
        sa.Column("known_at", NUMBER, nullable=True),
        sa.Column("supersedes", NUMBER, nullable=True),
        sa.Column("evidence", sa.Text(), nullable=True),
        sa.Column("note", sa.Text(), nullable=True),
    )
    op.create_index("ix_resolution_question_id", "resolution", ["question_id"])
    op.create_table(
        "unit",
        sa.Column("question_id", NUMBER, primary_key=True, autoincrement=False, nullable=False),
        sa.Column("forecaster_id", NUMBER, primary_key=True, autoincrement=False, nullable=False),
        sa.Column("statements", NUMBER, nullable=False),
        sa.Column("late", NUMBER, nullable=False),
        sa.Column("first", NUMBER, nullable=True),
        sa.Column("last", NUMBER, nullable=True),
        sa.Column("weight", NUMBER, nullable=False),
        sa.Column("timing", sa.Text(), nullable=False),
    )
    op.create_table(
        "redaction",
        sa.Column("redacted", NUMBER, primary_key=True, autoincrement=False, nullable=False),
        sa.Column("entry", NUMBER, nullable=False),
        sa.Column("reason", sa.Text(), nullable=True),
    )
    if op.get_bind().dialect.name == "sqlite":
        for name, body in GUARDS.items():
            op.execute(f"CREATE TRIGGER {name} {body}")


def downgrade() -> None:
    raise RuntimeError("a ledger is never downgraded: open it with the version that wrote it")
