"""The first tables, as they were then; ``tables.py`` says what they are now."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None


def upgrade() -> None:
    """Makes every table."""
    op.create_table(
        "content",
        sa.Column("content_id", sa.Integer, primary_key=True),
        sa.Column("key", sa.String(64), nullable=False, unique=True),
        sa.Column("edition_id", sa.String(200), nullable=False, index=True),
        sa.Column("edition", sa.Text, nullable=False),
        sa.Column("source", sa.Text, nullable=False),
        sa.Column("text", sa.Text, nullable=False),
        sa.Column("pages", sa.Text, nullable=False),
        sa.Column("sections", sa.Text, nullable=False),
        sa.Column("footnotes", sa.Text, nullable=False),
        sa.Column("exclusions", sa.Text, nullable=False),
        sa.Column("mentions", sa.Text, nullable=False),
        sa.Column("offsets", sa.Text, nullable=False),
        sa.Column("page_count", sa.Integer, nullable=False),
    )
    op.create_table(
        "passage",
        sa.Column("row", sa.Integer, primary_key=True),
        sa.Column("content_id", sa.Integer, sa.ForeignKey("content.content_id", ondelete="CASCADE"), nullable=False),
        sa.Column("ordinal", sa.Integer, nullable=False),
        sa.Column("passage_id", sa.String(300), nullable=False, index=True),
        sa.Column("digest", sa.String(64), nullable=False, index=True),
        sa.Column("start", sa.Integer, nullable=False),
        sa.Column("end", sa.Integer, nullable=False),
        sa.Column("headings", sa.Text, nullable=False),
        sa.Column("label", sa.Text),
        sa.Column("text", sa.Text, nullable=False),
        sa.Column("embed_text", sa.Text, nullable=False),
        sa.Column("sentences", sa.Text, nullable=False),
        sa.Column("is_quotable", sa.Boolean, nullable=False),
    )
    op.create_index("passage_in_order", "passage", ["content_id", "ordinal"])
    op.create_table(
        "embedding",
        sa.Column("digest", sa.String(64), primary_key=True),
        sa.Column("embedder", sa.String(200), primary_key=True),
        sa.Column("passage", sa.LargeBinary, nullable=False),
        sa.Column("sentences", sa.LargeBinary, nullable=False),
    )
    op.create_table(
        "generation",
        sa.Column("number", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("fingerprint", sa.String(64), nullable=False),
        sa.Column("embedder", sa.String(200), nullable=False),
        sa.Column("format", sa.String(40), nullable=False),
        sa.Column("passage_count", sa.Integer, nullable=False),
        sa.Column("edition_count", sa.Integer, nullable=False),
        sa.Column("created", sa.String(40), nullable=False),
    )
    generation = ("generation.number",)
    op.create_table(
        "member",
        sa.Column("generation", sa.Integer, sa.ForeignKey(*generation, ondelete="CASCADE"), primary_key=True),
        sa.Column("content_id", sa.Integer, sa.ForeignKey("content.content_id"), primary_key=True, index=True),
    )
    op.create_table(
        "known",
        sa.Column("generation", sa.Integer, sa.ForeignKey(*generation, ondelete="CASCADE"), primary_key=True),
        sa.Column("edition_id", sa.String(200), primary_key=True),
        sa.Column("edition", sa.Text, nullable=False),
    )
    op.create_table(
        "current",
        sa.Column("only", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("generation", sa.Integer, sa.ForeignKey(*generation), nullable=False),
    )


def downgrade() -> None:
    """Drops every table."""
    for table in ("current", "known", "member", "generation", "embedding", "passage", "content"):
        op.drop_table(table)
