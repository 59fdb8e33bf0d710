"""What a format cannot carry of a document: the difference to what it does carry."""

from collections.abc import Iterator, Sequence

from subtitles.cues import Subtitle
from subtitles.formats.document import Loss, LossKind, SubtitleDocument
from subtitles.formats.port import SubtitleFormat
from subtitles.formats.styled import plain, runs_of

_SHOWN_CHARACTERS = 8

_WORDS = {
    LossKind.CHARACTERS: "characters are replaced",
    LossKind.STYLING: "italics, bold, underline or other tags are left out",
    LossKind.ROWS: "rows are set anew",
    LossKind.POSITION: "they stand at the bottom",
}


def losses(form: SubtitleFormat, document: SubtitleDocument) -> tuple[Loss, ...]:
    """Everything that a file of this format will not hold, in the order of `LossKind`.

    Raises:
        UnwritableSubtitleError: see `SubtitleFormat.carried`.
    """
    carried = form.carried(document)
    pairs = list(zip(document.subtitles, carried.subtitles, strict=True))
    numbers: dict[LossKind, list[int]] = {kind: [] for kind in LossKind}
    for number, (one, other) in enumerate(pairs, 1):
        for kind in _differences(one, other):
            numbers[kind].append(number)
    found = [
        Loss(kind=kind, numbers=tuple(numbers[kind]), what=_words(kind, pairs, numbers[kind]))
        for kind in LossKind
        if numbers[kind]
    ]
    if not form.readable and document.subtitles:
        found.append(Loss(kind=LossKind.TIMES, numbers=(), what="the file holds no times"))
    return (*found, *_of_the_whole(document, carried))


def _differences(one: Subtitle, other: Subtitle) -> Iterator[LossKind]:
    if one.span != other.span:
        yield LossKind.TIMES
    if one.position != other.position:
        yield LossKind.POSITION
    if one.lines == other.lines:
        return
    before, after = plain(one.lines), plain(other.lines)
    if before.split() != after.split() and "".join(before.split()) != "".join(after.split()):
        yield LossKind.CHARACTERS
    elif before != after:
        yield LossKind.ROWS
    if _looks(one) != _looks(other):
        yield LossKind.STYLING


def _looks(subtitle: Subtitle) -> tuple[object, ...]:
    """Which styles stand where, and whether there are tags that have no style here."""
    runs = runs_of(subtitle.lines)
    styles = [run.styles for run in runs if run.styles and run.text.strip()]
    has_font = "<font" in "\n".join(subtitle.lines).lower()
    return (*styles, has_font)


def _words(
    kind: LossKind, pairs: Sequence[tuple[Subtitle, Subtitle]], numbers: Sequence[int]
) -> str:
    concerned = [pairs[number - 1] for number in numbers]
    if kind is LossKind.TIMES:
        moved = max(
            max(
                abs(one.span.start_ms - other.span.start_ms),
                abs(one.span.end_ms - other.span.end_ms),
            )
            for one, other in concerned
        )
        return f"times move by up to {moved} ms"
    if kind is LossKind.CHARACTERS:
        gone = sorted({c for a, b in concerned for c in plain(a.lines) if c not in plain(b.lines)})
        shown = " ".join(
            c if c.isprintable() and not c.isspace() else f"U+{ord(c):04X}"
            for c in gone[:_SHOWN_CHARACTERS]
        )
        return f"{_WORDS[kind]}: {shown}" if shown else _WORDS[kind]
    return _WORDS[kind]


def _of_the_whole(document: SubtitleDocument, carried: SubtitleDocument) -> Iterator[Loss]:
    if document.language != carried.language:
        what = f"the file does not say that it is in {document.language}"
        yield Loss(kind=LossKind.LANGUAGE, numbers=(), what=what)
    if document.title != carried.title:
        what = "the title is left out" if not carried.title else "the title is changed"
        yield Loss(kind=LossKind.TITLE, numbers=(), what=what)
    if carried.frame_rate is not None and document.frame_rate not in {None, carried.frame_rate}:
        what = f"the file counts {float(carried.frame_rate):.2f} frames a second"
        yield Loss(kind=LossKind.FRAME_RATE, numbers=(), what=what)
    if document.track is not None and carried.track is None:
        what = "cue ids, speech times, moves and kinds are left out"
        yield Loss(kind=LossKind.MODEL, numbers=(), what=what)
