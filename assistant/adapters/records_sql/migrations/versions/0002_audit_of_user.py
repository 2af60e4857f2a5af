"""An index that counts what one person did lately without reading all that they ever did."""

from __future__ import annotations

from alembic import op

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    """Makes it."""
    op.create_index("audit_of_user", "audit", ["user_id", "at"])


def downgrade() -> None:
    """Removes it."""
    op.drop_index("audit_of_user", "audit")
