"""What every place where people do steps on cues must do."""

from collections.abc import Iterator
from dataclasses import replace

import pytest
from review_desks import ReviewDesk, sql_desk
from review_drafts import draft_of

from review.errors import (
    InvalidStepError,
    LeaseLostError,
    NotAllowedError,
    StaleStepError,
    UnknownTaskError,
)
from review.events import EventKind
from review.hearing import HeardWord
from review.sql.comments import SqlComments
from review.sql.steps import SqlSteps
from review.sql.timelines import SqlTimelines
from review.steps.kinds import (
    Confirm,
    Delete,
    Insert,
    Merge,
    MoveWords,
    Resegment,
    SetTexts,
    SetTimes,
    Shift,
    Side,
    Split,
    Undo,
)
from review.steps.port import Steps
from review.tasks import CueState
from review.timeline import Timeline
from subtitles.span import Span

TEXTS = ("Guten Tag.", "Wie geht es dir heute?", "Gut, danke.", "Bis morgen.", "Ja, bis dann.")


@pytest.fixture
def desk(database_url: str) -> Iterator[ReviewDesk]:
    with sql_desk(database_url) as staffed:
        yield staffed


class Hand:
    """Ana at a task: does steps with the versions she sees."""

    def __init__(self, desk: ReviewDesk, *texts: str, language: str = "de") -> None:
        self.desk, self.store = desk, desk.store
        self.steps: Steps = SqlSteps(desk.store._engine, desk.clock)
        # Every time of the draft is on a frame then, so that nothing is to be found on it.
        draft = replace(draft_of(*(texts or TEXTS), language=language), frame_rate="25")
        self.task = desk.store.park(draft)[0]
        self.task_id = self.task.task_id
        self.epoch = desk.claimed(self.task).epoch

    @property
    def cues(self):
        return self.store.cues(self.task_id)

    @property
    def ids(self):
        return [cue.cue_id for cue in self.cues]

    @property
    def texts(self):
        return [cue.text for cue in self.cues]

    @property
    def versions(self):
        return {cue.cue_id: cue.version for cue in self.cues}

    def take(self, step, *, versions=None, user=None, epoch=None):
        return self.steps.take(
            self.task_id,
            step,
            user_id=(user or self.desk.ana).user_id,
            epoch=self.epoch if epoch is None else epoch,
            versions=self.versions if versions is None else versions,
        )

    def event(self):
        return self.store.events(self.task_id)[-1]


@pytest.fixture
def hand(desk) -> Hand:
    return Hand(desk)


def without_versions(cues):
    """All of the cues but their versions, which never come back."""
    return [replace(cue, version=0) for cue in cues]


ALL = {
    "split": lambda ids: Split(cue_id=ids[1], at_char=8),
    "split in time": lambda ids: Split(cue_id=ids[1], at_char=8, at_ms=4_000),
    "merge": lambda ids: Merge(cue_ids=(ids[1], ids[2])),
    "merge three": lambda ids: Merge(cue_ids=(ids[3], ids[1], ids[2])),
    "words on": lambda ids: MoveWords(cue_id=ids[1], to=Side.NEXT, count=2),
    "words back": lambda ids: MoveWords(cue_id=ids[1], to=Side.PREVIOUS, count=1),
    "times": lambda ids: SetTimes(cue_id=ids[1], start_ms=2_500, end_ms=5_500),
    "shift": lambda ids: Shift(cue_id=ids[2], by_ms=1_000),
    "insert": lambda ids: Insert(after_cue_id=ids[1], start_ms=5_100, end_ms=5_900, text="Hm."),
    "insert last": lambda ids: Insert(
        after_cue_id=ids[4], start_ms=90_000, end_ms=91_000, text="Na."
    ),
    "delete": lambda ids: Delete(cue_ids=(ids[0], ids[3])),
    "texts": lambda ids: SetTexts(texts={ids[0]: "Hallo.", ids[4]: "Ja, ja."}),
    "confirm": lambda ids: Confirm(cue_ids=(ids[0], ids[1], ids[2])),
}


@pytest.mark.parametrize("name", ALL)
def test_every_step_can_be_undone_and_done_again_any_number_of_times(hand, name):
    before = hand.cues
    taken = hand.take(ALL[name](hand.ids))
    after = hand.cues
    assert [cue.ordinal for cue in after] == list(range(len(after)))
    assert without_versions(after) != without_versions(before)
    for _ in range(2):
        undone = hand.take(Undo(step_id=taken.step_id))
        assert without_versions(hand.cues) == without_versions(before)
        taken = hand.take(Undo(step_id=undone.step_id))
        assert without_versions(hand.cues) == without_versions(after)
    versions = {cue.cue_id: cue.version for cue in before}
    assert all(cue.version >= versions.get(cue.cue_id, 1) for cue in hand.cues)


