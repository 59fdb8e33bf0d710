"""``polycue translate``: existing subtitles into other languages."""

from pathlib import Path
from typing import Annotated

import typer

from flows.cli.profiles import AudienceName, Client, KindName
from flows.cli.translation_options import (
    AsJson,
    Audience,
    DryRun,
    Formats,
    Glossaries,
    Kind,
    Llm,
    Naming,
    NoMemory,
    Project,
    Quiet,
    Resegment,
    Targets,
    TierName,
    TranslationModel,
)


def translate(  # noqa: PLR0913 - each is an option of the command
    file: Annotated[Path, typer.Argument(help="The subtitle file.", show_default=False)],
    to: Targets = "",
    language: Annotated[
        str | None,
        typer.Option("--from", help="Its language (else from its name, or what it says)."),
    ] = None,
    out: Annotated[
        Path | None, typer.Option(help="Folder for the files (default: beside FILE).")
    ] = None,
    formats: Formats = "srt,vtt",
    naming: Naming = "",
    tier: TierName = None,
    translation_model: TranslationModel = None,
    llm: Llm = False,
    glossary: Glossaries = None,
    no_memory: NoMemory = False,
    resegment: Resegment = False,
    client: Client = "",
    audience: Audience = AudienceName.ADULT,
    kind: Kind = KindName.SUBTITLE,
    media: Annotated[
        Path | None,
        typer.Option(help="The film: frame rate, length, and shot changes a run has found."),
    ] = None,
    find_shots: Annotated[
        bool, typer.Option("--find-shots", help="Search --media for shot changes (minutes).")
    ] = False,
    encoding: Annotated[
        str | None, typer.Option(help="Encoding of FILE, such as cp1250 (else guessed).")
    ] = None,
    repair: Annotated[
        bool, typer.Option("--repair", help="Mend faults of FILE instead of refusing it.")
    ] = False,
    review: Annotated[
        bool, typer.Option("--review", help="Put the drafts into the review queue, too.")
    ] = False,
    project: Project = "",
    dry_run: DryRun = False,
    as_json: AsJson = False,
    quiet: Quiet = False,
) -> int:
    """Translate one subtitle file; what was translated before is not translated again."""
    from flows.cli.translate_file import run_translation
    from flows.delivering.naming import checked_naming
    from flows.pipeline import parse_targets
    from flows.request import TranslateRequest, parse_client, parse_project
    from subtitles.formats.registry import parse_formats
    from subtitles.language import parse_language

    request = TranslateRequest(
        file=file.absolute(),
        targets=parse_targets(to),
        language=parse_language(language) if language else None,
        out=out.absolute() if out else None,
        formats=parse_formats(formats),
        naming=checked_naming(naming),
        tier=tier.value if tier else None,
        translation_model=translation_model.absolute() if translation_model else None,
        llm=llm,
        glossaries=tuple(path.absolute() for path in glossary or ()),
        memory=not no_memory,
        resegment=resegment,
        client=parse_client(client),
        project=parse_project(project),
        audience=audience.value,
        kind=kind.value,
        media=media.absolute() if media else None,
        find_shots=find_shots,
        encoding=encoding,
        repair=repair,
        review=review,
    )
    return run_translation(request, dry_run=dry_run, as_json=as_json, quiet=quiet)
