"""The list of commands in help, under headings."""

from __future__ import annotations

from typing import TYPE_CHECKING

from typer.core import TyperGroup

if TYPE_CHECKING:
    from typer._click import Context, HelpFormatter

DOCUMENTS, QUESTIONS, REPORTS, SERVER, RECORDS = HEADINGS = (
    "Documents",
    "Questions",
    "Reports, training and measurement",
    "Server",
    "Records",
)
"""In the order of help."""
INDENT = 6
"""Columns that the formatter puts around names and their help."""


class Headed(TyperGroup):
    """Commands under the headings of their ``rich_help_panel``, as ``HEADINGS`` are ordered."""

    def format_commands(self, ctx: Context, formatter: HelpFormatter) -> None:
        """Writes a section a heading; names stand in one column throughout."""
        commands = [(name, each) for name, each in self.commands.items() if not each.hidden]
        width = max((len(name) for name, _ in commands), default=0)
        for heading in HEADINGS:
            rows = [
                (name.ljust(width), each.get_short_help_str(formatter.width - INDENT - width))
                for name, each in commands
                if getattr(each, "rich_help_panel", None) == heading
            ]
            with formatter.section(heading):
                formatter.write_dl(rows)
