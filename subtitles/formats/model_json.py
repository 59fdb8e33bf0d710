"""JSON of our own model: everything a cue track knows, for other programs and for us.

One object. ``format`` and ``version`` say what it is; ``cues`` holds the cues of a track, with
``media_id`` and ``made_by``, or ``subtitles`` plain subtitles. Times are whole milliseconds. Every
cue stands on a line of its own, so that two files can be compared line by line.
"""

import json
from collections.abc import Sequence
from dataclasses import asdict, replace
from fractions import Fraction
from typing import ClassVar, NoReturn

from subtitles.cues import Cue, CueTrack, InvalidCueError, Subtitle
from subtitles.formats.blocks import BYTE_ORDER_MARK, require_sane_size
from subtitles.formats.document import DecodedFile, Notes, SubtitleDocument, document_of
from subtitles.formats.entries import Entry, mended_subtitles, strict_subtitles, writable_rows
from subtitles.formats.json_values import WrongValueError, built
from subtitles.formats.malformed import MalformedSubtitleError
from subtitles.formats.titles import one_row_title, read_language
from subtitles.language import LanguageTag
from subtitles.signature import EngineSignature

_NAME = "JSON"
_FORMAT, _VERSION = "polycue-subtitles", 1
_MAX_VALUES = 1_000_000
"""Lists and objects in one file; a hundred thousand cues have about half as many."""


class JsonFormat:
    """Our own model: nothing is lost but characters that no file holds."""

    name: ClassVar[str] = _NAME
    extension: ClassVar[str] = "json"
    readable: ClassVar[bool] = True

    def carried(self, document: SubtitleDocument) -> SubtitleDocument:
        """See `SubtitleFormat.carried`."""
        subtitles = tuple(
            replace(subtitle, lines=writable_rows(subtitle, number, _NAME))
            for number, subtitle in enumerate(document.subtitles, 1)
        )
        title = one_row_title(document.title)
        track = document.track
        if track is None:
            return replace(document, subtitles=subtitles, title=title)
        pairs = zip(track.cues, subtitles, strict=True)
        cues = tuple(replace(cue, lines=subtitle.lines) for cue, subtitle in pairs)
        return document_of(replace(track, cues=cues), frame_rate=document.frame_rate, title=title)

    def encode(self, document: SubtitleDocument) -> str:
        """See `SubtitleFormat.encode`."""
        carried = self.carried(document)
        head: dict[str, object] = {
            "format": _FORMAT,
            "version": _VERSION,
            "language": carried.language,
            "title": carried.title,
            "frame_rate": None if carried.frame_rate is None else str(carried.frame_rate),
        }
        items: Sequence[Cue | Subtitle] = carried.subtitles
        if carried.track is not None:
            head |= {
                "media_id": carried.track.media_id,
                "made_by": asdict(carried.track.made_by),
            }
            items = carried.track.cues
        lines = [f" {_dumped(key)}: {_dumped(value)}," for key, value in head.items()]
        rows = ",\n".join(f"  {_dumped(asdict(one))}" for one in items)
        name = "subtitles" if carried.track is None else "cues"
        listed = f"[\n{rows}\n ]" if rows else "[]"
        return "\n".join(["{", *lines, f' "{name}": {listed}', "}"]) + "\n"

    def decode(self, text: str, *, repair: bool = False) -> DecodedFile:
        """See `SubtitleFormat.decode`; a newer version of the schema is refused."""
        require_sane_size(text, _NAME)
        fields = _parsed(text)
        notes = Notes()
        try:
            return notes.file_of(_document(fields, notes, repair=repair))
        except WrongValueError as error:
            line = _line_of(text, error.where)
            raise MalformedSubtitleError(_NAME, line, str(error)) from error


def _dumped(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, allow_nan=False)


def _parsed(text: str) -> dict[str, object]:
    if text.count("[") + text.count("{") > _MAX_VALUES:
        raise MalformedSubtitleError(_NAME, 1, f"more than {_MAX_VALUES} lists and objects")
    try:
        value = json.loads(text.removeprefix(BYTE_ORDER_MARK), parse_constant=_no_constant)
    except json.JSONDecodeError as error:
        raise MalformedSubtitleError(_NAME, error.lineno, f"no JSON: {error.msg}") from error
    except (ValueError, RecursionError) as error:
        raise MalformedSubtitleError(_NAME, 1, "no JSON that a program would write") from error
    if not isinstance(value, dict) or value.get("format") != _FORMAT:
        raise MalformedSubtitleError(_NAME, 1, f'expected an object with "format": "{_FORMAT}"')
    if value.get("version") != _VERSION:
        why = f"version {str(value.get('version'))[:20]} of the schema; this is {_VERSION}"
        raise MalformedSubtitleError(_NAME, 1, why)
    return value


def _no_constant(name: str) -> NoReturn:
    raise ValueError(name)


def _document(fields: dict[str, object], notes: Notes, *, repair: bool) -> SubtitleDocument:
    language = read_language(built(str, fields.get("language") or "", "language"), 1, notes)
    title = one_row_title(built(str, fields.get("title") or "", "title"))
    rate = _rate(built(str, fields.get("frame_rate") or "", "frame_rate"))
    if "cues" in fields:
        return document_of(_track(fields, language), frame_rate=rate, title=title)
    subtitles = built(tuple[Subtitle, ...], fields.get("subtitles"), "subtitles")
    entries = [
        Entry(
            line=number,
            times_line=number,
            start_ms=one.span.start_ms,
            end_ms=one.span.end_ms,
            rows=one.lines,
            position=one.position,
        )
        for number, one in enumerate(subtitles, 1)
    ]
    read = (
        mended_subtitles(entries, _NAME, notes)
        if repair
        else strict_subtitles(entries, _NAME, notes)
    )
    return SubtitleDocument(subtitles=read, language=language, frame_rate=rate, title=title)


def _track(fields: dict[str, object], language: LanguageTag | None) -> CueTrack:
    if language is None:
        raise WrongValueError("language", "a track needs one")
    cues = built(tuple[Cue, ...], fields["cues"], "cues")
    try:
        return CueTrack(
            media_id=built(str, fields.get("media_id"), "media_id"),
            language=language,
            cues=cues,
            made_by=built(EngineSignature, fields.get("made_by"), "made_by"),
        )
    except InvalidCueError as error:
        raise WrongValueError("cues", str(error)) from error


def _rate(text: str) -> Fraction | None:
    try:
        rate = Fraction(text) if text else None
    except (ValueError, ZeroDivisionError) as error:
        raise WrongValueError("frame_rate", f"{text[:30]!r} is no fraction") from error
    if rate is not None and rate <= 0:
        raise WrongValueError("frame_rate", f"{text[:30]!r} is no frame rate")
    return rate


def _line_of(text: str, where: str) -> int:
    """The line of a list item as we write it: the list's own line and the number in it."""
    name, bracket, rest = where.partition("[")
    at = text.find(f'"{name.partition(".")[0]}"')
    if at < 0:
        return 1
    line = text.count("\n", 0, at) + 1
    number = rest.partition("]")[0]
    inside = int(number) + 1 if bracket and number.isdigit() else 0
    return min(line + inside, text.count("\n") + 1)
