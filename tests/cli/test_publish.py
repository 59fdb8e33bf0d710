"""``polycue publish``."""

import json

import pytest
from command import InProcess
from review_drafts import draft_of

from flows.review_wiring import open_people, open_review
from review.tasks import Role


@pytest.fixture
def polycue(tmp_path, monkeypatch, capsys):
    home = tmp_path / "home"
    home.mkdir()
    return InProcess(home, monkeypatch, capsys)


def test_publishing_from_the_command_line(polycue, tmp_path, monkeypatch):
    done = polycue("publish")
    assert (done.code, done.out) == (0, "nothing waits to be published\n")

    store, ids = open_review(), {}
    ana = open_people().add_user("Ana", "correct horse battery", Role.LINGUIST)
    for title in ("Film", "Bad\x1b[2J" + "x" * 250):
        task, _ = store.park(draft_of("Guten Tag.", title=title, media=title))
        lease = store.claim(task.task_id, ana.user_id)
        store.approve(task.task_id, user_id=ana.user_id, epoch=lease.epoch)
        ids[title[:4]] = task.task_id

    monkeypatch.setenv("POLYCUE_PUBLISH_TO", str(tmp_path / "shelf"))
    monkeypatch.setenv("POLYCUE_NAMING", "media-server")
    done = polycue("publish")
    assert done.code == 9
    assert "published" in done.out
    assert "shorten the title" in done.err
    assert "\x1b" not in done.out + done.err
    assert (tmp_path / "shelf" / "Film.de.srt").exists()

    done = polycue("publish", "Film", "--json")
    assert done.code == 0, done.err
    (one,) = json.loads(done.out)["publications"]
    assert (one["task_id"], one["outcome"], one["version"]) == (ids["Film"], "unchanged", 1)
    assert polycue("publish", ids["Bad\x1b"][:8]).code == 2
    assert polycue("publish", "Nobody").code == 2

    monkeypatch.setenv("POLYCUE_PUBLISH_NAMING", "{title}.{nothing}.{ext}")
    done = polycue("publish")
    assert done.code == 2
    assert "POLYCUE_PUBLISH_NAMING: Value error, there is no field {nothing}" in done.err
