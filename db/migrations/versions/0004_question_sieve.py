"""Sieves of questions' words, so that a text is searched only where it can be.

Revision: 0004
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from ledger.domain.sieve import sieve_of

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

NUMBER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
PART = 128
WORDS = sa.text("SELECT key, title, criteria FROM question WHERE id > :after AND id <= :upto")


def upgrade() -> None:
    sieves = op.create_table(
        "question_sieve",
        sa.Column("part", NUMBER, primary_key=True, autoincrement=False, nullable=False),
        sa.Column("sieve", sa.LargeBinary(), nullable=False),
    )
    store = op.get_bind()
    last = store.execute(sa.text("SELECT MAX(id) FROM question")).scalar() or 0
    for after in range(0, last, PART):
        rows = store.execute(WORDS, {"after": after, "upto": after + PART})
        # the program's own function, as verify holds its sieves against these
        sieve = sieve_of(words for row in rows for words in row if words is not None)
        store.execute(sieves.insert(), {"part": after // PART + 1, "sieve": sieve})


def downgrade() -> None:
    raise RuntimeError("a ledger is never downgraded: open it with the version that wrote it")
