"""``polycue convert``: one subtitle file into another format."""

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer


class RtlMarks(StrEnum):
    """How rows of right-to-left scripts are marked for players that misplace punctuation."""

    NONE = "none"
    RLM = "rlm"
    EMBED = "embed"


def convert(  # noqa: PLR0913 - each is an option of the command
    source: Annotated[Path, typer.Argument(metavar="IN", help="The file.", show_default=False)],
    target: Annotated[
        Path, typer.Argument(metavar="OUT", help="The new file; its ending names the format.")
    ],
    encoding: Annotated[
        str | None, typer.Option("--from", help="Encoding of IN, such as cp1250 (else guessed).")
    ] = None,
    repair: Annotated[
        bool, typer.Option("--repair", help="Mend faults and list them, instead of refusing.")
    ] = False,
    lang: Annotated[str | None, typer.Option(help="Language of IN, such as pt-BR.")] = None,
    frame_rate: Annotated[
        str, typer.Option(help="Of the picture, for formats that count frames: 23.976, 25 …")
    ] = "",
    over: Annotated[
        Path | None,
        typer.Option("--bilingual", help="Subtitles in another language, shown above these."),
    ] = None,
    rtl_marks: Annotated[
        RtlMarks, typer.Option(help="Direction marks in rows of Arabic, Hebrew and their like.")
    ] = RtlMarks.NONE,
    offset: Annotated[int, typer.Option(help="Move all times, in milliseconds.")] = 0,
    speed: Annotated[str, typer.Option(help="New frame rate over old, such as 25/23.976.")] = "",
) -> None:
    """Convert one subtitle file; say what was guessed, mended and lost."""
    from flows.cli.converting import Conversion, convert_file
    from flows.cli.frame_rates import parse_frame_rate, parse_speed
    from subtitles.language import parse_language

    conversion = Conversion(
        source=source,
        target=target,
        encoding=encoding,
        repair=repair,
        language=parse_language(lang) if lang else None,
        frame_rate=parse_frame_rate(frame_rate) if frame_rate else None,
        over=over,
        rtl_marks=rtl_marks.value,
        offset_ms=offset,
        speed=parse_speed(speed) if speed else None,
    )
    for line in convert_file(conversion):
        typer.echo(line)
