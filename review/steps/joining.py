"""What cues in a row are once they are one."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from functools import reduce

from review.edits import with_text
from review.errors import InvalidStepError
from review.steps.cutting import joined
from review.steps.halves import source_text
from review.steps.section import Section, changed
from review.store import MAX_CUE_TEXT_CHARS
from review.tasks import ReviewCue, Waiver
from subtitles.findings import Finding
from subtitles.rules import LASTING_RULES, STALE_RULES, TIME_RULES
from subtitles.span import Span
from subtitles.style.profile import StyleProfile

ABOUT_THE_SOUND = LASTING_RULES - TIME_RULES - STALE_RULES
"""What stands on a cue and is about neither its text nor its times stays when it is joined."""


def whole(section: Section, parts: Sequence[ReviewCue]) -> ReviewCue:
    """The one cue, under the id of the first.

    Raises:
        InvalidStepError: its text would be longer than a cue may be.
    """
    first, profile = parts[0], section.by.profile
    span = Span(first.span.start_ms, max(part.span.end_ms for part in parts))
    text = checked_length(together([part.text for part in parts], profile))
    machine_text = together([part.machine_text for part in parts], profile)
    if [part.text for part in parts] == [part.machine_text for part in parts]:
        machine_text = text
    qualities = [part.quality for part in parts if part.quality is not None]
    one = replace(
        with_text(replace(first, machine_text=machine_text), text),
        span=span,
        machine_span=_machine_span(parts),
        confidence=min(part.confidence for part in parts),
        quality=min(qualities, default=None),
        is_stale=any(part.is_stale for part in parts),
        earlier_source=_earlier_source(parts),
        offered_text=_offered(parts, profile),
        made_by=next((part.made_by for part in parts if part.made_by), ""),
        findings=tuple(_findings(parts)),
        waivers=tuple(_waivers(parts)),
    )
    return changed(_linked(section, one, parts))


def _earlier_source(parts: Sequence[ReviewCue]) -> str:
    """What the parts rendered when people last looked; empty where none has changed since."""
    if not any(part.is_stale for part in parts):
        return ""
    return "\n".join(part.earlier_source or part.source_text for part in parts)


def together(texts: Iterable[str], profile: StyleProfile) -> str:
    """Texts in a row as one; empty ones are nothing."""
    said = [text for text in texts if text]
    return reduce(lambda one, other: joined(one, other, profile), said) if said else ""


def checked_length(text: str) -> str:
    """The text; InvalidStepError if it is longer than a cue may be."""
    if len(text) > MAX_CUE_TEXT_CHARS:
        raise InvalidStepError(
            f"a cue may have {MAX_CUE_TEXT_CHARS} characters at most, this would have {len(text)}"
        )
    return text


def _machine_span(parts: Sequence[ReviewCue]) -> Span | None:
    spans = [part.machine_span for part in parts if part.machine_span is not None]
    if not spans:
        return None
    return Span(min(span.start_ms for span in spans), max(span.end_ms for span in spans))


def _offered(parts: Sequence[ReviewCue], profile: StyleProfile) -> str:
    """What is offered for any of them, between what the machine had said in the others."""
    if not any(part.offered_text for part in parts):
        return ""
    return together([part.offered_text or part.machine_text for part in parts], profile)


def _linked(section: Section, cue: ReviewCue, parts: Sequence[ReviewCue]) -> ReviewCue:
    """The cue with all source that its parts rendered, and what lies between."""
    firsts = [part.first_source for part in parts if part.first_source is not None]
    lasts = [part.last_source for part in parts if part.last_source is not None]
    if not firsts or not lasts:
        return replace(cue, source_text=_texts_of(parts))
    first, last = min(firsts), max(lasts)
    said = source_text(section, first, last) or _texts_of(parts)
    return replace(cue, first_source=first, last_source=last, source_text=said)


def _texts_of(parts: Sequence[ReviewCue]) -> str:
    return "\n".join(dict.fromkeys(part.source_text for part in parts if part.source_text))


def _findings(parts: Sequence[ReviewCue]) -> Iterable[Finding]:
    yield from parts[0].findings
    for part in parts[1:]:
        for one in part.findings:
            if one.rule in ABOUT_THE_SOUND:
                yield replace(one, cue_id=parts[0].cue_id)


def _waivers(parts: Sequence[ReviewCue]) -> Iterable[Waiver]:
    yield from parts[0].waivers
    for part in parts[1:]:
        for waiver in part.waivers:
            if waiver.finding.rule in ABOUT_THE_SOUND:
                moved = replace(waiver.finding, cue_id=parts[0].cue_id)
                yield replace(waiver, finding=moved)
