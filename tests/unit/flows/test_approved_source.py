"""Translations start from the transcript that people approved."""

import hashlib
from dataclasses import replace
from types import SimpleNamespace

import pytest
from flows_fakes import InMemoryArtifactStore, RecordingProgress

from flows.artifacts.codec import JsonCodec
from flows.engines import Lazy
from flows.pipeline import Pipeline
from flows.progress import current_progress
from flows.stages.once import Stage, compute_once
from review.release.document import Made, ReleasedCue, ReleaseDocument
from subtitles.cues import Cue, CueTrack, InvalidCueError
from subtitles.language import parse_language
from subtitles.signature import EngineSignature
from subtitles.span import Span

EN = parse_language("en")
MEDIA_ID = hashlib.sha256(b"film").hexdigest()
HEARD = CueTrack(
    media_id=MEDIA_ID,
    language=EN,
    cues=tuple(
        Cue(
            cue_id=f"c{number}",
            span=Span(number * 3000, number * 3000 + 2000),
            lines=(f"Line {number}.",),
            confidence=0.5,
            speech=Span(number * 3000, number * 3000 + 1800),
        )
        for number in range(3)
    ),
    made_by=EngineSignature(engine="segmenter", engine_version="1"),
)


def released(cue, **changed):
    start_ms, end_ms = cue.span.start_ms, cue.span.end_ms
    plain = ReleasedCue(
        cue_id=cue.cue_id,
        start_ms=start_ms,
        end_ms=end_ms,
        text=cue.text,
        source_text=cue.text,
        machine_text=cue.text,
        machine_start_ms=start_ms,
        machine_end_ms=end_ms,
        made=Made.MACHINE,
        made_by="",
        is_confirmed=True,
    )
    return replace(plain, **changed)


def approval(*cues):
    return ReleaseDocument(
        media_id=MEDIA_ID,
        title="Film",
        source_language=EN,
        language=EN,
        frame_rate=None,
        cues=cues or tuple(map(released, HEARD.cues)),
    )


class Approved:
    """Holds at most one approved transcript."""

    def __init__(self):
        self.document = None

    def of(self, media_id, language):
        mine = (media_id, language) == (MEDIA_ID, EN)
        return self.document if mine else None


class Bench:
    def __init__(self):
        self.approved, self.store = Approved(), InMemoryArtifactStore()
        stage = Stage(
            name="source-cues",
            made_from={"transcript": "1"},
            codec=JsonCodec(CueTrack),
            compute=lambda: HEARD,
        )
        self.heard = compute_once(self.store, stage)
        self.pipeline = Pipeline(
            store=self.store,
            transcriber=None,
            shot_finder=None,
            localizer=None,
            timelines=None,
            transcripts=Lazy(lambda: self.approved),
        )

    def translated(self):
        return self.pipeline.translated_source(SimpleNamespace(media_id=MEDIA_ID), self.heard)

    def looked_for(self):
        title = SimpleNamespace(media_id=MEDIA_ID)
        return self.pipeline.stored_translated_source(title, self.heard)


@pytest.fixture
def bench():
    return Bench()


def test_without_an_approval_or_with_one_that_changed_nothing_the_machines_cues_stay(bench):
    assert bench.translated() is bench.heard
    bench.approved.document = approval()
    assert bench.translated() is bench.heard
    assert bench.looked_for() is bench.heard


def test_what_people_corrected_is_translated_and_the_rest_keeps_what_is_known_of_it(bench):
    first, _, third = HEARD.cues
    bench.approved.document = approval(
        released(first, text="People\nwrote this.", end_ms=2500),
        released(third, cue_id="new", text="Added."),
    )
    assert bench.looked_for() is None
    found = bench.translated()
    assert [(cue.cue_id, cue.lines) for cue in found.value.cues] == [
        ("c0", ("People", "wrote this.")),
        ("new", ("Added.",)),
    ]
    assert found.value.cues[0].span == Span(0, 2500)
    assert (found.value.cues[0].speech, found.value.cues[0].confidence) == (first.speech, 1.0)
    assert found.ref.digest != bench.heard.ref.digest
    again = bench.looked_for()
    assert (again.ref, again.cached) == (found.ref, True)


def test_the_same_text_approved_again_is_the_same_source(bench):
    first = HEARD.cues[0]
    bench.approved.document = approval(released(first, text="Once."))
    ref = bench.translated().ref
    bench.approved.document = approval(released(first, text="Once.", made=Made.EDITED))
    again = bench.translated()
    assert (again.ref, again.cached) == (ref, True)


def test_an_overlap_that_a_lead_let_stay_is_cut_and_told(bench):
    listening = RecordingProgress()
    token = current_progress.set(listening)
    first, second, _ = HEARD.cues
    bench.approved.document = approval(released(first, end_ms=3400), released(second))
    try:
        found = bench.translated()
    finally:
        current_progress.reset(token)
    assert found.value.cues[0].span == Span(0, 3000)
    ((kind, told),) = listening.told
    assert kind == "warned"
    assert "c0" in told
    assert "400 ms" in told


def test_two_approved_cues_at_one_time_are_an_error_that_names_one(bench):
    first, second, _ = HEARD.cues
    bench.approved.document = approval(released(first), released(second, start_ms=0))
    with pytest.raises(InvalidCueError, match="c0"):
        bench.translated()
