"""Reading back what was written, before anybody relies on it."""

from itertools import zip_longest

from subtitles.cues import Subtitle
from subtitles.formats.document import SubtitleDocument
from subtitles.formats.malformed import MalformedSubtitleError, RoundTripError
from subtitles.formats.port import SubtitleFormat


def encode_verified(form: SubtitleFormat, document: SubtitleDocument) -> str:
    """The file text, after it was read back and found to say what the format can carry.

    Raises:
        RoundTripError: it does not; names the subtitle.
        UnwritableSubtitleError: see `SubtitleFormat.encode`.
    """
    text = form.encode(document)
    verify(form, document, text)
    return text


def verify(form: SubtitleFormat, document: SubtitleDocument, text: str) -> None:
    """Compare what ``text`` says with what the format can carry of ``document``.

    Count, times and rows of the subtitles, positions, language and title. A format that is only
    written is compared line by line with what it should hold.

    Raises:
        RoundTripError: they differ; names the first subtitle that does.
    """
    if not form.readable:
        if text != form.encode(form.carried(document)):
            raise RoundTripError(form.name, 0, "its text")
        return
    try:
        read = form.decode(text).document
    except MalformedSubtitleError as error:
        raise RoundTripError(form.name, 0, f"line {error.line}: {error.why}") from error
    expected = form.carried(document)
    pairs = zip_longest(expected.subtitles, read.subtitles)
    for number, (wanted, found) in enumerate(pairs, 1):
        if wanted != found:
            raise RoundTripError(form.name, number, _difference(wanted, found))
    if read != expected:
        raise RoundTripError(form.name, 0, "language, title or model")


def _difference(wanted: Subtitle | None, found: Subtitle | None) -> str:
    if wanted is None or found is None:
        return "one more" if wanted is None else "missing"
    if wanted.span != found.span:
        got, due = found.span, wanted.span
        return f"{got.start_ms}-{got.end_ms} ms instead of {due.start_ms}-{due.end_ms} ms"
    return "its text" if wanted.lines != found.lines else "its position"
