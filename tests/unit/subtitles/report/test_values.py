"""The JSON and the table: stable names, no formulas."""

import csv
import io
import json

import pytest
from quality_reports import cues_of, report_of, result_of, with_rows
from timed_text import track

from subtitles.report.building import build_report
from subtitles.report.values import COLUMNS, findings_csv, report_json

REPORT = {
    *("title", "version", "length_ms", "frame_rate", "shot_changes", "languages", "failures"),
    *("remarks", "effort"),
}
LANGUAGE = {
    *("language", "name", "verdict", "made_by", "profile_checked_on", "profile_advisory"),
    *("summary", "limits", "reading_speed", "duration", "strip", "rules", "troubles", "cues"),
    *("findings", "heard"),
}
PARTS = {
    "limits": {
        *("rule", "label", "limit", "unit", "source", "advisory", "broken", "share", "measured"),
    },
    "rules": {
        *("rule", "severity", "count", "worst", "says", "fix", "sources", "cue_numbers"),
    },
    "troubles": {"cue_number", "findings", "proposals"},
    "cues": {
        *("number", "cue_id", "start_ms", "end_ms", "start_code", "end_code", "lines"),
        "source_lines",
    },
    "findings": {
        *("cue_number", "rule", "severity", "measured", "limit", "unit", "source", "note"),
    },
}


def test_the_names_of_the_json_stay_what_they_are() -> None:
    """Other programs read them: one that goes or changes is a new `REPORT_VERSION`."""
    report = json.loads(report_json(report_of("en", "de")))
    assert report.keys() == REPORT
    assert report["version"] == 1
    assert report["frame_rate"] == "25"
    for language in report["languages"]:
        assert language.keys() == LANGUAGE
        for name, keys in PARTS.items():
            assert language[name]
            assert all(one.keys() == keys for one in language[name])


def test_the_json_says_what_the_report_says() -> None:
    report = report_of("en", "ar")
    read = json.loads(report_json(report))
    for quality, language in zip(report.languages, read["languages"], strict=True):
        assert language["summary"]["warnings"] == quality.summary.warnings
        assert len(language["findings"]) == len(quality.findings)
        assert language["strip"]["covered"] == list(quality.strip.covered)
        assert language["profile_checked_on"] == quality.profile_checked_on.isoformat()
    assert report_json(report_of("en", "ar")) == report_json(report)


def test_broken_characters_do_not_keep_the_files_from_being_written() -> None:
    report = build_report("half \ud83d a letter", [result_of(track(cues_of("en", 1)))])
    assert json.loads(report_json(report).encode("utf-8"))["title"] == "half \ufffd a letter"


def rows_of(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text, newline="")))


def test_the_table_has_a_row_for_every_finding() -> None:
    report = report_of("en", "de")
    rows = rows_of(findings_csv(report))
    assert tuple(rows[0]) == COLUMNS
    assert len(rows) == sum(len(one.findings) for one in report.languages)
    dots = next(row for row in rows if row["rule"] == "three-dots" and row["language"] == "de")
    assert dots["text"] == "Keine Antwort..."
    assert dots["source_text"] == "That is no answer..."
    assert (dots["cue"], dots["in"], dots["in_code"]) == ("3", "00:00:09.000", "00:00:09:00")
    assert dots["says"].endswith(".")


@pytest.mark.parametrize(
    "evil", ["=1+1", "+cmd|' /C calc'!A0", "-2+3", "@SUM(A1)", "＝1+1", "- Two.", "＠x"]
)
def test_no_cell_begins_like_a_formula(evil: str) -> None:
    text = findings_csv(with_rows([evil, "...  x"], title=evil))
    rows = rows_of(text)
    assert any(row["text"].startswith(f"'{evil}") for row in rows)
    for row in rows:
        for cell in row.values():
            assert cell[:1] not in {"=", "+", "-", "@", "＝", "＋", "－", "＠", "\t", "\r"}


def test_a_finding_on_the_whole_track_has_no_cue() -> None:
    source = track(cues_of("en", 6))
    target = track(cues_of("de", 4), "de")
    rows = rows_of(findings_csv(build_report("x", [result_of(target, source)])))
    (uncovered,) = (row for row in rows if row["rule"] == "uncovered-source")
    assert (uncovered["cue"], uncovered["text"], uncovered["measured"]) == ("", "", "2")
