"""``polycue profiles``: the limits and the print of every language, and where they come from."""

from enum import StrEnum
from typing import Annotated

import typer

app = typer.Typer(
    help="Style profiles: limits per language and house, with their sources.", no_args_is_help=True
)


class AudienceName(StrEnum):
    """Who reads."""

    ADULT = "adult"
    CHILDREN = "children"


class KindName(StrEnum):
    """What is read."""

    SUBTITLE = "subtitle"
    SDH = "sdh"
    TEMPLATE = "template"


Client = Annotated[str, typer.Option(help="House style, as `polycue profiles list` names it.")]


@app.command("list")
def list_all(client: Client = "") -> None:
    """List every language with its limits, and every house style."""
    from flows.cli.profile_table import print_clients, print_languages

    print_languages(client)
    if not client:
        print_clients()


@app.command("show")
def show(
    language: Annotated[str, typer.Argument(help="Language tag, such as pt-BR.")],
    client: Client = "",
    audience: Annotated[AudienceName, typer.Option(help="Who reads.")] = AudienceName.ADULT,
    kind: Annotated[KindName, typer.Option(help="What is read.")] = KindName.SUBTITLE,
    as_json: Annotated[bool, typer.Option("--json", help="Everything, as JSON.")] = False,
) -> None:
    """Show every value of a style: the file that states it, its source, when it was checked."""
    from flows.cli.profile_table import print_profile, profile_json
    from subtitles.language import parse_language
    from subtitles.style.layers import explain
    from subtitles.style.profile import load_profile

    tag = parse_language(language)
    profile = load_profile(tag, audience=audience.value, kind=kind.value, client=client)
    values = explain(tag, audience=audience.value, kind=kind.value, client=client)
    if as_json:
        typer.echo(profile_json(profile, values))
    else:
        print_profile(profile, values)
