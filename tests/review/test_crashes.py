"""Whatever breaks in the middle of a write, the database is as it was before."""

import os
import subprocess
import sys
from dataclasses import replace

import pytest
from review_desks import sql_desk
from review_drafts import draft_of, finding_on
from sqlalchemy import event, text

from review.sql.database import reading
from review.sql.tables import METADATA
from subtitles.findings import Severity


class PowerCutError(Exception):
    """Thrown into the middle of a write unit."""


@pytest.fixture
def desk(database_url):
    with sql_desk(database_url) as staffed:
        yield staffed


def contents(engine) -> dict[str, list]:
    """Every row of every table."""
    with reading(engine) as session:
        return {
            name: sorted(map(repr, session.execute(text(f"SELECT * FROM {name}"))))
            for name in METADATA.tables
        }


def statements_of(engine, act) -> list[str]:
    """What ``act`` sends to the database."""
    sent = []

    def listen(_connection, _cursor, statement, *_):
        sent.append(statement)

    event.listen(engine, "before_cursor_execute", listen)
    try:
        act()
    finally:
        event.remove(engine, "before_cursor_execute", listen)
    return sent


def crash_after(engine, count, act) -> None:
    """``act``, with the power cut once ``count`` statements were carried out."""
    carried_out = []

    def listen(*_):
        carried_out.append(1)
        if len(carried_out) == count:
            raise PowerCutError

    event.listen(engine, "after_cursor_execute", listen)
    try:
        with pytest.raises(PowerCutError):
            act()
    finally:
        event.remove(engine, "after_cursor_execute", listen)


def _prepare(desk, write):
    """A task in the middle of its life, and every kind of write on it."""
    draft = draft_of("Guten Tag.", "Wie geht es?")
    odd = finding_on(draft.cues[1].cue_id, Severity.WARNING)
    task = desk.store.park(replace(draft, findings=(odd,)))[0]
    idle = desk.store.park(draft_of("Untouched.", media="other"))[0]
    done = desk.store.park(draft_of("Done.", media="third"))[0]
    sha256 = desk.approved(done).sha256
    gone = desk.store.park(draft_of("Gone.", media="fourth"))[0]
    desk.store.cancel(gone.task_id, user_id=desk.lea.user_id, reason="Not ours.")
    desk.project(source_first=True)
    draft = desk.store.park(draft_of("Waits.", media="fifth"))[0]
    desk.project(source_first=False)
    desk.write(task, "Guten Abend.")
    cue = desk.store.cues(task.task_id)[1]
    who = {"user_id": desk.ana.user_id, "epoch": 1}
    store, task_id = desk.store, task.task_id
    lead, finding = {"user_id": desk.lea.user_id}, {"cue_id": cue.cue_id, "rule": odd.rule}
    if write == "submit":
        desk.tick(task), desk.tick(task, cue=1)
        desk.project(two_stages=True)
    if write == "unwaive":
        store.waive(task_id, reason="A song.", **finding, **who)
    return {
        "park": lambda: store.park(draft_of("New.", media="new")),
        "replace": lambda: store.park(draft_of("Newer.", media="other")),
        "supersede": lambda: store.park(draft_of("Newer.")),
        "claim": lambda: store.claim(idle.task_id, desk.ben.user_id),
        "edit": lambda: store.edit_cue(task_id, cue.cue_id, version=1, text="Na?", **who),
        "confirm": lambda: store.confirm_cue(task_id, cue.cue_id, confirmed=True, **who),
        "release": lambda: store.release(task_id, **who),
        "approve": lambda: store.approve(task_id, **who),
        "request changes": lambda: store.request_changes(task_id, reason="No.", **who),
        "reopen": lambda: store.reopen(done.task_id, reason="Once more.", **lead),
        "publish": lambda: store.publish(done.task_id, sha256),
        "start": lambda: store.start(draft.task_id, **lead),
        "cancel": lambda: store.cancel(task_id, reason="Not ours.", **lead),
        "restore": lambda: store.restore(gone.task_id, **lead),
        "waive": lambda: store.waive(task_id, reason="A song.", **finding, **who),
        "unwaive": lambda: store.unwaive(task_id, **finding, **who),
        "submit": lambda: store.submit(task_id, **who),
    }


