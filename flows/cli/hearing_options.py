"""Options of every command that recognises speech."""

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer


class SpeakersName(StrEnum):
    """How voices are told apart."""

    OFF = "off"
    CHANNELS = "channels"
    VOICES = "voices"
    AUTO = "auto"


Names = Annotated[
    str,
    typer.Option(
        help='Names and terms to expect, with commas between them: "Elinor, Barton Park".',
        show_default=False,
    ),
]
Speakers = Annotated[
    SpeakersName,
    typer.Option(
        help="Tell speakers apart: by stereo channels (interviews), by voices, or auto: "
        "by channels where they tell, else by voices."
    ),
]
SpokenIn = Annotated[str | None, typer.Option(help="Language of the speech (default: detected).")]
AudioStreamNumber = Annotated[
    int | None,
    typer.Option(min=0, help="Number of the audio stream (default: the dialogue, by rules)."),
]
OutFolder = Annotated[
    Path | None, typer.Option(help="Folder for the files (default: beside the media).")
]
SpeechModel = Annotated[
    Path | None, typer.Option(help="Folder of a converted Whisper model to use instead.")
]
NoShotChanges = Annotated[
    bool, typer.Option("--no-shot-changes", help="Do not search the picture for cuts.")
]
