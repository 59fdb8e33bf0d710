"""A transcript that people correct: what renders it is marked, and opened once a language."""

import json
from dataclasses import replace
from functools import partial

import pytest
from review_desks import sql_desk
from review_drafts import draft_of
from sentence_drafts import with_sources

from review.sql.transcripts import SqlApprovedTranscripts
from review.tasks import TaskState
from subtitles.language import parse_language

EN = ("The gate is open.", "He broke his wand.", "Goodbye.")
DE = ("Das Tor ist auf.", "Er brach seinen Stab.", "Auf Wiedersehen.")


@pytest.fixture
def desk(database_url):
    with sql_desk(database_url) as staffed:
        yield staffed


def park(desk, texts, language):
    draft = with_sources(draft_of(*texts, language=language), *EN)
    return desk.store.park(draft)[0]


@pytest.fixture
def english(desk):
    return park(desk, EN, "en")


@pytest.fixture
def german(desk):
    return park(desk, DE, "de")


def corrected(desk, english, text="He broke his hand.", cue=1):
    """Lea corrects the transcript and approves it, again if it was approved before."""
    if desk.store.task(english.task_id).is_decided:
        desk.store.reopen(english.task_id, user_id=desk.lea.user_id, reason="Misheard.")
    desk.write(english, text, cue=cue, user=desk.lea)
    return desk.approved(english, desk.lea)


def test_what_renders_a_corrected_line_is_marked_and_told(desk, english, german):
    desk.tick(german, cue=1)
    desk.store.release(german.task_id, desk.ana.user_id, 1)
    corrected(desk, english)
    first, second, _ = desk.store.cues(german.task_id)
    task = desk.store.task(german.task_id)
    assert not first.is_stale
    assert (second.is_stale, second.state, second.text) == (True, "edited", DE[1])
    assert second.source_text == "He broke his hand."
    assert "source-changed" in [one.rule for one in second.findings]
    assert (task.state, task.confirmed_count) == (TaskState.PENDING, 0)
    event = desk.store.events(german.task_id)[-1]
    assert (event.kind, event.actor, event.is_implicit) == ("source.changed", "pipeline", True)
    assert json.loads(event.detail) == {"changed": [second.cue_id], "untold_count": 0}


def test_a_marked_cue_knows_what_it_rendered_until_somebody_confirms_it(desk, english, german):
    for text in ("He broke his hand.", "She broke his hand."):
        corrected(desk, english, text)
        cue = desk.store.cues(german.task_id)[1]
        assert (cue.earlier_source, cue.source_text) == ("He broke his wand.", text)
    desk.tick(german, cue=1)
    assert desk.store.cues(german.task_id)[1].earlier_source == ""


def test_an_approved_translation_is_opened_again_and_stays_in_force(desk, english, german):
    snapshot = desk.approved(german)
    corrected(desk, english)
    task = desk.store.task(german.task_id)
    assert task.state is TaskState.CHANGES_REQUESTED
    assert task.reason == "The transcript was corrected: 1 cue to look at."
    assert desk.kinds(german)[-2:] == ["source.changed", "task.reopened"]
    assert desk.store.snapshot(german.task_id) == snapshot


def test_the_same_transcript_approved_again_changes_nothing(desk, english, german):
    corrected(desk, english)
    desk.tick(german, cue=1)  # looked at
    desk.approved(german)
    before = desk.store.task(german.task_id), desk.store.cues(german.task_id), desk.kinds(german)
    desk.store.reopen(english.task_id, user_id=desk.lea.user_id, reason="One more look.")
    desk.approved(english, desk.lea)
    after = desk.store.task(german.task_id), desk.store.cues(german.task_id), desk.kinds(german)
    assert after == before


def test_each_language_has_one_task_whatever_is_corrected(desk, english, german):
    french = park(desk, ("La porte.", "Sa baguette.", "Adieu."), "fr")
    corrected(desk, english)
    corrected(desk, english, "He broke his leg.")
    tasks = desk.store.tasks()
    assert sorted(task.language for task in tasks) == ["de", "en", "fr"]
    for task in (german, french):
        assert desk.kinds(task).count("source.changed") == 2
        assert desk.store.cues(task.task_id)[1].source_text == "He broke his leg."


def test_who_holds_a_translation_goes_on_with_it(desk, english, german):
    desk.write(german, "Er brach den Zauberstab.", cue=1)
    cue = desk.store.cues(german.task_id)[1]
    corrected(desk, english)
    marked = desk.store.cues(german.task_id)[1]
    assert marked.version == cue.version
    assert desk.write(german, "Er brach sich die Hand.", cue=1).is_stale
    assert not desk.tick(german, cue=1).is_stale


def test_the_draft_of_the_corrected_line_replaces_what_nobody_touched(desk, english, german):
    corrected(desk, english)
    texts = (DE[0], "Er brach sich die Hand.", DE[2])
    draft = draft_of(*texts, language="de")
    sources = (EN[0], "He broke his hand.", EN[2])
    assert desk.store.park(with_sources(draft, *sources))[1]
    second = desk.store.cues(german.task_id)[1]
    assert (second.text, second.is_stale, second.findings) == (texts[1], False, ())


def test_submitted_translations_go_back_into_review(desk, english, german):
    desk.project(two_stages=True)
    desk.submitted(german)
    desk.project(two_stages=False)
    corrected(desk, english)
    assert desk.store.task(german.task_id).state is TaskState.PENDING


def test_other_films_are_left_alone(desk, english):
    other = with_sources(draft_of(*DE, language="de", media="other"), *EN)
    task = desk.store.park(replace(other, draft_id="other"))[0]
    before = desk.store.task(task.task_id), desk.kinds(task)
    corrected(desk, english)
    assert (desk.store.task(task.task_id), desk.kinds(task)) == before


def test_the_transcript_approved_last_is_found_by_its_title_and_language(database_url):
    with sql_desk(database_url) as desk:
        transcripts = SqlApprovedTranscripts(desk.store._engine)
        task = desk.store.park(draft_of("Hello.", language="en"))[0]
        found = partial(transcripts.of, task.media_id)
        assert found(parse_language("en")) is None
        desk.write(task, "Good evening.")
        desk.approved(task)
        desk.store.reopen(task.task_id, user_id=desk.lea.user_id, reason="Once more.")
        desk.write(task, "Not yet approved.")
        assert [cue.text for cue in found(parse_language("en")).cues] == ["Good evening."]
        assert found(parse_language("de")) is None
        assert transcripts.of("0" * 64, parse_language("en")) is None
