"""``polycue maintain``: what was done, or would be, and how it ends."""

import os

import pytest
from command import InProcess

from flows.artifacts.opening import store_for
from flows.review_wiring import open_review
from flows.settings import Settings


@pytest.fixture
def polycue(tmp_path, monkeypatch, capsys):
    return InProcess(tmp_path / "home", monkeypatch, capsys)


def test_maintenance_tells_what_it_would_do_and_then_does_it(polycue):
    settings = Settings(home=polycue.home)
    open_review(settings)._engine.dispose()
    for data in (b"old", b"new"):
        store_for(settings).write("stage", "k" * 64, data)
    for path in (polycue.home / "artifacts").rglob("*"):
        os.utime(path, (0, 0))
    would, done = polycue("maintain", "--dry-run"), polycue("maintain")
    assert [(one.code, one.err) for one in (would, done)] == [(0, "")] * 2
    assert would.out.startswith("nothing was done")
    assert "nothing points at to be removed: 1 (0.0 MB)" in would.out
    assert "nothing points at removed: 1 (0.0 MB)" in done.out
    assert "backups/review-" in done.out
    assert "of today, is there" in polycue("maintain").out


def test_a_chore_that_fails_ends_the_command_with_its_code(polycue):
    open_review(Settings(home=polycue.home))._engine.dispose()
    (polycue.home / "backups").write_text("in the way")
    done = polycue("maintain")
    assert (done.code, done.err.count("\n")) == (7, 1)
    assert "polycue: backup: cannot write" in done.err
    assert polycue("maintain", "--grace-hours", "1").code == 2
