"""``polycue glossary``: check files of the show's words, and convert them."""

from pathlib import Path
from typing import Annotated

import typer

app = typer.Typer(help="The show's words: check a file, convert it.", no_args_is_help=True)

Language = Annotated[
    str | None, typer.Option(help="Language of the terms, when the file does not say.")
]


@app.command("check")
def check(
    file: Annotated[Path, typer.Argument(help="CSV or TBX.", show_default=False)],
    lang: Language = None,
) -> None:
    """Say what is in a glossary, and every fault with its line (exit code 6)."""
    from flows.cli.glossary_report import checked_lines
    from subtitles.language import parse_language

    for line in checked_lines(file, parse_language(lang) if lang else None):
        typer.echo(line)


@app.command("convert")
def convert(
    source: Annotated[Path, typer.Argument(metavar="IN", help="CSV or TBX.", show_default=False)],
    target: Annotated[
        Path, typer.Argument(metavar="OUT", help="The new file, .csv or .tbx.", show_default=False)
    ],
    lang: Language = None,
) -> None:
    """Write a glossary in another format; the new file is read back and compared first."""
    from flows.cli.glossary_report import convert_glossary
    from subtitles.language import parse_language

    typer.echo(convert_glossary(source, target, parse_language(lang) if lang else None))
