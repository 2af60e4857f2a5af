"""The first tables."""

from alembic import op

from assistant.adapters.library_sql.tables import METADATA

revision = "0001"
down_revision = None


def upgrade() -> None:
    """Makes every table."""
    METADATA.create_all(op.get_bind())


def downgrade() -> None:
    """Drops every table."""
    METADATA.drop_all(op.get_bind())
