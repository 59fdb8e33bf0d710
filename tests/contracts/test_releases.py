"""What every implementation of `Releases` promises, on SQLite and PostgreSQL."""

import hashlib
import json
from dataclasses import replace

import pytest
from review_desks import sql_desk
from review_drafts import draft_of, finding_on
from sentence_drafts import hit, sentence, with_sentences, with_sources
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from review.errors import NotAllowedError, UnknownTaskError
from review.release.document import Made
from review.release.files import FILES
from review.sql.database import writing
from review.sql.releases import SqlReleases
from subtitles.findings import Severity
from subtitles.formats.registry import FORMATS
from translate.drafts import Origin


@pytest.fixture
def desk(database_url):
    with sql_desk(database_url) as staffed:
        yield staffed


@pytest.fixture
def releases(desk):
    return SqlReleases(desk.store._engine, desk.clock)


@pytest.fixture
def task(desk):
    draft = draft_of("Das Tor ist auf.", "Er brach ihn.", "Adieu.", "3")
    draft = with_sources(draft, "The gate is open.", "He broke it.", "Goodbye.", "3")
    draft = replace(draft, findings=(finding_on(draft.cues[0].cue_id, Severity.WARNING),))
    memory = {"origin": Origin.MEMORY, "memory_hits": (hit("Adieu."),)}
    return desk.store.park(
        with_sentences(
            draft,
            sentence("The gate is open.", "Das Tor ist auf.", "0"),
            sentence("He broke it.", "Er brach ihn.", "1"),
            sentence("Goodbye.", "Adieu.", "2", **memory),
            sentence("3", "3", "3", origin=Origin.COPY),
        )
    )[0]


def test_there_is_no_release_before_the_first_approval(desk, releases, task):
    for ask in (lambda: releases.release(task.task_id), lambda: releases.file(task.task_id, "srt")):
        with pytest.raises(NotAllowedError, match="approve the task first"):
            ask()
    with pytest.raises(UnknownTaskError):
        releases.release("nobody")


def test_the_manifest_says_what_made_each_cue_and_who_answers_for_it(desk, releases, task):
    desk.write(task, "Er brach den Stab.", cue=1)
    desk.tick(task, cue=1)
    cue_id = desk.store.cues(task.task_id)[0].cue_id
    epoch = desk.claimed(task).epoch
    who = {"user_id": desk.ana.user_id, "epoch": epoch}
    desk.store.waive(task.task_id, cue_id=cue_id, rule="reading-speed", reason="Sung.", **who)
    snapshot = desk.approved(task)
    manifest = releases.release(task.task_id).manifest
    assert [cue.made for cue in manifest.cues] == ["machine", "edited", "memory", "copy"]
    assert manifest.made_counts[Made.EDITED] == 1
    assert [cue.is_confirmed for cue in manifest.cues] == [False, True, False, False]
    assert manifest.cues[0].waived == ("reading-speed",)
    assert manifest.engines == (task.made_by,)
    assert (manifest.media_id, manifest.language) == (task.media_id, "de")
    sanction = manifest.sanction
    assert (sanction.approved_by, sanction.approved_at) == ("Ana", desk.clock.now)
    assert (sanction.submitted_by, sanction.profile) == ("", "de/adult/subtitle")
    assert "Of 4 subtitles: 2 stand as software wrote them" in manifest.ai_use
    assert "Ana approved them on 2026-01-15." in manifest.ai_use
    srt = next(one for one in manifest.files if one.name == "srt")
    assert srt.sha256 == snapshot.sha256


def test_where_two_people_are_asked_both_are_named(desk, releases, task):
    desk.project(two_stages=True)
    desk.submitted(task)
    desk.approved(task, desk.ben)
    sanction = releases.release(task.task_id).manifest.sanction
    assert (sanction.submitted_by, sanction.approved_by) == ("Ana", "Ben")


def test_every_file_is_listed_with_the_digest_of_what_one_gets(desk, releases, task):
    desk.approved(task)
    listed = {one.name: one for one in releases.release(task.task_id).manifest.files}
    assert set(listed) == set(FILES)
    for name, one in listed.items():
        content = releases.file(task.task_id, name).encode()
        assert one.sha256 == hashlib.sha256(content).hexdigest()
        assert one.size_bytes == len(content)
    assert json.loads(releases.file(task.task_id, "manifest.json"))["title"] == "The Gate"
    both = FORMATS["srt"].decode(releases.file(task.task_id, "bilingual.srt")).document
    assert both.subtitles[0].lines == ("The gate is open.", "Das Tor ist auf.")


def test_files_are_of_what_was_approved_whatever_is_edited_now(desk, releases, task):
    desk.approved(task)
    before = {name: releases.file(task.task_id, name) for name in (*FILES, "manifest.json")}
    desk.store.reopen(task.task_id, user_id=desk.lea.user_id, reason="Again.")
    desk.write(task, "Ganz anders.")
    assert {name: releases.file(task.task_id, name) for name in before} == before
    desk.approved(task)
    assert "Ganz anders." in releases.file(task.task_id, "ttml")


def test_a_file_once_made_stays_though_another_version_would_make_it_otherwise(
    desk, releases, task, monkeypatch
):
    desk.approved(task)
    before = releases.file(task.task_id, "ttml")
    monkeypatch.setattr("review.sql.releases.file_text", lambda name, document: "other")
    assert releases.file(task.task_id, "ttml") == before
    with (
        pytest.raises(DBAPIError, match="only be added to"),
        writing(desk.store._engine) as session,
    ):
        session.execute(text("UPDATE release_files SET text = 'other'"))


def test_a_format_that_cannot_hold_the_text_says_so_and_the_others_are_there(
    desk, releases, task, monkeypatch
):
    desk.approved(task)

    def refuse(document):
        from subtitles.formats.malformed import UnwritableSubtitleError

        raise UnwritableSubtitleError("TTML", 2, "it has no text")

    monkeypatch.setattr(FORMATS["ttml"], "encode", refuse)
    release = releases.release(task.task_id)
    assert [one.name for one in release.missing] == ["ttml"]
    assert "subtitle 2 cannot be written as TTML" in release.missing[0].why
    assert {one.name for one in release.manifest.files} == set(FILES) - {"ttml"}
    with pytest.raises(NotAllowedError, match="subtitle 2"):
        releases.file(task.task_id, "ttml")


@pytest.mark.parametrize("name", ["exe", "", "manifest", "../srt", "srt\x00"])
def test_there_are_no_other_files(desk, releases, task, name):
    desk.approved(task)
    with pytest.raises(UnknownTaskError):
        releases.file(task.task_id, name)


def test_a_transcript_has_no_second_language(desk, releases):
    task = desk.store.park(draft_of("The gate.", language="en"))[0]
    desk.approved(task)
    release = releases.release(task.task_id)
    assert {one.name for one in release.manifest.files} == {"srt", "vtt", "ttml"}
    assert "translated" not in release.manifest.ai_use.partition(".")[0]
    with pytest.raises(UnknownTaskError):
        releases.file(task.task_id, "bilingual.srt")
