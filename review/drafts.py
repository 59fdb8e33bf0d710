"""What is decided about a machine draft before any database sees it."""

import re
from collections.abc import Iterator

from review.errors import InvalidEditError
from review.machine_drafts import Draft, DraftCue
from review.passages import cue_qualities
from review.tasks import CueState, ReviewCue
from review.texts import require_storable
from subtitles.cues import derive_cue_id
from translate.drafts import SentenceDraft

_FRAME_RATE = re.compile(r"[1-9]\d{0,8}(/[1-9]\d{0,8})?", re.ASCII)


def derive_task_id(draft: Draft) -> str:
    """The id of the task that this draft opens: the same draft always opens the same task."""
    return derive_cue_id("task", draft.media_id, draft.language, draft.draft_id)


def drafted_cues(draft: Draft) -> tuple[ReviewCue, ...]:
    """The cues of a draft as they are before anybody has looked at them, findings left out."""
    qualities = cue_qualities(draft.sentences)
    return tuple(
        drafted_cue(cue, ordinal, quality=qualities.get(cue.cue_id), made_by=draft.made_by)
        for ordinal, cue in enumerate(draft.cues)
    )


def drafted_cue(cue: DraftCue, ordinal: int, *, quality: float | None, made_by: str) -> ReviewCue:
    """A cue that renders the source cue at its own place.

    Args:
        cue: As the machine drafted it.
        ordinal: Its place.
        quality: As in `ReviewCue`.
        made_by: As in `Draft`.
    """
    return ReviewCue(
        cue_id=cue.cue_id,
        ordinal=ordinal,
        span=cue.span,
        text=cue.text,
        source_text=cue.source_text,
        machine_text=cue.text,
        confidence=cue.confidence,
        state=CueState.MACHINE,
        version=1,
        quality=quality,
        machine_span=cue.span,
        first_source=ordinal,
        last_source=ordinal,
        made_by=made_by,
    )


def require_storable_draft(draft: Draft) -> None:
    """Refuse a draft with text that no database can keep, or a frame rate nobody can read.

    Cue text is kept as the machine wrote it, odd characters and all: a person will look at it, and
    the file formats make it harmless. Only what cannot be kept at all is refused.

    Raises:
        InvalidEditError: naming what is wrong.
    """
    if draft.frame_rate is not None and not _FRAME_RATE.fullmatch(draft.frame_rate):
        raise InvalidEditError(f"frame rate {draft.frame_rate[:20]!r}: write it as 24000/1001")
    require_storable("the title", draft.title)
    require_storable("the media path", draft.media_path)
    require_storable("the client", draft.client)
    for cue in draft.cues:
        require_storable(f"cue {cue.cue_id}", cue.text)
        require_storable(f"the source of cue {cue.cue_id}", cue.source_text)
    for sentence in draft.sentences:
        for text in _texts_of(sentence):
            require_storable("a sentence", text)
    for finding in draft.findings:
        require_storable(f"a note on cue {finding.cue_id}", finding.note)


def _texts_of(sentence: SentenceDraft) -> Iterator[str]:
    yield from (sentence.source_text, sentence.text, *sentence.runners_up)
    for hit in sentence.memory_hits:
        yield from (hit.text, hit.source_text, hit.origin)
    for term in sentence.terms:
        yield from (term.said, *term.forms)
