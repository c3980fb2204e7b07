"""Reviews that are put off.

Revision: 0002
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

NUMBER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
WORDS = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")


def upgrade() -> None:
    op.create_table(
        "snooze",
        sa.Column("entry", NUMBER, primary_key=True, autoincrement=False, nullable=False),
        sa.Column("question_id", NUMBER, nullable=False),
        sa.Column("recorded_at", NUMBER, nullable=False),
        sa.Column("until", NUMBER, nullable=False),
        sa.Column("zone", WORDS, nullable=True),
        sa.Column("reason", WORDS, nullable=True),
    )
    op.create_index("ix_snooze_question_id", "snooze", ["question_id"])


def downgrade() -> None:
    raise RuntimeError("a ledger is never downgraded: open it with the version that wrote it")
