"""Steps taken back after what the cues render has changed under them; comments on what is gone."""

from dataclasses import replace

import pytest
from review_desks import sql_desk
from review_drafts import draft_of
from sentence_drafts import sentence, with_sentences, with_sources

from review.errors import InvalidStepError, StaleStepError
from review.sql.comments import SqlComments
from review.sql.steps import SqlSteps
from review.steps.kinds import Delete, Merge, SetTimes, Split, Undo
from subtitles.span import Span

DE = ("Guten Tag.", "Wie geht es?", "Gut.", "Bis dann.")
EN = ("Good day.", "How are you?", "Well.", "So long.")


@pytest.fixture
def desk(sqlite_url):
    with sql_desk(sqlite_url) as staffed:
        yield staffed


class Work:
    """One task, steps on it by Ana, and newer drafts while nobody holds it."""

    def __init__(self, desk) -> None:
        self.desk, self.store = desk, desk.store
        self.steps = SqlSteps(desk.store._engine, desk.clock)
        self.comments = SqlComments(desk.store._engine, desk.clock)
        self.task = self.store.park(self.draft(DE, EN))[0]

    @staticmethod
    def draft(texts, sources, language="de"):
        """Each cue is a sentence."""
        draft = with_sources(draft_of(*texts, language=language), *sources)
        said = zip(sources, texts, strict=True)
        return with_sentences(
            replace(draft, frame_rate="25"),
            *(sentence(*one, str(at)) for at, one in enumerate(said)),
        )

    @property
    def cues(self):
        return self.store.cues(self.task.task_id)

    @property
    def ids(self):
        return tuple(cue.cue_id for cue in self.cues)

    @property
    def sentences(self):
        return self.store.sentences(self.task.task_id)

    @property
    def seen(self):
        """All but the versions, which only grow."""
        return [replace(cue, version=1) for cue in self.cues], self.sentences

    def take(self, step) -> int:
        taken = self.steps.take(
            self.task.task_id,
            step,
            user_id=self.desk.ana.user_id,
            epoch=self.desk.claimed(self.task).epoch,
            versions={cue.cue_id: cue.version for cue in self.cues},
        )
        return taken.step_id

    def newer(self, *, leaving_out, joined=False) -> None:
        """Ana lets go, and a draft without one sentence comes in; before it may stand both."""
        epoch = self.desk.claimed(self.task).epoch
        self.store.release(self.task.task_id, self.desk.ana.user_id, epoch)
        draft = self.draft(DE, EN)
        cues, sentences = list(draft.cues), list(draft.sentences)
        if joined:
            one, other = cues[leaving_out - 1 : leaving_out + 1]
            cues[leaving_out - 1] = replace(
                one,
                span=Span(one.span.start_ms, other.span.end_ms),
                text=f"{one.text} {other.text}",
                source_text=f"{one.source_text} {other.source_text}",
            )
        del cues[leaving_out], sentences[leaving_out]
        draft = replace(draft, cues=tuple(cues), sentences=tuple(sentences), draft_id="newer")
        assert self.store.park(draft)[1]

    def say(self, body, cue_id):
        return self.comments.comment(
            self.task.task_id,
            user_id=self.desk.lea.user_id,
            cue_id=cue_id,
            body=body,
            is_blocking=False,
        )

    def places(self):
        """On which cues the comments are shown."""
        return [one.shown_on for one in self.comments.comments(self.task.task_id)]


@pytest.fixture
def work(desk) -> Work:
    return Work(desk)


@pytest.mark.parametrize(
    "step",
    [
        lambda ids: Delete(cue_ids=(ids[1],)),
        lambda ids: Merge(cue_ids=(ids[1], ids[2])),
        lambda ids: Split(cue_id=ids[1], at_char=4),
    ],
    ids=["delete", "merge", "split"],
)
def test_no_cue_comes_back_to_a_source_that_is_not_there_any_more(work, step):
    taken = work.take(step(work.ids))
    work.newer(leaving_out=0)
    before = work.cues, work.sentences
    with pytest.raises(InvalidStepError, match="has changed since then"):
        work.take(Undo(step_id=taken))
    assert (work.cues, work.sentences) == before


