"""The quality report of a run: beside the subtitles, true for the languages of that run."""

import json
import shutil

import pytest
from command import VIDEO, InProcess

pytestmark = pytest.mark.engine

PAGE, VALUES = f"{VIDEO.stem}.report.html", f"{VIDEO.stem}.report.json"


@pytest.fixture
def polycue(main_job, tmp_path, monkeypatch, capsys):
    """The command in a workspace of one's own in which the main job is done."""
    home = shutil.copytree(main_job.home, tmp_path / "home", symlinks=True)
    return InProcess(home, monkeypatch, capsys)


def test_a_run_writes_a_page_and_its_values_about_all_languages(main_job):
    assert main_job.report["report_files"] == [
        str(main_job.out / PAGE),
        str(main_job.out / VALUES),
    ]
    assert (main_job.out / PAGE).read_text("utf-8").startswith("<!doctype html>")
    values = json.loads((main_job.out / VALUES).read_text("utf-8"))
    assert values["title"] == VIDEO.stem
    assert values["shot_changes"] > 0
    said = {one["language"]: one["quality"] for one in main_job.report["languages"]}
    assert {one["language"]: one["summary"] for one in values["languages"]} == said
    assert any(cue["source_lines"] for cue in values["languages"][1]["cues"])


def test_the_report_is_of_the_languages_of_the_last_run_and_otherwise_the_same_bytes(
    main_job, polycue, tmp_path
):
    out = tmp_path / "out"
    first = {name: (main_job.out / name).read_bytes() for name in (PAGE, VALUES)}

    done = polycue("run", VIDEO, "--to", "pt-BR,ko", "--out", out)
    assert done.code == 9
    assert f"quality report: {out / PAGE}" in done.out
    values = json.loads((out / VALUES).read_text("utf-8"))
    assert [one["language"] for one in values["languages"]] == ["en", "pt-BR"]
    ((language, why),) = values["failures"]
    assert language == "ko"
    assert why in (out / PAGE).read_text("utf-8").replace("&#39;", "'")

    assert polycue("run", VIDEO, "--to", "pt-BR", "--out", out).code == 0
    assert {name: (out / name).read_bytes() for name in (PAGE, VALUES)} == first
    written = {path: path.stat().st_mtime_ns for path in out.iterdir()}
    assert polycue("run", VIDEO, "--to", "pt-BR", "--out", out).code == 0
    assert {path: path.stat().st_mtime_ns for path in out.iterdir()} == written
