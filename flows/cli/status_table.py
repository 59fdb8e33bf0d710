"""What ``polycue status`` prints."""

import sys
from collections.abc import Sequence

from pydantic import TypeAdapter
from rich.box import SIMPLE_HEAD
from rich.console import Console
from rich.markup import escape
from rich.table import Table

from flows.cli.times import shown_time
from flows.observing.logs import one_line
from flows.runs.records import RunRecord
from flows.standing import LanguageStanding, TitleStanding
from review.tasks import CLOSED

_HEADINGS = ("language", "draft", "review", "published", "last run", "remarks")
_SHOWN_ID = 12


def print_standings(found: Sequence[TitleStanding], *, as_json: bool) -> None:
    """A table a title, or a JSON list of all."""
    if as_json:
        adapter = TypeAdapter(tuple[TitleStanding, ...])
        # Escaped beyond ASCII: a title never moves the terminal that shows it.
        sys.stdout.write(adapter.dump_json(tuple(found), indent=2).decode() + "\n")
        return
    console = Console()
    if len(found) > 1:
        console.print(f"{len(found)} titles fit:")
    for one in found:
        console.print(_table(one))


def _table(standing: TitleStanding) -> Table:
    table = Table(title=_heading(standing), title_justify="left", box=SIMPLE_HEAD, padding=(0, 1))
    for heading in _HEADINGS:
        table.add_column(heading, overflow="fold")
    for one in standing.languages:
        table.add_row(*(escape(one_line(cell)) for cell in _row(one)))
    return table


def _heading(standing: TitleStanding) -> str:
    parts = [standing.title, standing.media_id[:_SHOWN_ID], standing.source]
    last = standing.last_run
    if last is not None:
        parts.append(f"{last.kind} {_run(last)}" + (f": {last.error}" if last.error else ""))
    return escape(one_line("  ".join(part for part in parts if part)))


def _row(one: LanguageStanding) -> tuple[str, ...]:
    return (
        one.language,
        shown_time(one.drafted_at),
        _review(one),
        _published(one),
        _run(one.run) if one.run else "",
        "; ".join(one.remarks),
    )


def _review(one: LanguageStanding) -> str:
    task = one.task
    if task is None:
        return ""
    said = task.state.value.replace("_", " ")
    if task.state not in CLOSED:
        said += f" {task.confirmed_count}/{task.cue_count}"
    return f"{said}, {task.holder}" if task.holder else said


def _published(one: LanguageStanding) -> str:
    at = shown_time(one.task.published_at) if one.task else ""
    return " ".join(part for part in (at, one.published_to) if part)


def _run(run: RunRecord) -> str:
    return f"{run.state} {shown_time(run.ended_at or run.seen_at)}"