def test_times_are_taken_back_whatever_draft_came_in_since(work):
    second = work.cues[1]
    start_ms, end_ms = second.span.start_ms, second.span.end_ms - 400
    taken = work.take(SetTimes(cue_id=second.cue_id, start_ms=start_ms, end_ms=end_ms))
    work.newer(leaving_out=0)
    work.take(Undo(step_id=taken))
    assert [cue.span for cue in work.cues if cue.cue_id == second.cue_id] == [second.span]


def test_steps_after_a_draft_are_taken_back_as_ever(work):
    work.newer(leaving_out=0)
    before = work.seen
    taken = work.take(Merge(cue_ids=work.ids[:2]))
    work.take(Undo(step_id=taken))
    assert work.seen == before


def test_a_transcript_cut_otherwise_under_the_same_words_is_another_source_too(desk):
    english = desk.store.park(Work.draft(EN, EN, language="en"))[0]
    work = Work(desk)
    taken = work.take(Delete(cue_ids=(work.ids[2],)))
    cut = SqlSteps(desk.store._engine, desk.clock)
    first = desk.store.cues(english.task_id)[0]
    cut.take(
        english.task_id,
        Split(cue_id=first.cue_id, at_char=4),
        user_id=desk.lea.user_id,
        epoch=desk.claimed(english, desk.lea).epoch,
        versions={first.cue_id: first.version},
    )
    desk.approved(english, desk.lea)
    assert not any(cue.is_stale for cue in work.cues)
    with pytest.raises(InvalidStepError, match="has changed since then"):
        work.take(Undo(step_id=taken))


def test_a_comment_goes_with_the_words_of_its_cue_and_comes_back_with_it(work):
    first, second, third, _ = work.ids
    said = work.say("A song?", second)
    assert said.shown_on == second
    one = work.take(Merge(cue_ids=(second, third)))
    assert work.places() == [second]
    two = work.take(Merge(cue_ids=(first, second)))
    assert work.places() == [first]
    undone = work.take(Undo(step_id=two))
    assert work.places() == [second]
    work.take(Undo(step_id=one))
    assert (work.places(), len(work.ids)) == ([second], 4)
    with pytest.raises(StaleStepError):  # its cues are not as it left them
        work.take(Undo(step_id=undone))


def test_a_comment_on_the_half_that_a_split_made_survives_its_undo(work):
    cut = work.take(Split(cue_id=work.ids[1], at_char=4))
    half = work.ids[2]
    work.say("Too short?", half)
    undone = work.take(Undo(step_id=cut))
    assert work.places() == [work.ids[1]]
    work.take(Undo(step_id=undone))
    assert work.places() == [half]


def test_a_comment_on_a_deleted_cue_stays_and_is_about_none(work):
    first, second, *_ = work.ids
    said = work.say("A song?", second)
    work.take(Merge(cue_ids=(first, second)))
    gone = work.take(Delete(cue_ids=(first,)))
    assert work.places() == [None]
    assert work.comments.comments(work.task.task_id)[0].body == said.body
    work.take(Undo(step_id=gone))
    assert work.places() == [first]


def test_comments_on_what_a_draft_makes_one_cue_of_meet_there(work):
    for number, cue_id in enumerate(work.ids):
        work.say(f"Remark {number}", cue_id)
    work.newer(leaving_out=2, joined=True)
    first, both, last = work.ids
    assert work.places() == [first, both, both, last]


def test_a_comment_on_what_a_draft_has_nothing_for_stays_without_a_place(work):
    work.say("Who says this?", work.ids[0])
    work.newer(leaving_out=0)
    assert work.places() == [None]
