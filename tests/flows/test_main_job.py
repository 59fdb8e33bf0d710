"""The main job on the sample video, with the starter models, through the command."""

import json

import pytest
from command import VIDEO, InProcess

from subtitles.formats.srt import SrtFormat

pytestmark = pytest.mark.engine


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    return tmp_path_factory.mktemp("main-job")


@pytest.fixture
def polycue(folder, models_folder, monkeypatch, capsys):
    home = folder / "home"
    if not home.exists():
        home.mkdir()
        (home / "models").symlink_to(models_folder)
    return InProcess(home, monkeypatch, capsys)


def run(polycue, folder, *args, to="pt-BR"):
    done = polycue("run", VIDEO, "--to", to, "--out", folder / "out", "--json", *args)
    assert done.code == 0, done.err
    return json.loads(done.out)


def artifacts(folder):
    return {
        path: path.stat().st_mtime_ns
        for path in (folder / "home" / "artifacts").rglob("*")
        if path.is_file()
    }


def test_one_command_makes_files_and_review_tasks_in_both_languages(polycue, folder):
    report = run(polycue, folder)
    assert [one["language"] for one in report["languages"]] == ["en", "pt-BR"]
    assert all(one["task_is_new"] and not one["cached"] for one in report["languages"])
    for language in ("en", "pt-BR"):
        srt = (folder / "out" / f"{VIDEO.stem}.{language}.srt").read_text("utf-8")
        assert len(SrtFormat().decode(srt).document.subtitles) >= 5
        assert (folder / "out" / f"{VIDEO.stem}.{language}.vtt").read_text().startswith("WEBVTT")


def test_both_tracks_have_the_same_cues_at_the_same_in_times(polycue, folder):
    run(polycue, folder)
    tracks = [
        SrtFormat()
        .decode((folder / "out" / f"{VIDEO.stem}.{tag}.srt").read_text("utf-8"))
        .document.subtitles
        for tag in ("en", "pt-BR")
    ]
    assert [cue.span.start_ms for cue in tracks[0]] == [cue.span.start_ms for cue in tracks[1]]
    assert all(one.lines != other.lines for one, other in zip(*tracks, strict=True))


def test_a_second_run_computes_nothing_and_parks_nothing_twice(polycue, folder):
    first = run(polycue, folder)
    before = artifacts(folder)
    second = run(polycue, folder)
    assert artifacts(folder) == before
    assert second["transcript_cached"]
    assert all(one["cached"] and not one["task_is_new"] for one in second["languages"])
    assert [one["task_id"] for one in second["languages"]] == [
        one["task_id"] for one in first["languages"]
    ]


def test_changing_only_the_targets_recomputes_no_recognition(polycue, folder):
    run(polycue, folder)
    report = run(polycue, folder, to="pt")
    assert report["transcript_cached"]
    assert report["languages"][0]["cached"]
    assert [one["language"] for one in report["languages"]] == ["en", "pt"]


def test_the_plan_says_what_is_stored_and_does_nothing(polycue, folder):
    run(polycue, folder)
    before = artifacts(folder)
    done = polycue("run", VIDEO, "--to", "pt-BR", "--out", folder / "out", "--dry-run", "--json")
    assert done.code == 0, done.err
    assert {step["state"] for step in json.loads(done.out)} == {"stored already"}
    assert artifacts(folder) == before


def test_one_language_that_no_engine_serves_leaves_the_others_complete(polycue, folder):
    done = polycue("run", VIDEO, "--to", "pt-BR,ko", "--out", folder / "out", "--json")
    assert done.code == 9
    report = json.loads(done.out)
    by_language = {one["language"]: one for one in report["languages"]}
    assert by_language["pt-BR"]["error"] is None
    assert "ko" in by_language["ko"]["error"]


def test_the_language_of_the_speech_as_a_target_is_simply_the_source(polycue, folder):
    report = run(polycue, folder, to="en,pt-BR")
    assert [one["language"] for one in report["languages"]] == ["en", "pt-BR"]


def test_exporting_before_approval_says_what_waits_and_drafts_are_marked(polycue, folder):
    run(polycue, folder)
    out = folder / "exported"
    done = polycue("export", VIDEO.stem, "--out", out)
    assert done.code == 2
    assert "--draft" in done.err
    done = polycue("export", VIDEO.stem, "--language", "pt-BR", "--draft", "--out", out)
    assert done.code == 0
    assert [path.name for path in out.iterdir()] == [f"{VIDEO.stem}.draft.pt-BR.srt"]
