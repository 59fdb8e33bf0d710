"""``polycue qc``: does a subtitle file keep the rules? For people, and for builds."""

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from flows.cli.profiles import AudienceName, Client, KindName


class ReportFormat(StrEnum):
    """What the report is written as."""

    HTML = "html"
    JSON = "json"
    CSV = "csv"


class FailOn(StrEnum):
    """The least that makes the command end with code 11."""

    ERROR = "error"
    WARNING = "warning"
    NEVER = "never"


def qc(  # noqa: PLR0913 - each is an option of the command
    file: Annotated[Path, typer.Argument(help="The subtitle file.", show_default=False)],
    lang: Annotated[
        str | None, typer.Option(help="Its language (else from its name, or what it says).")
    ] = None,
    client: Client = "",
    audience: Annotated[AudienceName, typer.Option(help="Who reads.")] = AudienceName.ADULT,
    kind: Annotated[KindName, typer.Option(help="What is read.")] = KindName.SUBTITLE,
    source: Annotated[
        Path | None, typer.Option(help="The subtitles it is a translation of.")
    ] = None,
    source_lang: Annotated[
        str | None, typer.Option(help="Language of --source (else as for FILE).")
    ] = None,
    media: Annotated[
        Path | None,
        typer.Option(help="The film: frame rate, length, and shot changes a run has found."),
    ] = None,
    find_shots: Annotated[
        bool, typer.Option("--find-shots", help="Search --media for shot changes (minutes).")
    ] = False,
    shots: Annotated[
        Path | None, typer.Option(help="Shot changes: a time a line, 75.48 or 00:01:15.480.")
    ] = None,
    frame_rate: Annotated[str, typer.Option(help="Of the picture: 23.976, 25 …")] = "",
    encoding: Annotated[
        str | None, typer.Option("--from", help="Encoding of FILE, such as cp1250 (else guessed).")
    ] = None,
    repair: Annotated[
        bool, typer.Option("--repair", help="Mend faults of the file before it is checked.")
    ] = False,
    report: Annotated[
        ReportFormat | None, typer.Option(help="Write a report (else by the ending of --out).")
    ] = None,
    out: Annotated[
        str | None, typer.Option(help="File of the report; - is standard output, the default.")
    ] = None,
    fail_on: Annotated[FailOn, typer.Option(help="What ends with code 11.")] = FailOn.ERROR,
) -> None:
    """Check one subtitle file against the rules of its language; changes nothing."""
    from flows.cli.checking import FileCheck, check_file
    from flows.cli.checking_output import finish, wanted_output
    from flows.cli.frame_rates import parse_frame_rate
    from subtitles.language import parse_language

    output = wanted_output(report.value if report else None, out)
    check = FileCheck(
        file=file,
        language=parse_language(lang) if lang else None,
        client=client,
        audience=audience.value,
        kind=kind.value,
        source=source,
        source_language=parse_language(source_lang) if source_lang else None,
        media=media,
        find_shots=find_shots,
        shots=shots,
        frame_rate=parse_frame_rate(frame_rate) if frame_rate else None,
        encoding=encoding,
        repair=repair,
    )
    finish(check_file(check), output, file, fail_on.value)
