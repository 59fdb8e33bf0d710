"""Printing what a run did, or would do."""

import sys

from pydantic import TypeAdapter
from rich.box import SIMPLE_HEAD
from rich.console import Console, JustifyMethod
from rich.markup import escape
from rich.table import Table

from flows.plan import PlannedStep
from flows.quality_table import HEADINGS, rows, translation_lines
from flows.report import TitleReport
from subtitles.errors import PartialError


def exit_code_of(report: TitleReport) -> int:
    """0 when all is done; the failures' own code when every target failed alike; otherwise 9."""
    codes = {one.exit_code for one in report.failed}
    targets = [one for one in report.languages if one.language != report.source_language]
    if not codes:
        return 0
    if len(codes) == 1 and len(report.failed) == len(targets):
        return codes.pop()
    return PartialError.exit_code


def print_outcome(report: TitleReport, *, as_json: bool) -> None:
    """The quality table and where the files are; or the whole report as one JSON object."""
    if as_json:
        sys.stdout.write(TypeAdapter(TitleReport).dump_json(report, indent=2).decode() + "\n")
        return
    console = Console()
    console.print(_quality_table(report))
    for line in translation_lines(report):
        console.print(f"  {escape(line)}", highlight=False, soft_wrap=True)
    for path in (path for one in report.languages for path in one.files):
        console.print(f"  {escape(str(path))}", highlight=False, soft_wrap=True)
    for page in report.report_files[:1]:
        console.print(f"  quality report: {escape(str(page))}", highlight=False, soft_wrap=True)
    _print_troubles(report)


def _quality_table(report: TitleReport) -> Table:
    table = Table(title=escape(report.title), title_justify="left", box=SIMPLE_HEAD, padding=(0, 1))
    for heading in HEADINGS:
        justify: JustifyMethod = "left" if heading in {"language", "review"} else "right"
        table.add_column(heading, justify=justify, no_wrap=True)
    for row in rows(report):
        table.add_row(*(escape(cell) for cell in row))
    return table


def _print_troubles(report: TitleReport) -> None:
    for one in report.failed:
        sys.stderr.write(f"polycue: {one.language} failed: {one.error}\n")


def print_plan(steps: tuple[PlannedStep, ...], *, as_json: bool) -> None:
    """What a run would do, step by step."""
    if as_json:
        adapter = TypeAdapter(tuple[PlannedStep, ...])
        sys.stdout.write(adapter.dump_json(steps, indent=2).decode() + "\n")
        return
    table = Table(title="Plan (nothing was done)", title_justify="left", box=SIMPLE_HEAD)
    for heading in ("step", "state", "with"):
        table.add_column(heading, overflow="fold")
    for step in steps:
        table.add_row(*(escape(cell) for cell in (step.what, step.state, step.model)))
    Console().print(table)
