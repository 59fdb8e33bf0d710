"""Measures as a table in the terminal: what ``polycue eval`` prints."""

import sys
from collections.abc import Iterable

from rich.box import SIMPLE_HEAD
from rich.console import Console
from rich.table import Table
from rich.text import Text

_WIDTH = 100

Measure = tuple[str, str, str]
"""What was measured, how much of it, and of what."""


def print_measures(title: str, measures: Iterable[Measure]) -> None:
    """A table on standard output; texts are shown as they are, without markup."""
    table = Table(title=Text(title), title_justify="left", box=SIMPLE_HEAD, padding=(0, 1))
    table.add_column("measure", no_wrap=True)
    table.add_column("value", justify="right", no_wrap=True)
    table.add_column("of what")
    for measure in measures:
        table.add_row(*map(Text, measure))
    Console(width=_WIDTH).print(table, highlight=False)


def print_remarks(remarks: Iterable[str]) -> None:
    """What to know about the tables, a line each, none of them twice."""
    sys.stdout.writelines(f"{remark}\n" for remark in dict.fromkeys(remarks))
