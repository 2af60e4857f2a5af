"""The first tables, as they were then; ``tables.py`` says what they are now."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None


def upgrade() -> None:
    """Makes every table."""
    op.create_table(
        "conversation",
        sa.Column("conversation_id", sa.String(64), primary_key=True),
        sa.Column("owner", sa.String(300), nullable=False),
        sa.Column("title", sa.Text, nullable=False),
        sa.Column("created", sa.String(40), nullable=False),
        sa.Column("updated", sa.String(40), nullable=False, index=True),
    )
    op.create_index("conversation_of_owner", "conversation", ["owner", "updated"])
    op.create_table(
        "record",
        sa.Column("row", sa.Integer, primary_key=True),
        sa.Column("record_id", sa.String(64), nullable=False, unique=True),
        sa.Column("owner", sa.String(300), nullable=False, index=True),
        sa.Column(
            "conversation_id",
            sa.String(64),
            sa.ForeignKey("conversation.conversation_id", ondelete="CASCADE"),
            index=True,
        ),
        sa.Column("question", sa.Text, nullable=False),
        sa.Column("outcome", sa.Text, nullable=False),
        sa.Column("ending", sa.String(20), nullable=False),
        sa.Column("reason", sa.String(40)),
        sa.Column("editions", sa.Text, nullable=False),
        sa.Column("seconds", sa.Float, nullable=False),
        sa.Column("fingerprint", sa.String(200), nullable=False),
        sa.Column("asked_at", sa.String(40), nullable=False, index=True),
        sa.Column("asked_on", sa.String(10), nullable=False),
    )
    op.create_index("record_of_day", "record", ["asked_on", "record_id"])
    op.create_table(
        "feedback",
        sa.Column("feedback_id", sa.String(64), primary_key=True),
        sa.Column(
            "record_id",
            sa.String(64),
            sa.ForeignKey("record.record_id", ondelete="CASCADE"),
            nullable=False,
            index=True,
        ),
        sa.Column("statement", sa.Integer),
        sa.Column("opinion", sa.String(20), nullable=False),
        sa.Column("note", sa.Text, nullable=False),
        sa.Column("given_at", sa.String(40), nullable=False),
    )
    op.create_table(
        "api_key",
        sa.Column("key_id", sa.String(64), primary_key=True),
        sa.Column("secret_hash", sa.String(128), nullable=False, unique=True),
        sa.Column("name", sa.Text, nullable=False),
        sa.Column("roles", sa.Text, nullable=False),
        sa.Column("groups", sa.Text, nullable=False),
        sa.Column("created", sa.String(40), nullable=False),
        sa.Column("expires", sa.String(40)),
        sa.Column("revoked", sa.String(40)),
        sa.Column("last_used", sa.String(40)),
    )
    op.create_table(
        "session",
        sa.Column("token_hash", sa.String(128), primary_key=True),
        sa.Column("user_id", sa.String(300), nullable=False, index=True),
        sa.Column("asker", sa.Text, nullable=False),
        sa.Column("csrf", sa.String(128), nullable=False),
        sa.Column("created", sa.String(40), nullable=False),
        sa.Column("expires", sa.String(40), nullable=False, index=True),
    )
    op.create_table(
        "audit",
        sa.Column("row", sa.Integer, primary_key=True),
        sa.Column("at", sa.String(40), nullable=False, index=True),
        sa.Column("user_id", sa.String(300), nullable=False, index=True),
        sa.Column("action", sa.String(40), nullable=False),
        sa.Column("what", sa.Text, nullable=False),
        sa.Column("editions", sa.Text, nullable=False),
    )
