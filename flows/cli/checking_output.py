"""Where the findings of ``polycue qc`` go: a table, a report, an exit code."""

import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType

from rich.console import Console
from rich.table import Table
from rich.text import Text

from flows.errors import RulesBrokenError, UsageError
from flows.files import write_atomically
from subtitles.report.model import LanguageQuality, QualityReport, ReportedFinding
from subtitles.report.page import render_html
from subtitles.report.timecode import clock, rate_text
from subtitles.report.values import findings_csv, report_json
from subtitles.report.wording import amount, counted, number, percent

_WIDTH = 100
_WORST = 5
_STANDARD_OUTPUT = "-"
_WRITERS: Mapping[str, Callable[[QualityReport], str]] = MappingProxyType(
    {"html": render_html, "json": report_json, "csv": findings_csv}
)
# Without it, spreadsheets take UTF-8 for something else.
_BYTE_ORDER_MARK = "\ufeff"


@dataclass(frozen=True, slots=True, kw_only=True)
class Output:
    """What is wanted besides the table; ``path`` is None for standard output."""

    form: str
    path: Path | None


def wanted_output(form: str | None, out: str | None) -> Output | None:
    """The report asked for, if any.

    Raises:
        UsageError: a file whose ending names no format of a report.
    """
    if form is None and out is None:
        return None
    to_file = out is not None and out != _STANDARD_OUTPUT
    path = Path(out) if out is not None and to_file else None
    form = form or (path.suffix.removeprefix(".").lower() if path else "")
    if form not in _WRITERS:
        known = ", ".join(_WRITERS)
        raise UsageError(f"say with --report what to write: one of {known}")
    return Output(form=form, path=path)


def finish(report: QualityReport, output: Output | None, file: Path, fail_on: str) -> None:
    """Print, write, and judge.

    Raises:
        CannotWriteError: the report cannot be written.
        RulesBrokenError: there are findings of the severity that is not to be.
    """
    if output is not None and output.path is None:
        sys.stderr.writelines(f"{remark}\n" for remark in report.remarks)
        sys.stdout.write(_WRITERS[output.form](report))
    else:
        _print(report)
    if output is not None and output.path is not None:
        mark = _BYTE_ORDER_MARK if output.form == "csv" else ""
        text = mark + _WRITERS[output.form](report)
        write_atomically(output.path, text.encode("utf-8"))
        sys.stdout.write(f"report: {output.path}\n")
    summary = report.languages[0].summary
    broken = summary.errors + (summary.warnings if fail_on == "warning" else 0)
    if broken and fail_on != "never":
        what = ", ".join(
            counted(count, name)
            for count, name in ((summary.errors, "error"), (summary.warnings, "warning"))
            if count
        )
        raise RulesBrokenError(file.name, what, summary.profile_id)


def _print(report: QualityReport) -> None:
    quality = report.languages[0]
    console = Console(width=_WIDTH)
    console.print(*report.remarks, sep="\n", markup=False, highlight=False, soft_wrap=True)
    rate = f", {rate_text(report.frame_rate)} frames/s" if report.frame_rate else ""
    cuts = f", {counted(report.shot_changes, 'shot change')}" if report.shot_changes else ""
    print_line = f"{quality.name}, style {quality.summary.profile_id}{rate}{cuts}"
    console.print(print_line, markup=False, highlight=False, soft_wrap=True)
    if quality.rules:
        console.print()
        console.print(_rules(quality))
        _print_worst(console, quality)
    console.print()
    console.print(_verdict(quality), markup=False, highlight=False, soft_wrap=True)


def _verdict(quality: LanguageQuality) -> str:
    summary = quality.summary
    counts = (
        (summary.errors, "error"),
        (summary.warnings, "warning"),
        (summary.infos, "info"),
    )
    found = ", ".join(counted(count, name) for count, name in counts)
    within = percent(summary.share_within_limits)
    return f"{quality.verdict}: {found}; {within} of {counted(summary.cues, 'cue')} in all limits"


def _rules(quality: LanguageQuality) -> Table:
    table = Table(box=None, pad_edge=False)
    for heading in ("rule", "severity", "count", "farthest from the limit", "first cues"):
        table.add_column(heading, justify="right" if heading == "count" else "left")
    for one in quality.rules:
        numbers = ", ".join(map(str, one.cue_numbers))
        table.add_row(one.rule, one.severity, str(one.count), _measured(one.worst), numbers)
    return table


def _measured(finding: ReportedFinding) -> str:
    return f"{amount(finding.measured, finding.unit)} (limit {number(finding.limit)})"


def _print_worst(console: Console, quality: LanguageQuality) -> None:
    cues = {cue.number: cue for cue in quality.cues}
    console.print("\nWorst cues")
    for trouble in quality.troubles[:_WORST]:
        cue = cues[trouble.cue_number]
        when = f"{clock(cue.start_ms)} - {clock(cue.end_ms)}"
        code = f" ({cue.start_code})" if cue.start_code else ""
        console.print(Text(f"  {cue.number}  {when}{code}"), soft_wrap=True)
        for line in cue.lines:
            console.print(Text(f"      {line}"), soft_wrap=True)
        for finding in trouble.findings:
            said = f"    {finding.severity}: {finding.rule}, {_measured(finding)}"
            console.print(Text(said), soft_wrap=True)
