"""Machine drafts for review tests, and a clock that stands until it is told to go on."""

import hashlib
from dataclasses import replace
from datetime import UTC, datetime, timedelta

from review.drafts import drafted_cues
from review.machine_drafts import Draft, DraftCue
from review.tasks import ReviewCue
from subtitles.cues import derive_cue_id
from subtitles.findings import Finding, Severity
from subtitles.language import parse_language
from subtitles.span import Span

CUE_MS, PITCH_MS = 2_000, 3_000


class SteppingClock:
    """A `Clock` for tests: noon, UTC, until somebody calls `pass_`."""

    def __init__(self) -> None:
        self.now = datetime(2026, 1, 15, 12, 0, tzinfo=UTC)

    def __call__(self) -> datetime:
        return self.now

    def pass_(self, **time: float) -> datetime:
        """Let time go by, in `timedelta`'s words; the new time."""
        self.now += timedelta(**time)
        return self.now


def draft_of(
    *texts: str,
    title: str = "The Gate",
    language: str = "de",
    media: str = "film",
    findings: tuple[Finding, ...] = (),
) -> Draft:
    """A draft with one cue per text, two seconds each, a second apart."""
    media_id = hashlib.sha256(media.encode()).hexdigest()
    cues = tuple(
        DraftCue(
            cue_id=derive_cue_id(media, ordinal),
            span=Span(ordinal * PITCH_MS, ordinal * PITCH_MS + CUE_MS),
            text=text,
            source_text=f"Line {ordinal}.",
            confidence=0.9,
        )
        for ordinal, text in enumerate(texts)
    )
    return Draft(
        media_id=media_id,
        title=title,
        media_path=f"/films/{media}.mp4",
        frame_rate="24000/1001",
        source_language=parse_language("en"),
        language=parse_language(language),
        draft_id=derive_cue_id(media, language, *map(ascii, texts)),
        made_by="engine:scripted|model:-|rev:-|v:1",
        cues=cues,
        findings=findings,
    )


def cues_of_draft(draft: Draft) -> tuple[ReviewCue, ...]:
    """The cues as they are under review before anybody has touched them."""
    return tuple(
        replace(cue, findings=tuple(one for one in draft.findings if one.cue_id == cue.cue_id))
        for cue in drafted_cues(draft)
    )


def finding_on(cue_id: str, severity: Severity = Severity.ERROR) -> Finding:
    """A finding that an edit makes go away, since no text in these tests breaks its rule."""
    return Finding(
        rule="reading-speed",
        severity=severity,
        cue_id=cue_id,
        measured=31.5,
        limit=17.0,
        unit="chars/s",
        source="test",
    )
