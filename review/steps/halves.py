"""What the two halves of a cue are: their times, and what of its source they have."""

from dataclasses import replace

from review.edits import with_text
from review.errors import InvalidStepError
from review.steps.cutting import cut, word_starts
from review.steps.section import Section, changed
from review.tasks import ReviewCue
from subtitles.counting import text_width, visible_text
from subtitles.language import LanguageTag
from subtitles.span import Span

_LEAST = 0.25
"""A source cue belongs to both halves if each has at least this share of its time."""


def halves(
    section: Section, cue: ReviewCue, at_char: int, at_ms: int | None
) -> tuple[ReviewCue, ReviewCue]:
    """The two cues that a cue becomes; the second has an id of its own.

    What is offered instead of its text is for all of it, and so for neither half.
    """
    first_text, second_text = cut(cue.text, at_char)
    spans = _spans(section, cue, (first_text, second_text), at_ms)
    machine_texts = _machine_texts(cue, first_text, second_text, section.by.profile.language)
    machine_spans = _machine_spans(cue, spans)
    sources = _sources(section, cue, spans)
    first, second = (
        with_text(
            replace(
                cue,
                span=span,
                machine_text=machine_text,
                machine_span=machine_span,
                first_source=first_source,
                last_source=last_source,
                source_text=_source_text(section, cue, first_source, last_source),
                offered_text="",
            ),
            text,
        )
        for text, span, machine_text, machine_span, (first_source, last_source) in zip(
            (first_text, second_text), spans, machine_texts, machine_spans, sources, strict=True
        )
    )
    new_id = section.new_id(cue.cue_id)
    return changed(first), replace(second, cue_id=new_id, version=1, findings=(), waivers=())


def _spans(
    section: Section, cue: ReviewCue, texts: tuple[str, str], at_ms: int | None
) -> tuple[Span, Span]:
    """Their times: on frames where they are chosen here, the smallest gap of the style between."""
    grid, span = section.grid, cue.span
    if at_ms is not None:
        if not span.start_ms < at_ms < span.end_ms:
            raise InvalidStepError("the cut has to lie within the time of the cue")
        first_end_ms, second_start_ms = grid.ms(grid.nearest(at_ms) - grid.min_gap), at_ms
        if first_end_ms <= span.start_ms:
            raise InvalidStepError("the cut is too near the start of the cue for the gap it needs")
        return Span(span.start_ms, first_end_ms), Span(second_start_ms, span.end_ms)
    start, end = grid.at_or_after(span.start_ms), grid.at_or_before(span.end_ms)
    shown = end - start - grid.min_gap
    shortest = min(grid.shortest, shown // 2)
    if shortest < 1:
        raise InvalidStepError("the cue is too short to be two: show it longer first")
    rule = section.by.profile.counting
    widths = [text_width(text.split("\n"), rule) for text in texts]
    wanted = round(shown * widths[0] / sum(widths)) if sum(widths) else shown // 2
    first_end = start + min(max(wanted, shortest), shown - shortest)
    return (
        Span(span.start_ms, grid.ms(first_end)),
        Span(grid.ms(first_end + grid.min_gap), span.end_ms),
    )


def _machine_texts(
    cue: ReviewCue, first_text: str, second_text: str, language: LanguageTag
) -> tuple[str, str]:
    """What the machine had said in each half; where people have rewritten it, as much of it."""
    if cue.text == cue.machine_text:
        return first_text, second_text
    starts = word_starts(cue.machine_text, language)[1:]
    if not starts:
        return cue.machine_text, ""
    first, both = (len(visible_text(text)) for text in (first_text, cue.text))
    wanted = len(cue.machine_text) * first / both
    try:
        return cut(cue.machine_text, min(starts, key=lambda place: abs(place - wanted)))
    except InvalidStepError:  # odd characters of a machine: nobody asked for this cut
        return cue.machine_text, ""


def _machine_spans(cue: ReviewCue, spans: tuple[Span, Span]) -> tuple[Span | None, Span | None]:
    """When the machine had shown each half; a cut alone does not move a cue in time."""
    machine, (first, second) = cue.machine_span, spans
    if machine is None or machine == cue.span:
        return (None, None) if machine is None else spans
    if machine.start_ms < first.end_ms <= second.start_ms < machine.end_ms:
        return Span(machine.start_ms, first.end_ms), Span(second.start_ms, machine.end_ms)
    return machine, None


def _sources(
    section: Section, cue: ReviewCue, spans: tuple[Span, Span]
) -> tuple[tuple[int | None, int | None], tuple[int | None, int | None]]:
    """First and last source cue of each half: those that are said while it is shown."""
    first, last = cue.first_source, cue.last_source
    if first is None or last is None or first == last:
        return (first, last), (first, last)
    border_ms = (spans[0].end_ms + spans[1].start_ms) // 2
    known = [place for place in range(first, last + 1) if place in section.sources]
    before = [place for place in known if _share_before(section, place, border_ms) >= _LEAST]
    after = [place for place in known if _share_before(section, place, border_ms) <= 1 - _LEAST]
    # What lies between the two belongs to the one before.
    begins = min(max(min(after, default=last), first), last)
    ends = min(max(max(before, default=first), begins - 1, first), last)
    return (first, ends), (begins, last)


def _share_before(section: Section, place: int, border_ms: int) -> float:
    """How much of a source cue is over at a time, 0…1."""
    span = section.sources[place].span
    return min(max(border_ms - span.start_ms, 0) / max(span.duration_ms, 1), 1.0)


def _source_text(section: Section, cue: ReviewCue, first: int | None, last: int | None) -> str:
    if first is None or last is None or (first, last) == (cue.first_source, cue.last_source):
        return cue.source_text
    return source_text(section, first, last) or cue.source_text


def source_text(section: Section, first: int, last: int) -> str:
    """What is said from one source cue to another."""
    places = (place for place in range(first, last + 1) if place in section.sources)
    return "\n".join(section.sources[place].text for place in places)
