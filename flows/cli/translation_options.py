"""Options of every command that translates."""

from pathlib import Path
from typing import Annotated

import typer

TranslationModel = Annotated[
    Path | None, typer.Option(help="Folder of a converted translation model to use instead.")
]
Glossaries = Annotated[
    list[Path] | None,
    typer.Option(
        "--glossary",
        help="The show's words, CSV or TBX; again for more, a later file overriding.",
        show_default=False,
    ),
]
Resegment = Annotated[
    bool,
    typer.Option(
        "--resegment",
        help="Join cues of one sentence where that reads better (default: one for one).",
    ),
]
NoMemory = Annotated[
    bool, typer.Option("--no-memory", help="Use nothing of what was approved before.")
]
Formats = Annotated[str, typer.Option(help="Files to write: srt, vtt, ttml, scc, ass, txt, json.")]
