"""What was approved reaches the publishing folder once, whatever happens on the way."""

import errno
import hashlib
import json
import sqlite3
from contextlib import closing
from dataclasses import replace
from datetime import timedelta

import pytest
from dying_disk import Killed, dying_at, refusing_at
from review_desks import fresh_sqlite, sql_desk
from review_drafts import draft_of

from flows.delivering.manifest import manifest_at
from flows.publish_report import Outcome
from flows.publishing import publish_approved, publish_task
from flows.runs.opening import run_log_for
from flows.settings import Settings
from review.outbox import NoticeKind
from review.sql.outbox import SqlOutbox
from review.sql.releases import SqlReleases
from review.sql.store import SqlReviewStore
from subtitles.errors import PolycueError


@pytest.fixture
def desk(sqlite_url):
    with sql_desk(sqlite_url) as staffed:
        yield staffed


@pytest.fixture
def house(desk, sqlite_url, tmp_path):
    return House(desk, Settings(home=tmp_path / "home", database_url=sqlite_url))


class House:
    """A review desk, and a folder to publish to."""

    def __init__(self, desk, settings):
        self.desk, self.settings = desk, settings
        self.folder = settings.publish_folder

    def approved(self, *texts, **more):
        task = self.desk.store.park(draft_of(*(texts or ("Guten Tag.",)), **more))[0]
        self.desk.approved(task)
        return task

    def publish(self, **more):
        return publish_approved(self.settings, **more)

    def naming(self, **settings):
        self.settings = self.settings.model_copy(update=settings)

    def files(self):
        """What other programs see."""
        return {
            str(path.relative_to(self.folder)): path.read_bytes()
            for path in sorted(self.folder.rglob("*"))
            if path.is_file() and not path.relative_to(self.folder).parts[0].startswith(".")
        }

    def told(self):
        outbox = SqlOutbox(self.desk.store._engine, self.desk.clock)
        return outbox.undelivered([NoticeKind.TASK_APPROVED])

    def state(self, task):
        return self.desk.store.task(task.task_id).state.value


def outcomes(report):
    return [one.outcome.value for one in report.publications]


NAMES = {
    f"The Gate.de.{ending}"
    for ending in (
        *("srt", "vtt", "ttml", "bilingual.srt", "bilingual.vtt"),
        *("manifest.json", "delivery.json"),
    )
}


def test_an_approval_becomes_files_with_a_manifest_and_twice_is_once(house):
    task = house.approved("Guten <i>Tag</i>.", "Wo ist\ner?")
    (done,) = house.publish().publications
    assert (done.outcome, done.version) == (Outcome.PUBLISHED, 1)
    assert house.files().keys() == NAMES
    assert {str(path.relative_to(house.folder)) for path in done.files} == NAMES
    release = SqlReleases(house.desk.store._engine, house.desk.clock)
    for name, data in house.files().items():
        if not name.endswith("delivery.json"):
            assert data == release.file(task.task_id, name.removeprefix("The Gate.de.")).encode()
    manifest = json.loads(house.files()["The Gate.de.delivery.json"])
    listed = {one["path"]: one["sha256"] for one in manifest["files"]}
    assert listed == {
        name: hashlib.sha256(data).hexdigest()
        for name, data in house.files().items()
        if not name.endswith("delivery.json")
    }
    assert manifest["made_from"]["snapshot_sha256"] == done.snapshot_sha256
    assert (manifest["kind"], manifest["replaces"]) == ("release", None)
    assert (house.state(task), house.told()) == ("published", ())

    before = {path: path.stat().st_mtime_ns for path in house.folder.rglob("*")}
    events = house.desk.kinds(task)
    assert house.publish().publications == ()
    assert outcomes(house.publish(task_id=task.task_id)) == ["unchanged"]
    assert {path: path.stat().st_mtime_ns for path in house.folder.rglob("*")} == before
    assert house.desk.kinds(task) == events


def test_files_that_somebody_took_away_or_changed_come_back_when_asked_for(house):
    task = house.approved()
    house.publish()
    before = house.files()
    (house.folder / "The Gate.de.srt").write_text("mine")
    (house.folder / "The Gate.de.vtt").unlink()
    assert outcomes(house.publish(task_id=task.task_id[:8])) == ["published"]
    assert house.files() == before


