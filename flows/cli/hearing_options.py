"""Options of every command that recognises speech."""

from enum import StrEnum
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
