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
WORDS = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")

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

SAID = {
    "entry_insert": "the journal only grows: an entry takes the next number",
    "entry_update": "the journal only grows: an entry is never changed",
    "entry_delete": "the journal only grows: an entry is never deleted",
    "entry_truncate": "the journal only grows: entries are never emptied out",
    "entry_text_update": "the journal only grows: a text is never changed",
    "entry_text_delete": "a text is dropped only by a redaction",
    "entry_text_truncate": "the journal only grows: texts are never emptied out",
}
"""What the guards say on PostgreSQL, where each is a function and a trigger that also fires on a replica."""
UNLESS = {
    "entry_insert": "NEW.seq = (SELECT COALESCE(MAX(seq), 0) + 1 FROM entry)",
    "entry_text_delete": "EXISTS (SELECT 1 FROM redaction WHERE redacted = OLD.seq)",
}


def guard_on_server(name: str) -> None:
    table, _, event = name.rpartition("_")
    said = f"RAISE EXCEPTION '{SAID[name]}';"
    if name in UNLESS:
        row = "NEW" if event == "insert" else "OLD"
        said = f"IF {UNLESS[name]} THEN RETURN {row}; END IF; {said}"
    op.execute(f"CREATE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS $guard$ BEGIN {said} END $guard$")
    each = "STATEMENT" if event == "truncate" else "ROW"
    op.execute(f"CREATE TRIGGER {name} BEFORE {event} ON {table} FOR EACH {each} EXECUTE FUNCTION {name}()")
    op.execute(f"ALTER TABLE {table} ENABLE ALWAYS TRIGGER {name}")


