"""The main job on the sample video, with the starter models, through the command."""

import json
import shutil

import pytest
from command import VIDEO, InProcess

from subtitles.formats.srt import SrtFormat

pytestmark = pytest.mark.engine


@pytest.fixture
def polycue(main_job, tmp_path, monkeypatch, capsys):
    """The command in a workspace of one's own in which the main job is done."""
    home = shutil.copytree(main_job.home, tmp_path / "home", symlinks=True)
    return InProcess(home, monkeypatch, capsys)


def run(polycue, out, *args, to="pt-BR"):
    done = polycue("run", VIDEO, "--to", to, "--out", out, "--json", *args)
    assert done.code == 0, done.err
    return json.loads(done.out)


def artifacts(home):
    return {
        path: path.stat().st_mtime_ns for path in (home / "artifacts").rglob("*") if path.is_file()
    }


def subtitles(out, language):
    srt = (out / f"{VIDEO.stem}.{language}.srt").read_text("utf-8")
    return SrtFormat().decode(srt).document.subtitles


def test_one_command_makes_files_and_review_tasks_in_both_languages(main_job):
    languages = main_job.report["languages"]
    assert [one["language"] for one in languages] == ["en", "pt-BR"]
    assert all(one["task_is_new"] and not one["cached"] for one in languages)
    for language in ("en", "pt-BR"):
        assert len(subtitles(main_job.out, language)) >= 5
        vtt = main_job.out / f"{VIDEO.stem}.{language}.vtt"
        assert vtt.read_text("utf-8").startswith("WEBVTT")


def test_both_tracks_have_the_same_cues_at_the_same_in_times(main_job):
    tracks = [subtitles(main_job.out, language) for language in ("en", "pt-BR")]
    assert [cue.span.start_ms for cue in tracks[0]] == [cue.span.start_ms for cue in tracks[1]]
    assert all(one.lines != other.lines for one, other in zip(*tracks, strict=True))


def test_a_second_run_computes_nothing_and_parks_nothing_twice(main_job, polycue, tmp_path):
    before = artifacts(polycue.home)
    second = run(polycue, tmp_path)
    assert artifacts(polycue.home) == before
    assert second["transcript_cached"]
    assert all(one["cached"] and not one["task_is_new"] for one in second["languages"])
    assert [one["task_id"] for one in second["languages"]] == [
        one["task_id"] for one in main_job.report["languages"]
    ]


def test_changing_only_the_targets_recomputes_no_recognition(polycue, tmp_path):
    report = run(polycue, tmp_path, to="pt")
    assert report["transcript_cached"]
    assert report["languages"][0]["cached"]
    assert [one["language"] for one in report["languages"]] == ["en", "pt"]


def test_the_plan_says_what_is_stored_and_does_nothing(main_job, polycue, tmp_path):
    out = shutil.copytree(main_job.out, tmp_path / "out")
    before = artifacts(polycue.home)
    done = polycue("run", VIDEO, "--to", "pt-BR", "--out", out, "--dry-run", "--json")
    assert done.code == 0, done.err
    assert {step["state"] for step in json.loads(done.out)} == {"stored already"}
    assert artifacts(polycue.home) == before


def test_one_language_that_no_engine_serves_leaves_the_others_complete(polycue, tmp_path):
    done = polycue("run", VIDEO, "--to", "pt-BR,ko", "--out", tmp_path, "--json")
    assert done.code == 9
    report = json.loads(done.out)
    by_language = {one["language"]: one for one in report["languages"]}
    assert by_language["pt-BR"]["error"] is None
    assert "ko" in by_language["ko"]["error"]


def test_the_language_of_the_speech_as_a_target_is_simply_the_source(polycue, tmp_path):
    report = run(polycue, tmp_path, to="en,pt-BR")
    assert [one["language"] for one in report["languages"]] == ["en", "pt-BR"]


def test_exporting_before_approval_says_what_waits_and_drafts_are_marked(polycue, tmp_path):
    out = tmp_path / "exported"
    done = polycue("export", VIDEO.stem, "--out", out)
    assert done.code == 2
    assert "--draft" in done.err
    done = polycue("export", VIDEO.stem, "--language", "pt-BR", "--draft", "--out", out)
    assert done.code == 0
    assert [path.name for path in out.iterdir()] == [f"{VIDEO.stem}.draft.pt-BR.srt"]
