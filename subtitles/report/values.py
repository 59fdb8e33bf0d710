"""The report as JSON and its findings as a table for spreadsheets."""

import csv
import io
import json
from collections.abc import Iterator, Mapping
from dataclasses import fields, is_dataclass
from datetime import date
from fractions import Fraction

from subtitles.report.model import LanguageQuality, QualityReport, ReportedCue, ReportedFinding
from subtitles.report.timecode import clock
from subtitles.report.wording import number
from subtitles.rules import RULES
from subtitles.spreadsheet_cells import inert_cell

COLUMNS = (
    *("title", "language", "profile", "cue", "in", "out", "in_code", "out_code"),
    *("rule", "severity", "measured", "limit", "unit", "says", "fix", "source", "note"),
    *("text", "source_text"),
)
"""Of the table. Rows of a cue stand with `` | `` between them."""


def report_json(report: QualityReport) -> str:
    """All of the report; equal reports give equal text, with names in the order of the classes.

    Every item of a long list stands on a line of its own, so that reports can be compared by line.
    """
    head = {
        one.name: getattr(report, one.name)
        for one in fields(QualityReport)
        if one.name != "languages"
    }
    languages = ",\n".join(_language(one) for one in report.languages)
    return (
        "{"
        + "".join(f'"{name}": {_dumped(value)},\n' for name, value in head.items())
        + (f'"languages": [\n{languages}\n]}}\n')
    )


def _language(quality: LanguageQuality) -> str:
    parts = []
    for one in fields(LanguageQuality):
        name, value = one.name, getattr(quality, one.name)
        if isinstance(value, tuple) and value:
            rows = ",\n".join(map(_dumped, value))
            parts.append(f'"{name}": [\n{rows}\n]')
        else:
            parts.append(f'"{name}": {_dumped(value)}')
    return "{" + ",\n".join(parts) + "}"


def _dumped(value: object) -> str:
    return json.dumps(value, default=_plain, ensure_ascii=False)


def _plain(value: object) -> object:
    if is_dataclass(value) and not isinstance(value, type):
        return {one.name: getattr(value, one.name) for one in fields(value)}
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Fraction):
        return str(value)
    raise TypeError(type(value).__name__)


def findings_csv(report: QualityReport) -> str:
    """A row for every finding, after a row of headings (RFC 4180).

    A cell that a spreadsheet would take for a formula gets an apostrophe before it.
    """
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(COLUMNS)
    for quality in report.languages:
        cues = {cue.number: cue for cue in quality.cues}
        for finding in quality.findings:
            cells = _cells(report.title, quality, finding, cues)
            writer.writerow([inert_cell(cell) for cell in cells])
    return out.getvalue()


def _cells(
    title: str,
    quality: LanguageQuality,
    finding: ReportedFinding,
    cues: Mapping[int, ReportedCue],
) -> Iterator[str]:
    cue = cues.get(finding.cue_number or 0)
    yield from (title, quality.language, quality.summary.profile_id)
    if cue is None:
        yield from ("", "", "", "", "")
    else:
        yield from (f"{cue.number}", clock(cue.start_ms), clock(cue.end_ms))
        yield from (cue.start_code, cue.end_code)
    rule = RULES[finding.rule]
    yield from (finding.rule, finding.severity, number(finding.measured), number(finding.limit))
    yield from (finding.unit, rule.says, rule.fix, finding.source, finding.note)
    yield from ("", "") if cue is None else (" | ".join(cue.lines), " | ".join(cue.source_lines))
