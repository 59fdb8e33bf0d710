"""``polycue export`` of what was approved, and ``polycue backup``."""

import hashlib
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


@pytest.fixture
def approved(polycue):
    store = open_review()
    task, _ = store.park(draft_of("Guten <i>Tag</i>.", "Wo ist\ner?", title="Film"))
    ana = open_people().add_user("Ana", "correct horse battery", Role.LINGUIST)
    lease = store.claim(task.task_id, ana.user_id)
    store.approve(task.task_id, user_id=ana.user_id, epoch=lease.epoch)
    return task


def test_an_approved_text_leaves_with_its_manifest_and_every_digest_is_right(
    polycue, approved, tmp_path
):
    files = "srt,vtt,ttml,bilingual.srt,manifest.json"
    done = polycue("export", "--formats", files, "--out", tmp_path / "out")
    assert done.code == 0, done.err
    manifest = json.loads((tmp_path / "out" / "Film.de.manifest.json").read_text("utf-8"))
    assert manifest["sanction"]["approved_by"] == "Ana"
    digests = {one["name"]: one["sha256"] for one in manifest["files"]}
    for name in ("srt", "vtt", "ttml", "bilingual.srt"):
        content = (tmp_path / "out" / f"Film.de.{name}").read_bytes()
        assert digests[name] == hashlib.sha256(content).hexdigest()


def test_a_draft_has_no_manifest(polycue, tmp_path):
    open_review().park(draft_of("Guten Tag.", title="Film"))
    done = polycue("export", "--draft", "--formats", "manifest.json", "--out", tmp_path / "out")
    assert done.code == 2
    assert "Film de is not approved: it has no manifest.json" in done.err
    assert not (tmp_path / "out").exists()


def test_a_backup_is_a_database_to_go_on_with(polycue, approved, tmp_path, monkeypatch):
    copy = tmp_path / "copy.db"
    done = polycue("backup", copy)
    assert (done.code, done.out.strip()) == (0, str(copy))
    again = polycue("backup", copy)
    assert (again.code, "name a new file" in again.err) == (7, True)
    monkeypatch.setenv("POLYCUE_DATABASE_URL", f"sqlite:///{copy}")
    assert open_review().task(approved.task_id).is_decided
