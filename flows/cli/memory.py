"""``polycue memory``: the translation memory that approvals make, in and out as TMX."""

from pathlib import Path
from typing import Annotated

import typer

app = typer.Typer(
    help="The translation memory: what was approved, and what other tools export.",
    no_args_is_help=True,
)

Source = Annotated[str | None, typer.Option("--from", help="Only from this language.")]
Target = Annotated[str | None, typer.Option("--to", help="Only into this language, region too.")]


@app.command("import")
def import_file(
    file: Annotated[Path, typer.Argument(help="TMX 1.1 to 1.4b.", show_default=False)],
    title: Annotated[
        str, typer.Option(help="Where it comes from, when the file does not say; its own name.")
    ] = "",
) -> None:
    """Add the units of a file; those that are there already are not added again."""
    from flows.cli.memory_files import import_memory

    for line in import_memory(file, title):
        typer.echo(line)


@app.command("export")
def export_file(
    file: Annotated[Path, typer.Argument(help="The new file, .tmx.", show_default=False)],
    source: Source = None,
    target: Target = None,
    title: Annotated[str, typer.Option(help="Only of this title.")] = "",
) -> None:
    """Write the memory as TMX 1.4b; nobody is named in it."""
    from flows.cli.memory_files import export_memory
    from subtitles.language import parse_language

    line = export_memory(
        file,
        source=parse_language(source) if source else None,
        target=parse_language(target) if target else None,
        title=title,
    )
    typer.echo(line)


@app.command("stats")
def stats(as_json: Annotated[bool, typer.Option("--json", help="As JSON.")] = False) -> None:
    """Say how much there is for each pair of languages."""
    from flows.cli.memory_files import memory_json, memory_lines

    for line in [memory_json()] if as_json else memory_lines():
        typer.echo(line)
