"""``polycue users``: who may log in to the reviewer form."""

import sys
from enum import StrEnum
from typing import Annotated

import typer

app = typer.Typer(help="Who may log in to the reviewer form.", no_args_is_help=True)


class RoleName(StrEnum):
    """What a person may do."""

    GUEST = "guest"
    VIEWER = "viewer"
    LINGUIST = "linguist"
    LEAD = "lead"
    ADMIN = "admin"


@app.command("add")
def add(
    name: Annotated[str, typer.Argument(help="Name to log in with.")],
    role: Annotated[RoleName, typer.Option(help="What this person may do.")] = RoleName.LINGUIST,
    password_stdin: Annotated[
        bool, typer.Option("--password-stdin", help="Read the password from standard input.")
    ] = False,
) -> None:
    """Add a person; asks for a password (10 characters or more)."""
    from flows.review_wiring import open_people
    from review.tasks import Role

    user = open_people().add_user(name, _password(from_stdin=password_stdin), Role(role.value))
    typer.echo(f"{user.name} may log in as {user.role.value}")


@app.command("passwd")
def passwd(
    name: Annotated[str, typer.Argument(help="Name of the person.")],
    password_stdin: Annotated[
        bool, typer.Option("--password-stdin", help="Read the password from standard input.")
    ] = False,
) -> None:
    """Set a new password; ends every session of that person."""
    from flows.review_wiring import open_people

    open_people().set_password(name, _password(from_stdin=password_stdin))
    typer.echo(f"new password set for {name}")


@app.command("role")
def role(
    name: Annotated[str, typer.Argument(help="Name of the person.")],
    new: Annotated[RoleName, typer.Argument(metavar="ROLE", help="What this person may do.")],
) -> None:
    """Give a person another role everywhere; projects and languages are set in the form."""
    from flows.review_wiring import open_people
    from review.tasks import Role

    user = open_people().set_role(name, Role(new.value))
    typer.echo(f"{user.name} is now {user.role.value}")


@app.command("list")
def list_users() -> None:
    """List everybody."""
    from flows.review_wiring import open_people

    for user in open_people().users():
        typer.echo(f"{user.name}\t{user.role.value}{'' if user.is_active else '  (inactive)'}")


def _password(*, from_stdin: bool) -> str:
    if from_stdin:
        return sys.stdin.readline().rstrip("\n")
    password: str = typer.prompt("Password", hide_input=True, confirmation_prompt=True)
    return password
