"""What a run is asked to do; also the parameter of the Prefect flow."""

from pathlib import Path
from typing import Annotated

from pydantic import AfterValidator, BaseModel, ConfigDict, Field

from flows.settings import Tier
from subtitles.language import parse_language

Language = Annotated[str, AfterValidator(parse_language)]

FORMATS = ("srt", "vtt")


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

    @property
    def stem(self) -> str:
        """The title as files and people name it."""
        return self.media.stem

    @property
    def out_folder(self) -> Path:
        """Where the files go."""
        return self.out if self.out is not None else self.media.parent