WRITES = (
    *("park", "replace", "supersede", "claim", "edit", "confirm", "release", "approve"),
    *("request changes", "reopen", "publish", "start", "cancel", "restore", "waive"),
    *("unwaive", "submit"),
)


@pytest.mark.parametrize("write", WRITES)
def test_a_crash_after_any_statement_leaves_nothing_half_done(desk, write):
    engine = desk.store._engine
    act = _prepare(desk, write)[write]
    before = contents(engine)
    count = 0
    while True:  # one statement further each time, until the write is through
        count += 1
        try:
            crash_after(engine, count, act)
        except pytest.fail.Exception:
            break
        assert contents(engine) == before, f"after statement {count}"
    assert count > 3
    assert contents(engine) != before


@pytest.mark.parametrize("write", WRITES)
def test_every_write_leaves_exactly_one_event(desk, write):
    act = _prepare(desk, write)[write]
    before = contents(desk.store._engine)
    act()
    after = contents(desk.store._engine)
    assert len(set(after["events"]) - set(before["events"])) == 1
    assert len(after["events"]) == len(before["events"]) + 1


def test_every_method_that_writes_is_in_this_file():
    """A new method of the port must be added to the writes above, or here as one that reads."""
    from review.decisions import Decisions
    from review.store import ReviewStore

    reads = {"tasks", "task", "cues", "track_findings", "snapshot", "text_of", "events"}
    reads |= {"track_waivers"}
    reads |= {"sentences", "passage"}
    renews = {"heartbeat"}  # a lease only; leaves no event, as the port says
    writes = {name.replace(" ", "_") for name in WRITES} - {"replace", "supersede"}
    writes = {{"edit": "edit_cue", "confirm": "confirm_cue"}.get(name, name) for name in writes}
    ports = {**vars(ReviewStore), **vars(Decisions)}
    methods = {name for name in ports if not name.startswith("_")}
    assert methods == reads | renews | writes


def test_a_renewed_lease_leaves_no_event(desk):
    task = desk.store.park(draft_of("Guten Tag."))[0]
    epoch = desk.claimed(task).epoch
    told = desk.kinds(task)
    desk.clock.pass_(minutes=1)
    desk.store.heartbeat(task.task_id, desk.ana.user_id, epoch)
    desk.claimed(task)
    assert desk.kinds(task) == told


KILLED = """
import os, sys
sys.path.insert(0, {support!r})
from sqlalchemy import event
from review.sql.database import open_database
from review.sql.store import SqlReviewStore
from review_drafts import SteppingClock

engine = open_database({url!r})

def die(_connection, _cursor, statement, *_):
    if statement.startswith("INSERT INTO outbox"):
        os._exit(9)

event.listen(engine, "after_cursor_execute", die)
SqlReviewStore(engine, SteppingClock()).approve({task_id!r}, user_id={user_id!r}, epoch=1)
"""


def test_a_process_killed_in_the_middle_of_approval_approves_nothing(
    desk, database_url, pytestconfig
):
    task = desk.store.park(draft_of("Guten Tag."))[0]
    desk.claimed(task)
    before = contents(desk.store._engine)
    code = KILLED.format(
        support=str(pytestconfig.rootpath / "tests" / "support"),
        url=database_url,
        task_id=task.task_id,
        user_id=desk.ana.user_id,
    )
    done = subprocess.run(
        [sys.executable, "-c", code], check=False, capture_output=True, env=os.environ, timeout=60
    )
    assert done.returncode == 9, done.stderr.decode()
    assert contents(desk.store._engine) == before
    assert desk.approved(task)
