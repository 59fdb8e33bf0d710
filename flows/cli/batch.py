"""``polycue batch``: many titles."""

from pathlib import Path
from typing import Annotated

import typer

from flows.cli.hearing_options import OutFolder, SpokenIn
from flows.cli.profiles import AudienceName, Client, KindName
from flows.cli.run import Engine, EngineName
from flows.cli.translation_options import (
    AsJson,
    Audience,
    Formats,
    Glossaries,
    Kind,
    Naming,
    Project,
    Quiet,
    Targets,
    TierName,
)


def batch(  # noqa: PLR0913 - each is an option of the command
    source: Annotated[
        Path,
        typer.Argument(
            help="A folder of films, or a manifest (.csv, .jsonl) with a title a row.",
            show_default=False,
        ),
    ],
    to: Targets = "",
    out: OutFolder = None,
    language: SpokenIn = None,
    tier: TierName = None,
    glossary: Glossaries = None,
    formats: Formats = "srt,vtt",
    naming: Naming = "",
    client: Client = "",
    audience: Audience = AudienceName.ADULT,
    kind: Kind = KindName.SUBTITLE,
    project: Project = "",
    recursive: Annotated[
        bool, typer.Option("--recursive", "-r", help="Folders in the folder, too.")
    ] = False,
    watch: Annotated[
        bool,
        typer.Option("--watch", help="Stay, and take every film that comes into the folder."),
    ] = False,
    engine: EngineName = Engine.AUTO,
    as_json: AsJson = False,
    quiet: Quiet = False,
) -> int:
    """Turn many titles into subtitles and park them for review.

    What a manifest says of a title goes before the options. Stopped anywhere, the same command goes
    on where it was.
    """
    from flows.batch_request import BatchRequest
    from flows.cli.batch_titles import BatchOptions, run_batch
    from flows.delivering.naming import checked_naming
    from flows.pipeline import parse_targets
    from flows.request import LocalizeRequest, parse_client, parse_project
    from subtitles.formats.registry import parse_formats
    from subtitles.language import parse_language

    usual = LocalizeRequest(
        media=Path(),
        targets=parse_targets(to),
        language=parse_language(language) if language else None,
        out=out.absolute() if out else None,
        tier=tier.value if tier else None,
        glossaries=tuple(path.absolute() for path in glossary or ()),
        formats=parse_formats(formats),
        naming=checked_naming(naming),
        client=parse_client(client),
        audience=audience.value,
        kind=kind.value,
        project=parse_project(project),
    )
    request = BatchRequest(source=source.absolute(), recursive=recursive, usual=usual)
    options = BatchOptions(engine=engine.value, watch=watch, as_json=as_json, quiet=quiet)
    return run_batch(request, options)
