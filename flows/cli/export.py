"""``polycue export``: approved subtitles out of the review queue."""

from pathlib import Path
from typing import Annotated

import typer


def export(
    title: Annotated[
        str, typer.Argument(help="Title (file stem) or the beginning of a task id.")
    ] = "",
    language: Annotated[str | None, typer.Option(help="Only this language.")] = None,
    out: Annotated[Path, typer.Option(help="Folder for the files.")] = Path(),
    formats: Annotated[
        str,
        typer.Option(
            "--formats",
            "--format",
            help="Files: srt, vtt, ttml, scc, ass, txt, json; of approved text also bilingual.srt, "
            "bilingual.vtt, manifest.json.",
        ),
    ] = "srt",
    draft: Annotated[
        bool, typer.Option("--draft", help="Also tasks nobody has approved yet; marked .draft.")
    ] = False,
) -> None:
    """Write the approved subtitles of one title, or of all."""
    from flows.cli.exporting import export_tasks, parse_files
    from subtitles.language import parse_language

    written = export_tasks(
        title=title,
        language=parse_language(language) if language else None,
        folder=out,
        formats=parse_files(formats),
        with_drafts=draft,
    )
    for path in written:
        typer.echo(str(path))