@pytest.mark.parametrize("name", ALL)
def test_the_answer_to_a_step_is_all_that_a_page_needs_to_show_what_there_is(hand, name):
    shown = {cue.cue_id: cue for cue in hand.cues}
    taken = hand.take(ALL[name](hand.ids))
    order = taken.order or tuple(shown)
    for cue_id in taken.removed:
        del shown[cue_id]
    shown |= {cue.cue_id: cue for cue in taken.changed}
    now = hand.cues
    assert order == tuple(cue.cue_id for cue in now)
    assert shown.keys() == set(order)
    for number, cue in enumerate(now):
        assert replace(shown[cue.cue_id], ordinal=number) == cue
    assert taken.task == hand.store.task(hand.task_id)
    assert hand.event().event_id == taken.step_id
    assert len(hand.desk.kinds(hand.task)) == 3  # parked, claimed, and one for the step


def test_a_step_on_cues_of_other_versions_changes_nothing(hand):
    step = Merge(cue_ids=tuple(hand.ids[1:3]))
    old = hand.versions
    hand.desk.write(hand.task, "Gut, und dir?", cue=2)
    before, told = hand.cues, hand.desk.kinds(hand.task)
    with pytest.raises(StaleStepError) as refused:
        hand.take(step, versions=old)
    assert refused.value.cue_ids == (hand.ids[2],)
    with pytest.raises(StaleStepError) as refused:
        hand.take(step, versions={hand.ids[1]: 1})  # one that it touches is not named
    assert refused.value.cue_ids == (hand.ids[2],)
    with pytest.raises(StaleStepError):
        hand.take(step, versions={**hand.versions, "gone": 1})
    with pytest.raises(StaleStepError):
        hand.take(Delete(cue_ids=("\0gone",)))
    assert (hand.cues, hand.desk.kinds(hand.task)) == (before, told)


def test_only_the_holder_does_steps_and_nobody_once_the_text_is_frozen(hand):
    step = Delete(cue_ids=(hand.ids[0],))
    with pytest.raises(LeaseLostError):
        hand.take(step, user=hand.desk.ben)
    with pytest.raises(LeaseLostError):
        hand.take(step, epoch=hand.epoch + 1)
    with pytest.raises(NotAllowedError):
        hand.take(step, user=hand.desk.vic)
    hand.desk.approved(hand.task)
    with pytest.raises(LeaseLostError):
        hand.take(step)
    assert len(hand.cues) == 5


def test_a_step_renews_the_lease(hand):
    hand.desk.clock.pass_(minutes=10)
    hand.take(SetTimes(cue_id=hand.ids[0], start_ms=0, end_ms=1_500))
    hand.desk.clock.pass_(minutes=10)
    assert hand.store.task(hand.task_id).lease is not None


def test_an_undo_is_refused_once_a_cue_that_the_step_touched_has_moved_on(hand):
    split = hand.take(Split(cue_id=hand.ids[1], at_char=8))
    hand.desk.write(hand.task, "geht es dir gut?", cue=2)
    before = hand.cues
    with pytest.raises(StaleStepError) as refused:
        hand.take(Undo(step_id=split.step_id))
    assert refused.value.cue_ids == (before[2].cue_id,)
    assert hand.cues == before


def test_a_step_is_undone_though_others_came_after_it_elsewhere(hand):
    first = hand.take(Split(cue_id=hand.ids[3], at_char=4))
    hand.take(Delete(cue_ids=(hand.ids[0],)))
    hand.take(Split(cue_id=hand.ids[0], at_char=4))
    hand.take(Undo(step_id=first.step_id))
    assert hand.texts == ["Wie", "geht es dir heute?", *TEXTS[2:]]
    assert [cue.ordinal for cue in hand.cues] == list(range(5))


def test_a_deleted_cue_does_not_come_back_where_another_stands_by_now(hand):
    gone = hand.take(Delete(cue_ids=(hand.ids[1],)))
    hand.take(Insert(after_cue_id=hand.ids[0], start_ms=4_000, end_ms=4_500, text="Hm."))
    with pytest.raises(InvalidStepError, match="cue 2 is shown by now"):
        hand.take(Undo(step_id=gone.step_id))


def test_only_steps_of_this_task_are_undone(hand, desk):
    taken = hand.take(Delete(cue_ids=(hand.ids[0],)))
    parked = hand.store.events(hand.task_id)[0].event_id
    for step_id in (parked, taken.step_id + 1, 0, -1, 2**63 - 1, 2**63):
        with pytest.raises(UnknownTaskError):
            hand.take(Undo(step_id=step_id))
    other = desk.store.park(draft_of("Hallo.", "Ja.", media="another"))[0]
    epoch = desk.claimed(other).epoch
    with pytest.raises(UnknownTaskError):
        hand.steps.take(
            other.task_id,
            Undo(step_id=taken.step_id),
            user_id=desk.ana.user_id,
            epoch=epoch,
            versions={},
        )


