"""Audience and layer of each edition; those of an earlier release say neither."""

from __future__ import annotations

import json

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
KEYS = {"content": ("content_id",), "known": ("generation", "edition_id")}


def upgrade() -> None:
    """Adds both to what is stored of each edition, so that an earlier release says that it cannot read the library."""
    _rewrite({"audience": "", "layer": None})


def downgrade() -> None:
    """Removes both."""
    _rewrite({}, frozenset({"audience", "layer"}))


def _rewrite(added: dict[str, str | None], removed: frozenset[str] = frozenset()) -> None:
    connection = op.get_bind()
    for name, keys in KEYS.items():
        table = sa.table(name, sa.column("edition"), *map(sa.column, keys))
        for row in connection.execute(sa.select(table)).all():
            edition = {**added, **json.loads(row.edition)}
            text = json.dumps(
                {k: v for k, v in edition.items() if k not in removed}, ensure_ascii=False, separators=(",", ":")
            )
            same = [table.c[key] == getattr(row, key) for key in keys]
            connection.execute(sa.update(table).where(*same).values(edition=text))
