"""Sentences while steps split, join and delete their cues: offers and memory go on working."""

from collections.abc import Iterator
from dataclasses import replace

import pytest
from review_desks import ReviewDesk, sql_desk
from review_drafts import draft_of
from sentence_drafts import sentence, with_sentences, with_sources
from sqlalchemy import select

from review.sql.cue_rows import cue_values
from review.sql.database import reading
from review.sql.schema import CueRow, SentenceRow
from review.sql.steps import SqlSteps
from review.steps.kinds import Delete, Insert, Merge, Split, Undo


@pytest.fixture
def desk(sqlite_url: str) -> Iterator[ReviewDesk]:
    with sql_desk(sqlite_url) as staffed:
        yield staffed


class Desk:
    """Three sentences: one in a cue, two that share the second cue, one after them."""

    def __init__(self, desk: ReviewDesk) -> None:
        self.desk, self.store = desk, desk.store
        draft = with_sources(
            draft_of("Ja.", "Er kam. Sie", "ging weg.", "Gut."),
            "Yes.",
            "He came. She",
            "went away.",
            "Good.",
        )
        draft = with_sentences(
            draft,
            sentence("Yes.", "Ja.", "0", runners_up=("Jawohl.",)),
            sentence("He came.", "Er kam.", "1", runners_up=("Er ist da.",)),
            sentence("She went away.", "Sie ging weg.", "1", "2", runners_up=("Sie lief fort.",)),
            sentence("Good.", "Gut.", "3", runners_up=("Schön.",)),
        )
        self.task = self.store.park(replace(draft, frame_rate="25"))[0]
        self.epoch = desk.claimed(self.task).epoch
        self.steps = SqlSteps(self.store._engine, desk.clock)

    @property
    def ids(self):
        return [cue.cue_id for cue in self.store.cues(self.task.task_id)]

    def take(self, step):
        cues = self.store.cues(self.task.task_id)
        return self.steps.take(
            self.task.task_id,
            step,
            user_id=self.desk.ana.user_id,
            epoch=self.epoch,
            versions={cue.cue_id: cue.version for cue in cues},
        )

    def runs(self) -> list[list[int]]:
        """Through which cues, by their places, each sentence runs; and the columns agree."""
        places = {cue_id: place for place, cue_id in enumerate(self.ids)}
        with reading(self.store._engine) as session:
            rows = session.scalars(select(SentenceRow).order_by(SentenceRow.ordinal)).all()
            found = [[places[one] for one in row.draft["cue_ids"]] for row in rows]
            for row, cues in zip(rows, found, strict=True):
                ends = (min(cues), max(cues)) if cues else (-1, -1)
                assert (row.first_cue, row.last_cue) == ends
        return found


@pytest.fixture
def work(desk) -> Desk:
    return Desk(desk)


START = [[0], [1], [1, 2], [3]]


@pytest.mark.parametrize(
    ("step", "runs"),
    [
        # Between the two sentences of the cue: each keeps to its own half.
        (lambda ids: Split(cue_id=ids[1], at_char=8), [[0], [1], [2, 3], [4]]),
        # Within the first of them.
        (lambda ids: Split(cue_id=ids[1], at_char=3), [[0], [1, 2], [2, 3], [4]]),
        (lambda ids: Merge(cue_ids=tuple(ids[1:3])), [[0], [1], [1], [2]]),
        (lambda ids: Merge(cue_ids=tuple(ids)), [[0], [0], [0], [0]]),
        (lambda ids: Delete(cue_ids=(ids[1],)), [[0], [], [1], [2]]),
        (lambda ids: Delete(cue_ids=(ids[1], ids[2])), [[0], [], [], [1]]),
        (
            lambda ids: Insert(after_cue_id=ids[0], start_ms=2_200, end_ms=2_800, text="Hm."),
            [[0], [2], [2, 3], [4]],
        ),
    ],
)
def test_sentences_go_with_their_words_and_come_back_with_them(work, step, runs):
    taken = work.take(step(work.ids))
    assert work.runs() == runs
    undone = work.take(Undo(step_id=taken.step_id))
    assert work.runs() == START
    work.take(Undo(step_id=undone.step_id))
    assert work.runs() == runs


def test_an_undo_leaves_what_later_steps_did_to_the_same_sentence(work):
    first = work.take(Split(cue_id=work.ids[1], at_char=3))
    work.take(Split(cue_id=work.ids[3], at_char=5))
    assert work.runs() == [[0], [1, 2], [2, 3, 4], [5]]
    work.take(Undo(step_id=first.step_id))
    assert work.runs() == [[0], [1], [1, 2, 3], [4]]


def test_a_sentence_without_any_cue_is_passed_over_and_its_neighbours_are_not(work):
    task_id = work.task.task_id
    work.take(Delete(cue_ids=(work.ids[1], work.ids[2])))
    assert [one.text for one in work.store.sentences(task_id)] == ["Ja.", "Gut."]
    for place, text in enumerate(("Ja.", "Gut.")):
        passage = work.store.passage(task_id, work.ids[place])
        assert [one.text for one in passage] == [text]


def test_a_text_of_split_joined_and_new_cues_is_approved_and_remembered(work):
    work.take(Split(cue_id=work.ids[1], at_char=8))
    work.take(Merge(cue_ids=tuple(work.ids[2:4])))
    work.take(Insert(after_cue_id=work.ids[-1], start_ms=20_000, end_ms=21_000, text="Ende."))
    snapshot = work.desk.approved(work.task)
    assert "Sie ging weg." in snapshot.srt
    assert "Ende." in snapshot.srt


def test_no_column_of_a_cue_is_lost_when_a_step_writes_it(work):
    """Rows are written whole: a column that `ReviewCue` does not know would be emptied."""
    cue = work.store.cues(work.task.task_id)[0]
    assert cue_values("task", cue).keys() == {column.name for column in CueRow.__table__.columns}
