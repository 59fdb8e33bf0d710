"""Options of every command that translates."""

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from flows.cli.profiles import AudienceName, KindName


class Tier(StrEnum):
    """Which models serve."""

    STARTER = "starter"
    STANDARD = "standard"
    STUDIO = "studio"


Targets = Annotated[str, typer.Option(help="Languages to translate into, such as pt-BR,es,fr.")]
TierName = Annotated[
    Tier | None, typer.Option(help="Which models serve (default: POLYCUE_TIER or starter).")
]
Audience = Annotated[AudienceName, typer.Option(help="Who reads.")]
Kind = Annotated[KindName, typer.Option(help="What is read.")]
DryRun = Annotated[bool, typer.Option("--dry-run", help="Print the plan and do nothing.")]
AsJson = Annotated[bool, typer.Option("--json", help="Print one JSON object instead of tables.")]
Quiet = Annotated[bool, typer.Option("--quiet", "-q", help="No progress.")]
TranslationModel = Annotated[
    Path | None, typer.Option(help="Folder of a converted translation model to use instead.")
]
Llm = Annotated[
    bool,
    typer.Option(
        "--llm",
        help="Translate with the chat endpoint of POLYCUE_LLM_BASE_URL and POLYCUE_LLM_MODEL; "
        "the text is sent there (docs/engines.md).",
    ),
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
Project = Annotated[
    str,
    typer.Option(help="Project of the title in review, made when it is new; its words are used."),
]
Naming = Annotated[
    str,
    typer.Option(
        help="How files are named: plain, media-server, broadcaster, or a template such as "
        "{title}.{lang}[.{kind}].{ext} (default: POLYCUE_NAMING or plain).",
        show_default=False,
    ),
]
Formats = Annotated[str, typer.Option(help="Files to write: srt, vtt, ttml, scc, ass, txt, json.")]
