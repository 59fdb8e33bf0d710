"""What is asked for: of a film (also the parameter of the Prefect flow), or of a subtitle file."""

from abc import ABC, abstractmethod
from pathlib import Path
from typing import Annotated, Literal

from pydantic import AfterValidator, BaseModel, ConfigDict, Field

from flows.delivering.naming import checked_naming
from flows.file_names import title_in_name
from flows.names import checked_names
from flows.settings import Tier
from review.texts import clean_name
from subtitles.formats.registry import format_of
from subtitles.language import LanguageTag, parse_language
from subtitles.style.layers import known_clients
from subtitles.style.profile import Audience, Kind, StyleProfile, UnknownStyleError, load_profile


def parse_client(name: str) -> str:
    """The name of a house style, empty for none; UnknownStyleError for one there is not."""
    known = tuple(client for client, _ in known_clients())
    if name and name not in known:
        raise UnknownStyleError("client", name, known)
    return name


def parse_project(name: str) -> str:
    """The name of a project as it is kept, empty for none; InvalidEditError for what is none."""
    return clean_name(name) if name.strip() else ""


Language = Annotated[str, AfterValidator(parse_language)]
Client = Annotated[str, AfterValidator(parse_client)]
Project = Annotated[str, AfterValidator(parse_project)]


Naming = Annotated[str, AfterValidator(checked_naming)]


def _known_format(extension: str) -> str:
    return format_of(extension).extension


Format = Annotated[str, AfterValidator(_known_format)]
Names = Annotated[tuple[str, ...], AfterValidator(checked_names)]
Speakers = Literal["off", "channels", "voices", "auto"]


class TargetsRequest(BaseModel, ABC):
    """The languages wanted, and what they are to look like."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    targets: tuple[Language, ...] = ()
    """Languages to translate into; the source language is no target."""

    out: Path | None = None
    """Folder for the files; beside the source when not given."""

    tier: Tier | None = None
    """Which models serve; the settings' tier when not given."""

    translation_model: Path | None = None
    """Folder of a translation model, instead of the tier's."""

    llm: bool = False
    """Whether the chat endpoint of the settings translates; the text goes there."""

    client: Client = ""
    """Whose house style the subtitles keep; empty for none."""

    audience: Audience = "adult"
    """Who reads."""

    kind: Kind = "subtitle"
    """Translation subtitles, SDH or a template."""

    formats: tuple[Format, ...] = ("srt", "vtt")
    """Which files are written, by their extensions."""

    glossaries: tuple[Path, ...] = ()
    """Files with the show's words, after those of the settings; a later one overrides."""

    resegment: bool = False
    """Whether cues of one sentence may be joined where that reads better."""

    naming: Naming = ""
    """How files are named: a preset or a template; the settings' naming when empty."""

    memory: bool = True
    """Whether what was approved before is used."""

    project: Project = ""
    """The project the title belongs to in review, made when it is new; empty leaves it as it is."""

    @property
    @abstractmethod
    def source_file(self) -> Path:
        """What is translated."""

    @property
    @abstractmethod
    def stem(self) -> str:
        """The title as files and people name it."""

    @property
    def is_reviewed(self) -> bool:
        """Whether drafts are put into the review queue."""
        return True

    @property
    def delivered(self) -> tuple[LanguageTag, ...]:
        """Languages that files are written in."""
        return tuple(map(LanguageTag, self.targets))

    @property
    def out_folder(self) -> Path:
        """Where the files go."""
        return self.out if self.out is not None else self.source_file.parent

    def profile(self, language: LanguageTag) -> StyleProfile:
        """The style that cues of this title in that language keep.

        Raises:
            UnservedStyleError: the client has none for it.
        """
        return load_profile(language, audience=self.audience, kind=self.kind, client=self.client)


class LocalizeRequest(TargetsRequest):
    """One film and the languages wanted of it; the language of the speech is always made."""

    media: Path
    """The media file."""

    language: Language | None = None
    """Language of the speech; detected when not given."""

    audio_stream: int | None = Field(default=None, ge=0)
    """Number among the audio streams; the container's default when not given."""

    speech_model: Path | None = None
    """Folder of a converted Whisper model, instead of the tier's."""

    names: Names = ()
    """Names and terms to expect in the speech."""

    listen_for: Names | None = None
    """Words to expect in the speech instead of names and those of glossaries; set where drafts are
    redone, so that words that have changed do not alone have a title recognised again."""

    speakers: Speakers = "off"
    """How voices are told apart: by stereo channels, by how they sound, by what fits; or not."""

    shot_changes: bool = True
    """Whether the picture is searched for shot changes, to time the cues by."""

    @property
    def source_file(self) -> Path:
        """The media file."""
        return self.media

    @property
    def delivered(self) -> tuple[LanguageTag, ...]:
        """The spoken language, ``und`` while nobody knows it, and the targets."""
        return (LanguageTag(self.language or "und"), *map(LanguageTag, self.targets))

    @property
    def stem(self) -> str:
        """Of the media file."""
        return self.media.stem


class TranslateRequest(TargetsRequest):
    """One subtitle file and the languages wanted of it."""

    file: Path
    """The subtitles."""

    language: Language | None = None
    """Of the subtitles; from the file's name, or what it says, when not given."""

    encoding: str | None = None
    """Of the file; guessed when not given."""

    repair: bool = False
    """Whether faults of the file are mended."""

    media: Path | None = None
    """The film, for its frame rate, its length and the shot changes that a run has found."""

    find_shots: bool = False
    """Whether the film is searched for shot changes when none are known."""

    review: bool = False
    """Whether drafts are put into the review queue."""

    @property
    def source_file(self) -> Path:
        """The subtitles."""
        return self.file

    @property
    def stem(self) -> str:
        """The file's name without its language."""
        return title_in_name(self.file.name)

    @property
    def is_reviewed(self) -> bool:
        """As asked for."""
        return self.review