def test_a_later_approval_takes_the_earlier_ones_place_and_says_so(house):
    house.naming(naming="broadcaster")
    task = house.approved()
    house.publish()
    first = house.files()
    house.desk.store.reopen(task.task_id, user_id=house.desk.lea.user_id, reason="A word.")
    assert outcomes(house.publish(task_id=task.task_id)) == ["unchanged"]
    assert house.files() == first, "what is reopened stays published"
    house.desk.write(task, "Guten Abend.")
    house.desk.clock.pass_(hours=1)
    house.desk.approved(task)
    (house.folder / "The Gate_de_v1.vtt").write_text("somebody's own")

    (done,) = house.publish().publications
    assert (done.outcome, done.version) == (Outcome.PUBLISHED, 2)
    assert done.remarks == ("The Gate_de_v1.vtt was changed by somebody and stays",)
    left = {name for name in house.files() if "_v1" in name}
    assert left == {"The Gate_de_v1.vtt"}
    assert b"Guten Abend." in house.files()["The Gate_de_v2.srt"]
    replaced = manifest_at(house.folder / "The Gate_de_v2.delivery.json").replaces
    assert replaced.made_from.version == 1
    assert set(replaced.paths) == {name for name in first if "delivery" not in name}
    assert house.state(task) == "published"


def test_an_approval_that_was_reopened_before_it_was_published_is_published(house):
    task = house.approved()
    house.desk.store.reopen(task.task_id, user_id=house.desk.lea.user_id, reason="A word.")
    assert outcomes(house.publish()) == ["published"]
    assert house.files().keys() == NAMES
    assert (house.state(task), house.told()) == ("changes_requested", ())


def test_what_was_cancelled_after_its_approval_is_not_published(house):
    task = house.approved()
    house.desk.store.cancel(task.task_id, user_id=house.desk.lea.user_id, reason="Not ours.")
    assert outcomes(house.publish()) == ["cancelled"]
    assert not house.files()
    assert house.told() == ()
    assert house.publish().publications == ()


def test_one_bad_task_is_reported_and_waits_and_the_others_are_published(house):
    bad = house.approved(title="語" * 90)
    good = house.approved(media="other")
    report = house.publish()
    assert outcomes(report) == ["failed", "published"]
    assert "shorten the title" in report.publications[0].error
    assert (report.exit_code, report.publications[0].exit_code) == (9, 2)
    (notice,) = house.told()
    assert (notice.task_id, notice.attempts) == (bad.task_id, 1)
    assert house.state(good) == "published"
    late = house.approved(media="late", title="Late")
    assert [one.task_id for one in house.publish().publications] == [late.task_id, bad.task_id]
    (run, *_) = run_log_for(house.settings).recent(5)
    assert (run.kind, run.state) == ("publish", "partial")
    outbox = SqlOutbox(house.desk.store._engine, house.desk.clock)
    house.desk.clock.now = notice.created_at + timedelta(days=400)
    assert outbox.due(NoticeKind.TASK_APPROVED)


def test_titles_of_one_name_never_take_each_others_place(house):
    first, second = house.approved(), house.approved("Guten Abend.", media="another film")
    report = house.publish()
    assert outcomes(report) == ["published", "failed"]
    assert "name {project} or {version} in POLYCUE_PUBLISH_NAMING" in report.publications[1].error
    assert b"Guten Tag." in house.files()["The Gate.de.srt"]
    lea = house.desk.lea.user_id
    house.desk.store.cancel(first.task_id, user_id=lea, reason="An older cut.")
    assert outcomes(house.publish()) == ["published"]
    assert b"Guten Abend." in house.files()["The Gate.de.srt"]
    manifest = manifest_at(house.folder / "The Gate.de.delivery.json")
    assert manifest.replaces.made_from.task_id == first.task_id
    assert len(list((house.folder / ".polycue").iterdir())) == 1
    assert house.state(second) == "published"


@pytest.mark.parametrize(
    ("naming", "more", "name"),
    [
        ("plain", {"client": "ted"}, "ted/_Season 1/The Gate.de.srt"),
        ("media-server", {"kind": "sdh"}, "_Season 1/The Gate.de.sdh.srt"),
    ],
)
def test_folders_are_of_the_client_and_the_project(house, naming, more, name):
    draft = replace(draft_of("Hallo."), project="../Season 1", **more)
    house.desk.approved(house.desk.store.park(draft)[0])
    house.naming(naming=naming)
    house.publish()
    assert name in house.files()


