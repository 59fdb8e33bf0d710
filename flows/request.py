"""What a run is asked to do; also the parameter of the Prefect flow."""

from pathlib import Path
from typing import Annotated, Literal

from pydantic import AfterValidator, BaseModel, ConfigDict, Field

from flows.names import checked_names
from flows.settings import Tier
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


Language = Annotated[str, AfterValidator(parse_language)]
Client = Annotated[str, AfterValidator(parse_client)]


def _known_format(extension: str) -> str:
    return format_of(extension).extension


Format = Annotated[str, AfterValidator(_known_format)]
Names = Annotated[tuple[str, ...], AfterValidator(checked_names)]
Speakers = Literal["off", "channels", "voices", "auto"]


class LocalizeRequest(BaseModel):
    """One title and the languages wanted of it."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    media: Path
    """The media file."""

    targets: tuple[Language, ...] = ()
    """Languages to translate into; the language of the speech is always made."""

    language: Language | None = None
    """Language of the speech; detected when not given."""

    audio_stream: int | None = Field(default=None, ge=0)
    """Number among the audio streams; the container's default when not given."""

    out: Path | None = None
    """Folder for the files; beside the media when not given."""

    tier: Tier | None = None
    """Which models serve; the settings' tier when not given."""

    speech_model: Path | None = None
    """Folder of a converted Whisper model, instead of the tier's."""

    translation_model: Path | None = None
    """Folder of a converted translation model, instead of the tier's."""

    client: Client = ""
    """Whose house style the subtitles keep; empty for none."""

    audience: Audience = "adult"
    """Who reads."""

    kind: Kind = "subtitle"
    """Translation subtitles, SDH or a template."""

    formats: tuple[Format, ...] = ("srt", "vtt")
    """Which files are written, by their extensions."""

    names: Names = ()
    """Names and terms to expect in the speech."""

    speakers: Speakers = "off"
    """How voices are told apart: by stereo channels, by how they sound, by what fits; or not."""

    shot_changes: bool = True
    """Whether the picture is searched for shot changes, to time the cues by."""

    @property
    def stem(self) -> str:
        """The title as files and people name it."""
        return self.media.stem

    @property
    def out_folder(self) -> Path:
        """Where the files go."""
        return self.out if self.out is not None else self.media.parent

    def profile(self, language: LanguageTag) -> StyleProfile:
        """The style that cues of this title in that language keep.

        Raises:
            UnservedStyleError: the client has none for it.
        """
        return load_profile(language, audience=self.audience, kind=self.kind, client=self.client)