def upgrade() -> None:
    op.create_table(
        "entry",
        sa.Column("seq", NUMBER, primary_key=True, autoincrement=False, nullable=False),
        sa.Column("command", sa.LargeBinary(), nullable=False),
        sa.Column("position", NUMBER, nullable=False),
        sa.Column("kind", WORDS, nullable=False),
        sa.Column("recorded_at", NUMBER, nullable=False),
        sa.Column("facts", WORDS, nullable=False),
        sa.Column("commitment", sa.LargeBinary(), nullable=True),
        sa.Column("head", sa.LargeBinary(), nullable=False),
    )
    op.create_table(
        "entry_text",
        sa.Column("seq", NUMBER, primary_key=True, autoincrement=False, nullable=False),
        sa.Column("salt", sa.LargeBinary(), nullable=False),
        sa.Column("text", WORDS, nullable=False),
    )
    op.create_table(
        "forecaster",
        sa.Column("id", NUMBER, primary_key=True, autoincrement=False, nullable=False),
        sa.Column("entry", NUMBER, nullable=False),
        sa.Column("name", WORDS, nullable=True),
    )
    op.create_table(
        "source",
        sa.Column("id", NUMBER, primary_key=True, autoincrement=False, nullable=False),
        sa.Column("entry", NUMBER, nullable=False),
        sa.Column("author", WORDS, nullable=True),
        sa.Column("title", WORDS, nullable=True),
        sa.Column("publisher", WORDS, nullable=True),
        sa.Column("published", WORDS, nullable=True),
        sa.Column("url", WORDS, nullable=True),
        sa.Column("archive", WORDS, nullable=True),
    )
    op.create_table(
        "question",
        sa.Column("id", NUMBER, primary_key=True, autoincrement=False, nullable=False),
        sa.Column("entry", NUMBER, nullable=False),
        sa.Column("recorded_at", NUMBER, nullable=False),
        sa.Column("key", WORDS, nullable=True),
        sa.Column("key_digest", WORDS, nullable=False),
        sa.Column("kind", WORDS, nullable=False),
        sa.Column("title", WORDS, nullable=True),
        sa.Column("criteria", WORDS, nullable=True),
        sa.Column("opened_at", NUMBER, nullable=True),
        sa.Column("deadline", NUMBER, nullable=False),
        sa.Column("zone", WORDS, nullable=True),
        sa.Column("source_id", NUMBER, nullable=True),
        sa.Column("section", WORDS, nullable=True),
        sa.Column("deadline_from", WORDS, nullable=True),
        sa.Column("condition_id", NUMBER, nullable=True),
        sa.Column("condition_outcome", WORDS, nullable=True),
        sa.Column("options", NUMBER, nullable=False),
        sa.Column("starts_at", NUMBER, nullable=True),
        sa.Column("state", WORDS, nullable=False),
        sa.Column("outcome", WORDS, nullable=True),
        sa.Column("value", sa.Double(), nullable=True),
        sa.Column("known_at", NUMBER, nullable=True),
        sa.Column("resolution", NUMBER, nullable=True),
        sa.Column("void_reason", WORDS, nullable=True),
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
        sa.Column("name", WORDS, nullable=True),
    )
    op.create_table(
        "question_tag",
        sa.Column("question_id", NUMBER, primary_key=True, autoincrement=False, nullable=False),
        sa.Column("position", NUMBER, primary_key=True, autoincrement=False, nullable=False),
        sa.Column("tag", WORDS, nullable=False),
    )
    op.create_index("ix_question_tag_tag", "question_tag", ["tag"])
    op.create_table(
        "edit",
        sa.Column("entry", NUMBER, primary_key=True, autoincrement=False, nullable=False),
        sa.Column("question_id", NUMBER, nullable=False),
        sa.Column("recorded_at", NUMBER, nullable=False),
        sa.Column("deadline_before", NUMBER, nullable=True),
        sa.Column("deadline", NUMBER, nullable=True),
        sa.Column("before", WORDS, nullable=True),
        sa.Column("after", WORDS, nullable=True),
        sa.Column("reason", WORDS, nullable=True),
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
        sa.Column("stated_value", WORDS, nullable=True),
        sa.Column("low", sa.Double(), nullable=True),
        sa.Column("high", sa.Double(), nullable=True),
        sa.Column("scale", WORDS, nullable=True),
        sa.Column("term", WORDS, nullable=True),
        sa.Column("typed", WORDS, nullable=True),
        sa.Column("place", NUMBER, nullable=False),
        sa.Column("probability", sa.Double(), nullable=True),
        sa.Column("value", WORDS, nullable=True),
        sa.Column("deadline", NUMBER, nullable=False),
        sa.Column("until", NUMBER, nullable=True),
        sa.Column("weight", NUMBER, nullable=False),
        sa.Column("timing", WORDS, nullable=False),
    )
    op.create_index("ix_forecast_unit", "forecast", ["question_id", "forecaster_id", "made_at", "entry"])
    op.create_table(
        "forecast_text",
        sa.Column("entry", NUMBER, primary_key=True, autoincrement=False, nullable=False),
        sa.Column("hedge", WORDS, nullable=True),
        sa.Column("reason", WORDS, nullable=True),
        sa.Column("comment", WORDS, nullable=True),
    )
    op.create_table(
        "correction",
        sa.Column("entry", NUMBER, primary_key=True, autoincrement=False, nullable=False),
        sa.Column("forecast", NUMBER, nullable=False),
        sa.Column("recorded_at", NUMBER, nullable=False),
        sa.Column("probability", sa.Double(), nullable=True),
        sa.Column("value", WORDS, nullable=True),
        sa.Column("typed", WORDS, nullable=True),
        sa.Column("counts", NUMBER, nullable=False),
        sa.Column("reason", WORDS, nullable=True),
    )
    op.create_index("ix_correction_forecast", "correction", ["forecast"])
    op.create_table(
        "withdrawal",
        sa.Column("entry", NUMBER, primary_key=True, autoincrement=False, nullable=False),
        sa.Column("question_id", NUMBER, nullable=False),
        sa.Column("forecaster_id", NUMBER, nullable=False),
        sa.Column("at", NUMBER, nullable=False),
        sa.Column("recorded_at", NUMBER, nullable=False),
        sa.Column("reason", WORDS, nullable=True),
    )
    op.create_index("ix_withdrawal_question_id", "withdrawal", ["question_id"])
    op.create_table(
        "resolution",
        sa.Column("entry", NUMBER, primary_key=True, autoincrement=False, nullable=False),
        sa.Column("question_id", NUMBER, nullable=False),
        sa.Column("recorded_at", NUMBER, nullable=False),
        sa.Column("kind", WORDS, nullable=False),
        sa.Column("outcome", WORDS, nullable=True),
        sa.Column("known_at", NUMBER, nullable=True),
        sa.Column("supersedes", NUMBER, nullable=True),
        sa.Column("evidence", WORDS, nullable=True),
        sa.Column("note", WORDS, nullable=True),
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
        sa.Column("timing", WORDS, nullable=False),
    )
    op.create_table(
        "redaction",
        sa.Column("redacted", NUMBER, primary_key=True, autoincrement=False, nullable=False),
        sa.Column("entry", NUMBER, nullable=False),
        sa.Column("reason", WORDS, nullable=True),
    )
    if op.get_bind().dialect.name == "sqlite":
        for name, body in GUARDS.items():
            op.execute(f"CREATE TRIGGER {name} {body}")
    else:
        for name in SAID:
            guard_on_server(name)


def downgrade() -> None:
    raise RuntimeError("a ledger is never downgraded: open it with the version that wrote it")
