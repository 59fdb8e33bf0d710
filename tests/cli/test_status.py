"""``polycue status`` and ``polycue runs``: what is known, and nothing that could mislead."""

import json
from dataclasses import replace

import pytest
from command import InProcess
from review_drafts import draft_of
from run_logs import dead_process, run, running

from flows.review_wiring import open_review
from flows.runs.opening import run_log_for
from flows.runs.records import LanguageRun, RunKind, RunState, StageCost
from flows.settings import Settings
from subtitles.language import LanguageTag


@pytest.fixture
def polycue(tmp_path, monkeypatch, capsys):
    monkeypatch.setenv("COLUMNS", "250")
    return InProcess(tmp_path / "home", monkeypatch, capsys)


def keep(*records):
    for one in records:
        run_log_for(Settings()).begin(one)


def language(tag, **fields):
    return LanguageRun(language=LanguageTag(tag), **fields)


def test_a_title_shows_drafts_review_publication_and_failures(polycue):
    task, _ = open_review().park(draft_of("Tag.", title="dinner"))
    drafted = run(
        media_id=task.media_id,
        state=RunState.PARTIAL,
        languages=(language("de", task_id=task.task_id), language("fr", error="no engine serves")),
    )
    published = run(
        1,
        media_id=task.media_id,
        kind=RunKind.PUBLISH,
        languages=(language("de", folder="/releases"),),
    )
    keep(drafted, published)

    done = polycue("status", "dinner")
    assert (done.code, done.err) == (0, "")
    (german,) = (line for line in done.out.splitlines() if line.startswith("  de"))
    assert "pending 0/1" in german
    assert "/releases" in german
    assert "failed: no engine serves" in done.out
    assert "publish completed" in done.out

    (standing,) = json.loads(polycue("status", task.media_id[:8], "--json").out)
    assert [one["language"] for one in standing["languages"]] == ["de", "fr"]
    assert standing["languages"][0]["published_to"] == "/releases"


def test_titles_that_share_a_name_are_all_shown(polycue):
    keep(run(), run(1, media_id="cd" * 32, source="/other/dinner.mp4"))
    done = polycue("status", "dinner")
    assert "2 titles fit" in done.out
    assert {"abababababab", "cdcdcdcdcdcd"} <= set(done.out.split())
    assert json.loads(polycue("status", "/other/dinner.mp4", "--json").out)[0]["media_id"] == (
        "cd" * 32
    )


def test_an_unknown_title_is_said_and_a_look_makes_nothing(polycue):
    done = polycue("status", "nothing")
    assert done.code == 2
    assert "polycue runs" in done.err
    assert polycue("runs").code == 0
    assert not polycue.home.exists()


def test_runs_are_listed_newest_first_with_crashes_and_costs(polycue, monkeypatch):
    monkeypatch.setenv("POLYCUE_CPU_HOUR_PRICE", "2")
    cost = StageCost(stage="chunk", key="k", cpu_ms=1_800_000)
    keep(
        run(title="lunch", costs=(cost,), cpu_ms=1_800_000),
        running(1, process=dead_process(), source="/films/x.mp4", media_id="cd" * 32),
    )
    done = polycue("runs")
    assert done.code == 0
    first, second = (line for line in done.out.splitlines() if line.startswith("  2026"))
    assert "dinner" in first
    assert "crashed" in first
    assert "1.000 EUR" in second
    assert "run it again" in done.out
    assert "lunch" not in polycue("runs", "--failed").out
    (record,) = json.loads(polycue("runs", "--limit", "1", "--json").out)
    assert record["state"] == "crashed"


def test_hostile_titles_stay_on_their_line(polycue):
    evil = "x\n[red]  forged \x1b[2J"
    keep(replace(run(), title=evil, error="first\nsecond"))
    for command in (("runs",), ("status", evil)):
        done = polycue(*command)
        assert done.code == 0
        assert "\x1b" not in done.out
        assert "[red]" in done.out
        assert not any(line.strip().startswith("forged") for line in done.out.splitlines())
