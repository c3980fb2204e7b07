"""Days to look again, rules of review, and what was announced.

Revision: 0003
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

NUMBER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
WORDS = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")


def upgrade() -> None:
    op.create_table(
        "look_again",
        sa.Column("entry", NUMBER, primary_key=True, autoincrement=False, nullable=False),
        sa.Column("question_id", NUMBER, nullable=False),
        sa.Column("recorded_at", NUMBER, nullable=False),
        sa.Column("at", NUMBER, nullable=True),
        sa.Column("takes_back", NUMBER, nullable=True),
        sa.Column("zone", WORDS, nullable=True),
        sa.Column("reason", WORDS, nullable=True),
    )
    op.create_index("ix_look_again_question_id", "look_again", ["question_id"])
    op.create_table(
        "review_rules",
        sa.Column("entry", NUMBER, primary_key=True, autoincrement=False, nullable=False),
        sa.Column("recorded_at", NUMBER, nullable=False),
        sa.Column("stale", WORDS, nullable=True),
        sa.Column("repeat", WORDS, nullable=True),
        sa.Column("weekly", WORDS, nullable=True),
        sa.Column("zone", WORDS, nullable=False),
    )
    op.create_table(
        "announced",
        sa.Column("entry", NUMBER, primary_key=True, autoincrement=False, nullable=False),
        sa.Column("place", NUMBER, primary_key=True, autoincrement=False, nullable=False),
        sa.Column("channel", WORDS, nullable=False),
        sa.Column("recorded_at", NUMBER, nullable=False),
        sa.Column("question_id", NUMBER, nullable=True),
        sa.Column("why", WORDS, nullable=False),
        sa.Column("at", NUMBER, nullable=False),
    )
    op.create_index("ix_announced_question_id", "announced", ["question_id"])


def downgrade() -> None:
    raise RuntimeError("a ledger is never downgraded: open it with the version that wrote it")
