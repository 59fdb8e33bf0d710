"""What ``polycue runs`` prints."""

import sys
from collections.abc import Sequence

from pydantic import TypeAdapter
from rich.box import SIMPLE_HEAD
from rich.console import Console, JustifyMethod
from rich.markup import escape
from rich.table import Table

from flows.cli.times import shown_time
from flows.observing.costs import price_of
from flows.observing.logs import one_line
from flows.observing.prices import Prices
from flows.pace import time_text
from flows.runs.records import RunRecord

_HEADINGS = ("when", "title", "kind", "state", "languages", "time", "processor")
_RIGHT = frozenset({"time", "processor", "cost"})


def print_runs(records: Sequence[RunRecord], prices: Prices, *, as_json: bool) -> None:
    """A table, newest first; or a JSON list of the records as they are kept."""
    if as_json:
        adapter = TypeAdapter(tuple[RunRecord, ...])
        sys.stdout.write(adapter.dump_json(tuple(records), indent=2).decode() + "\n")
        return
    table = Table(box=SIMPLE_HEAD, padding=(0, 1))
    for heading in (*_HEADINGS, *(("cost",) if prices.are_known else ())):
        justify: JustifyMethod = "right" if heading in _RIGHT else "left"
        table.add_column(heading, justify=justify, overflow="fold")
    for record in records:
        table.add_row(*(escape(one_line(cell)) for cell in _row(record, prices)))
    console = Console()
    console.print(table)
    for record in records:
        if record.error:
            said = f"  {record.title}: {record.error}"
            console.print(escape(one_line(said)), highlight=False, soft_wrap=True)


def _row(record: RunRecord, prices: Prices) -> tuple[str, ...]:
    failed = {one.language for one in record.failed}
    languages = ", ".join(
        f"{one.language} (failed)" if one.language in failed else one.language
        for one in record.languages
    )
    cpu_ms = record.cpu_ms or sum(one.cpu_ms for one in record.costs)
    return (
        shown_time(record.started_at),
        record.title,
        record.kind,
        record.state,
        languages,
        time_text(record.wall_ms / 1000),
        time_text(cpu_ms / 1000),
        *((prices.text(price_of(record.costs, prices, device=record.device)),) * prices.are_known),
    )
