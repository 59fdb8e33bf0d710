"""Printing what was published."""

import sys

from pydantic import TypeAdapter
from rich.box import SIMPLE_HEAD
from rich.console import Console
from rich.markup import escape
from rich.table import Table

from flows.publish_report import PublishReport
from flows.publish_table import HEADINGS, remarks, rows


def print_publication(report: PublishReport, *, as_json: bool) -> None:
    """The table, what people should know, and what failed; or the report as one JSON object."""
    if as_json:
        sys.stdout.write(TypeAdapter(PublishReport).dump_json(report, indent=2).decode() + "\n")
        return
    if not report.publications:
        sys.stdout.write("nothing waits to be published\n")
    else:
        Console().print(_table(report))
    for line in remarks(report):
        sys.stderr.write(f"polycue: {line}\n")


def _table(report: PublishReport) -> Table:
    table = Table(box=SIMPLE_HEAD, padding=(0, 1))
    for heading in HEADINGS:
        table.add_column(heading, overflow="fold")
    for row in rows(report):
        table.add_row(*map(escape, row))
    return table