def test_a_bulk_tick_leaves_versions_alone_and_can_be_taken_back(hand):
    hand.desk.tick(hand.task, cue=1)
    before = hand.cues
    taken = hand.take(Confirm(cue_ids=tuple(hand.ids)))
    assert {cue.state for cue in hand.cues} == {CueState.CONFIRMED}
    assert taken.task.confirmed_count == 5
    assert [cue.version for cue in hand.cues] == [cue.version for cue in before]
    hand.take(Undo(step_id=taken.step_id))
    assert hand.cues == before
    with pytest.raises(StaleStepError):  # there is nothing left of it to take back
        hand.take(Undo(step_id=taken.step_id))


def test_the_cues_beside_a_step_and_beside_an_edit_are_measured_again(hand):
    rules = lambda: [[one.rule for one in cue.findings] for cue in hand.cues]  # noqa: E731
    assert rules() == [[], [], [], [], []]
    hand.take(SetTimes(cue_id=hand.ids[0], start_ms=0, end_ms=2_960))
    assert rules()[0] == ["one-frame-gap"]
    hand.take(SetTimes(cue_id=hand.ids[1], start_ms=3_520, end_ms=5_000))
    assert rules() == [[], [], [], [], []]


def test_times_that_people_set_are_in_the_file(hand):
    hand.take(SetTimes(cue_id=hand.ids[0], start_ms=120, end_ms=1_620))
    hand.take(Delete(cue_ids=tuple(hand.ids[1:])))
    assert hand.store.text_of(hand.task_id, "srt", approved_only=False) == (
        "1\n00:00:00,120 --> 00:00:01,620\nGuten Tag.\n\n"
    )


def test_the_structure_version_grows_with_structure_and_times_alone(hand):
    versions = [
        hand.take(step).structure_version
        for step in (
            SetTexts(texts={hand.ids[0]: "Hallo."}),
            Confirm(cue_ids=(hand.ids[0],)),
            MoveWords(cue_id=hand.ids[1], to=Side.NEXT, count=1),
            SetTimes(cue_id=hand.ids[0], start_ms=0, end_ms=1_000),
            Delete(cue_ids=(hand.ids[4],)),
        )
    ]
    assert versions == [0, 0, 0, 1, 2]


def test_halves_of_one_cue_cut_again_and_again_never_share_an_id(hand):
    made = set(hand.ids)
    for _ in range(3):
        taken = hand.take(Split(cue_id=hand.ids[1], at_char=8))
        (new,) = set(hand.ids) - made
        made.add(new)
        hand.take(Undo(step_id=taken.step_id))
    assert len(hand.ids) == 5


def test_no_step_leaves_a_text_without_any_cue(hand):
    with pytest.raises(InvalidStepError, match="without any cue"):
        hand.take(Delete(cue_ids=tuple(hand.ids)))
    assert hand.cues[0].span == Span(0, 2_000)


def test_a_transcript_is_cut_anew_as_one_step_and_comments_stay_in_sight(desk):
    hand = Hand(desk, "We never saw it.", "Nobody did.", language="en")
    task_id, media_id = hand.task_id, hand.task.media_id
    first, second = hand.ids
    step = Resegment(first_cue_id=first, last_cue_id=second)
    with pytest.raises(InvalidStepError, match="it is not known when"):
        hand.take(step)
    # Said as one sentence of which the recogniser had made two.
    said = ("We", "never", "saw", "it.", "Nobody", "did.")
    words = [
        HeardWord(text=text, span=Span(250 * place, 250 * place + 200), percent=95)
        for place, text in enumerate(said)
    ]
    silent = Timeline(duration_ms=60_000, peaks_hz=0, peaks="", shot_changes_ms=(), speech=())
    SqlTimelines(desk.store._engine, desk.clock).keep(media_id, silent, words)
    hand.take(SetTexts(texts={first: "We never saw it", second: "until the storm."}))
    hand.take(SetTimes(cue_id=second, start_ms=2_040, end_ms=3_000))
    comments = SqlComments(desk.store._engine, desk.clock)
    comments.comment(
        task_id, user_id=desk.ana.user_id, cue_id=second, body="Who?", is_blocking=False
    )
    before = hand.cues
    assert [len(change.after) for change in hand.steps.preview(task_id, step).changes] == [1]
    taken = hand.take(step)
    assert hand.texts == ["We never saw it until the storm."]
    assert taken.removed == (second,)
    assert hand.event().kind is EventKind.CUES_RESEGMENTED
    assert [one.shown_on for one in comments.comments(task_id)] == [first]
    back = hand.take(Undo(step_id=taken.step_id))
    assert without_versions(hand.cues) == without_versions(before)
    assert [one.shown_on for one in comments.comments(task_id)] == [second]
    hand.take(Undo(step_id=back.step_id))
    assert hand.texts == ["We never saw it until the storm."]
    assert [one.shown_on for one in comments.comments(task_id)] == [first]
