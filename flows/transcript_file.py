"""The transcript of a title as a JSON file, written and read strictly; see docs/transcript.md."""

from typing import Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from asr.media import AudioStream, MediaAsset
from subtitles.doubts import Doubt, DoubtfulSpan
from subtitles.errors import FormatError
from subtitles.language import LanguageTag, UnknownLanguageError, parse_language
from subtitles.signature import EngineSignature
from subtitles.span import Span
from subtitles.words import InvalidTranscriptError, Transcript, Word

EXTENSION = "transcript.json"
"""``json`` alone is the subtitle format of that name."""

_LONGEST_REASON = 100


class MalformedTranscriptError(FormatError):
    """A file that is no transcript of ours; says where in it, and why."""

    def __init__(self, where: str, why: str) -> None:
        super().__init__(where, why)
        self.where, self.why = where, why

    def __str__(self) -> str:
        return (
            f"not a transcript, at {self.where}: {self.why}; "
            "let `polycue transcribe` write the file again"
        )


class _Part(BaseModel):
    model_config = ConfigDict(extra="forbid", strict=True, frozen=True)


class _Media(_Part):
    sha256: str
    duration_ms: int = Field(ge=0)
    audio_stream: int = Field(ge=0)


class _Engine(_Part):
    name: str
    version: str
    model: str
    model_revision: str
    options: dict[str, str]


class _Word(_Part):
    text: str
    start_ms: int = Field(ge=0)
    end_ms: int = Field(ge=0)
    probability: float
    speaker: str = ""
    language: str | None = None
    doubts: tuple[Doubt, ...] = Field(default=(), strict=False)


class _Stretch(_Part):
    start_ms: int = Field(ge=0)
    end_ms: int = Field(ge=0)
    doubts: tuple[Doubt, ...] = Field(min_length=1, strict=False)
    set_aside: str = ""


class _File(_Part):
    format: Literal["polycue-transcript"]
    version: Literal[1]
    title: str
    media: _Media
    engine: _Engine
    language: str
    language_probability: float
    words: tuple[_Word, ...] = Field(strict=False)
    doubts: tuple[_Stretch, ...] = Field(strict=False)


def encode_transcript(
    transcript: Transcript, *, title: str, asset: MediaAsset, stream: AudioStream
) -> bytes:
    """JSON, UTF-8, of what was heard in one audio stream of a title."""
    made_by = transcript.made_by
    file = _File(
        format="polycue-transcript",
        version=1,
        title=title,
        media=_Media(
            sha256=asset.media_id, duration_ms=asset.duration_ms, audio_stream=stream.index
        ),
        engine=_Engine(
            name=made_by.engine,
            version=made_by.engine_version,
            model=made_by.model,
            model_revision=made_by.model_revision,
            options=dict(made_by.options),
        ),
        language=transcript.language,
        language_probability=transcript.language_probability,
        words=tuple(map(_word, transcript.words)),
        doubts=tuple(map(_stretch, transcript.doubts)),
    )
    return file.model_dump_json(indent=1).encode("utf-8") + b"\n"


def decode_transcript(data: bytes) -> Transcript:
    """The transcript in a file.

    Raises:
        MalformedTranscriptError: it is none, or breaks its format.
    """
    try:
        file = _File.model_validate_json(data)
    except ValidationError as error:
        first = error.errors(include_url=False, include_input=False)[0]
        where = ".".join(map(str, first["loc"])) or "its beginning"
        raise MalformedTranscriptError(where, first["msg"][:_LONGEST_REASON]) from error
    engine = file.engine
    try:
        return Transcript(
            media_id=file.media.sha256,
            language=parse_language(file.language),
            language_probability=file.language_probability,
            words=tuple(map(_read_word, file.words)),
            made_by=EngineSignature(
                engine=engine.name,
                engine_version=engine.version,
                model=engine.model,
                model_revision=engine.model_revision,
                options=tuple(sorted(engine.options.items())),
            ),
            doubts=tuple(map(_read_stretch, file.doubts)),
        )
    except (InvalidTranscriptError, UnknownLanguageError) as error:
        raise MalformedTranscriptError("its words", str(error)) from error


def _word(word: Word) -> _Word:
    return _Word(
        text=word.text,
        start_ms=word.span.start_ms,
        end_ms=word.span.end_ms,
        probability=word.probability,
        speaker=word.speaker,
        language=word.language,
        doubts=word.doubts,
    )


def _stretch(doubtful: DoubtfulSpan) -> _Stretch:
    return _Stretch(
        start_ms=doubtful.span.start_ms,
        end_ms=doubtful.span.end_ms,
        doubts=doubtful.doubts,
        set_aside=doubtful.set_aside,
    )


def _read_word(word: _Word) -> Word:
    language: LanguageTag | None = None if word.language is None else parse_language(word.language)
    return Word(
        text=word.text,
        span=_span(word),
        probability=word.probability,
        speaker=word.speaker,
        language=language,
        doubts=word.doubts,
    )


def _read_stretch(stretch: _Stretch) -> DoubtfulSpan:
    return DoubtfulSpan(span=_span(stretch), doubts=stretch.doubts, set_aside=stretch.set_aside)


def _span(part: _Word | _Stretch) -> Span:
    if part.end_ms < part.start_ms:
        raise InvalidTranscriptError(f"{part.start_ms} ms to {part.end_ms} ms runs backwards")
    return Span(part.start_ms, part.end_ms)
