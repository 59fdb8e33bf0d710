"""``polycue translate``: existing subtitles into other languages."""

from pathlib import Path
from typing import Annotated

import typer

from flows.cli.profiles import AudienceName, Client, KindName
from flows.cli.run import Tier
from flows.cli.translation_options import Formats, Glossaries, NoMemory, Resegment, TranslationModel


def translate(  # noqa: PLR0913 - each is an option of the command
    file: Annotated[Path, typer.Argument(help="The subtitle file.", show_default=False)],
    to: Annotated[str, typer.Option(help="Languages to translate into, such as pt-BR,es,fr.")] = "",
    language: Annotated[
        str | None,
        typer.Option("--from", help="Its language (else from its name, or what it says)."),
    ] = None,
    out: Annotated[
        Path | None, typer.Option(help="Folder for the files (default: beside FILE).")
    ] = None,
    formats: Formats = "srt,vtt",
    tier: Annotated[
        Tier | None, typer.Option(help="Which models serve (default: POLYCUE_TIER or starter).")
    ] = None,
    translation_model: TranslationModel = None,
    glossary: Glossaries = None,
    no_memory: NoMemory = False,
    resegment: Resegment = False,
    client: Client = "",
    audience: Annotated[AudienceName, typer.Option(help="Who reads.")] = AudienceName.ADULT,
    kind: Annotated[KindName, typer.Option(help="What is read.")] = KindName.SUBTITLE,
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
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Print the plan and do nothing.")
    ] = False,
    as_json: Annotated[
        bool, typer.Option("--json", help="Print one JSON object instead of tables.")
    ] = False,
    quiet: Annotated[bool, typer.Option("--quiet", "-q", help="No progress.")] = False,
) -> int:
    """Translate one subtitle file; what was translated before is not translated again."""
    from flows.cli.translate_file import run_translation
    from flows.pipeline import parse_targets
    from flows.request import TranslateRequest, parse_client
    from subtitles.formats.registry import parse_formats
    from subtitles.language import parse_language

    request = TranslateRequest(
        file=file.absolute(),
        targets=parse_targets(to),
        language=parse_language(language) if language else None,
        out=out.absolute() if out else None,
        formats=parse_formats(formats),
        tier=tier.value if tier else None,
        translation_model=translation_model.absolute() if translation_model else None,
        glossaries=tuple(path.absolute() for path in glossary or ()),
        memory=not no_memory,
        resegment=resegment,
        client=parse_client(client),
        audience=audience.value,
        kind=kind.value,
        media=media.absolute() if media else None,
        find_shots=find_shots,
        encoding=encoding,
        repair=repair,
        review=review,
    )
    return run_translation(request, dry_run=dry_run, as_json=as_json, quiet=quiet)
