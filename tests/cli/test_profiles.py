"""``polycue profiles``: what it lists, what it shows, and what it refuses."""

import json
import subprocess
import sys

import pytest
from command import ROOT, InProcess, environment

from subtitles.style.layers import known_clients, known_languages


@pytest.fixture
def polycue(tmp_path, monkeypatch, capsys):
    return InProcess(tmp_path / "home", monkeypatch, capsys)


def rows_of(text):
    return {row.split()[0]: row.split() for row in text.splitlines() if row.strip()}


def test_list_shows_every_language_and_every_house_style(polycue):
    done = polycue("profiles", "list")
    assert done.code == 0
    rows = rows_of(done.out)
    assert {*known_languages(), *(name for name, _ in known_clients())} <= set(rows)
    assert rows["nl"] == ["nl", "Dutch", "42", "17/13", "20/17", "C", "2", "yes"]
    assert rows["uk"] == ["uk", "Ukrainian", "42?", "17/13?", "20/17?", "B?", "0?", "yes"]


def test_every_line_fits_a_terminal_of_100_columns(polycue):
    for command in (("list",), ("show", "zh-Hant"), ("show", "ko", "--client", "ted")):
        lines = polycue("profiles", *command).out.splitlines()
        assert max(len(line) for line in lines) <= 100, command


def test_a_client_narrows_the_list_to_what_it_serves(polycue):
    rows = rows_of(polycue("profiles", "list", "--client", "bbc").out)
    assert set(rows) & set(known_languages()) == {"en"}
    assert rows["en"][2:4] == ["37?", "18/17?"]
    assert "amazon" not in rows
    spanish = rows_of(polycue("profiles", "list", "--client", "une-153010").out)["es"]
    assert spanish[2:5] == ["42", "-", "15/15?"]


def test_show_names_the_file_and_the_source_of_every_value(polycue):
    done = polycue("profiles", "show", "ko", "--client", "ted")
    rows = rows_of(done.out)
    assert rows["max_chars_per_line"][1:3] == ["21", "clients/ted.toml"]
    assert rows["max_chars_per_line"][-1] == "advisory"
    assert rows["counting"][1:3] == ["korean", "ko.toml"]
    assert rows["min_gap_frames"][1:3] == ["2", "base.toml"]
    source = rows["counting"][3]
    assert "216001127" in " ".join(rows[source])


def test_show_as_json_has_everything(polycue):
    done = polycue("profiles", "show", "hi", "--audience", "children", "--kind", "sdh", "--json")
    shown = json.loads(done.out)
    assert shown["profile_id"] == "hi/children/sdh"
    values = {one["name"]: one for one in shown["values"]}
    assert values["max_chars_per_second"]["value"] == 20
    assert values["max_chars_per_second"]["advisory"] is False
    assert "का" in values["never_break_before"]["value"]
    assert all({"file", "source", "checked_on"} <= set(one) for one in shown["values"])


@pytest.mark.parametrize(
    ("args", "code", "says"),
    [
        (("show", "klingonish"), 4, "unknown language"),
        (("show", "fr", "--client", "arte"), 1, "client arte has no style for language fr"),
        (("show", "fr", "--client", "../base"), 1, "unknown client '../base': use one of amazon"),
        (("list", "--client", "nobody"), 1, "unknown client 'nobody'"),
        (("show", "fr", "--kind", "karaoke"), 2, "karaoke"),
    ],
)
def test_what_is_not_known_or_not_served_is_refused_in_one_line(polycue, args, code, says):
    done = polycue("profiles", *args)
    assert done.code == code
    assert says in done.err
    assert code == 2 or done.err.count("\n") == 1


def test_help_loads_nothing_heavy(tmp_path):
    code = (
        "import sys, flows.cli.profiles\n"
        "heavy = {'rich.table', 'langcodes', 'pydantic', 'subtitles.style.profile'}\n"
        "print(sorted(heavy & set(sys.modules)))"
    )
    done = subprocess.run(
        [sys.executable, "-c", code],
        capture_output=True,
        text=True,
        check=True,
        cwd=ROOT,
        env=environment(tmp_path),
    )
    assert done.stdout.strip() == "[]"
