"""What is counted change by change is what one counts when one looks at everything."""

import random
from dataclasses import replace

import pytest
from review_desks import sql_desk
from review_drafts import draft_of, finding_on

from review.counting import Counts, counts_of
from review.sql.database import writing
from review.sql.recounting import recount
from review.sql.schema import CueRow, TaskRow
from review.tasks import CueState
from subtitles.findings import Severity

TEXTS = ("Hallo.", "Hallo!", "", "Es ist schon 5 Uhr.", "Ein sehr langer Satz " * 12, "Line 1.")


@pytest.fixture
def desk(sqlite_url):
    with sql_desk(sqlite_url) as staffed:
        yield staffed


COUNTS = ("confirmed_count", "stale_count", "error_count", "warning_count", "risk")


def counts(desk, task, *, afresh=False):
    with writing(desk.store._engine) as session:
        row = session.get_one(TaskRow, task.task_id)
        if afresh:
            recount(session, row)
        return {name: getattr(row, name) for name in COUNTS}


def spoilt(desk, task, luck):
    """Some cues doubtful, some stale, as the machine and a corrected transcript leave them."""
    with writing(desk.store._engine) as session:
        for row in session.query(CueRow).filter_by(task_id=task.task_id):
            row.quality, row.is_stale = luck.choice([None, 0.2, 0.9]), luck.random() < 0.4
        recount(session, session.get_one(TaskRow, task.task_id))


@pytest.mark.parametrize("seed", range(4))
def test_counts_kept_by_every_change_are_those_of_a_fresh_count(desk, seed):
    luck = random.Random(seed)
    draft = draft_of("Eins.", "Zwei.", "Drei, vier.", "Fünf.", "Sechs.")
    ids = [cue.cue_id for cue in draft.cues]
    found = (finding_on(ids[1]), finding_on(ids[3], Severity.WARNING))
    task = desk.store.park(replace(draft, findings=found))[0]
    spoilt(desk, task, luck)
    for _ in range(12):
        cue = luck.randrange(len(ids))
        if luck.random() < 0.5:
            desk.tick(task, cue=cue, confirmed=luck.random() < 0.7)
        else:
            desk.write(task, luck.choice(TEXTS) or "…", cue=cue)
        assert counts(desk, task) == counts(desk, task, afresh=True)


def test_a_waived_finding_counts_no_more_and_a_ticked_text_is_not_doubtful(desk):
    draft = draft_of("Eins.")
    task = desk.store.park(replace(draft, findings=(finding_on(draft.cues[0].cue_id),)))[0]
    cue = replace(desk.store.cues(task.task_id)[0], quality=0.1)
    assert counts_of(cue) == Counts(at_risk=1, errors=1)
    assert counts_of(replace(cue, findings=())) == Counts(at_risk=1)
    assert counts_of(replace(cue, findings=(), state=CueState.CONFIRMED)) == Counts(confirmed=1)