def test_a_newer_approval_while_one_is_published_is_published_next(house, monkeypatch):
    task, real = house.approved(), SqlReviewStore.publish

    def overtaken(store, task_id, sha256):
        monkeypatch.undo()
        house.desk.store.reopen(task_id, user_id=house.desk.lea.user_id, reason="A word.")
        house.desk.write(task, "Neu.")
        house.desk.approved(task)
        return real(store, task_id, sha256)

    monkeypatch.setattr(SqlReviewStore, "publish", overtaken)
    house.publish()
    assert b"Guten Tag." in house.files()["The Gate.de.srt"]
    assert house.state(task) == "approved"
    assert outcomes(house.publish()) == ["published"]
    assert b"Neu." in house.files()["The Gate.de.srt"]
    assert (house.state(task), house.told()) == ("published", ())


@pytest.mark.parametrize("moment", ["publish before", "publish after", "tick before"])
def test_killed_beside_the_database_the_next_call_ends_the_same(house, monkeypatch, moment):
    task = house.approved()
    owner, name = (SqlReviewStore, "publish") if "publish" in moment else (SqlOutbox, "delivered")
    real = getattr(owner, name)

    def killed(*arguments):
        if "after" in moment:
            real(*arguments)
        raise Killed

    with monkeypatch.context() as patch:
        patch.setattr(owner, name, killed)
        with pytest.raises(Killed):
            house.publish()
    assert house.files().keys() == NAMES
    house.publish()
    assert (house.state(task), house.told()) == ("published", ())
    assert house.desk.kinds(task).count("task.published") == 1


def test_killed_or_refused_at_any_step_the_next_call_ends_the_same(sqlite_template, tmp_path):
    def fresh(place):
        url = fresh_sqlite(sqlite_template)
        return url, Settings(home=tmp_path / str(place), database_url=url)

    with sql_desk(fresh("clean")[0]) as desk:
        house = House(
            desk, Settings(home=tmp_path / "clean", database_url=str(desk.store._engine.url))
        )
        house.approved()
        with dying_at(10_000) as asked:
            house.publish()
        clean, steps = house.files().keys(), len(asked)
    for step in range(0, steps, 13):
        url, settings = fresh(step)
        with sql_desk(url) as desk:
            house = House(desk, settings)
            task = house.approved()
            with dying_at(step), pytest.raises((Killed, PolycueError)):
                house.publish()
            assert house.publish().exit_code == 0
            assert house.files().keys() == clean
            assert (house.state(task), house.told()) == ("published", ())
            assert house.desk.kinds(task).count("task.published") == 1
            assert not list(house.folder.glob(".polycue-*"))


def test_a_full_disk_leaves_what_was_published_and_the_next_call_goes_on(house):
    task = house.approved()
    house.publish()
    before = house.files()
    house.desk.store.reopen(task.task_id, user_id=house.desk.lea.user_id, reason="A word.")
    house.desk.write(task, "Guten Abend.")
    house.desk.approved(task)

    def full(publisher, waiting):
        with refusing_at(5, errno.ENOSPC, for_ever=True):
            return publish_task(publisher, waiting)

    report = house.publish(publish=full)
    assert (outcomes(report), report.exit_code) == (["failed"], 7)
    assert "free some space" in report.summary()
    assert house.files() == before
    assert outcomes(house.publish()) == ["published"]
    assert b"Guten Abend." in house.files()["The Gate.de.srt"]


def test_a_text_of_a_version_that_kept_no_cues_says_what_to_do(house, sqlite_url):
    task = house.approved()
    house.desk.store._engine.dispose()
    with closing(sqlite3.connect(sqlite_url.removeprefix("sqlite:///"))) as database:
        for (trigger,) in database.execute(
            "SELECT name FROM sqlite_master WHERE type = 'trigger'"
        ).fetchall():
            database.execute(f"DROP TRIGGER {trigger}")
        database.execute("UPDATE snapshots SET document = '', manifest = ''")
        database.commit()
    (done,) = house.publish().publications
    assert "reopen the task and approve it again" in done.error
    assert (done.exit_code, house.state(task)) == (10, "approved")
