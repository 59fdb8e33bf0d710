"""``polycue up``, ``down`` and ``system``: everything on this machine, with one command."""

import json
import shlex
from dataclasses import asdict
from typing import Annotated

import typer


def up(
    foreground: Annotated[
        bool, typer.Option("--foreground", help="Stay until Ctrl-C, for service managers.")
    ] = False,
) -> None:
    """Start Prefect's server, a worker, the dispatcher and the reviewer form."""
    from flows.orchestration.system.control import bring_up, supervise
    from flows.orchestration.system.state import SystemState
    from flows.settings import Settings

    settings = Settings()
    if foreground:
        supervise(settings)
        return
    shown: dict[str, str] = {}

    def tell(state: SystemState) -> None:
        for part in state.parts:
            if part.state == "ready" and shown.get(part.name) != "ready":
                typer.echo(f"  {part.name} is ready", err=True)
            shown[part.name] = part.state

    typer.echo("Starting (the first time takes a minute)", err=True)
    state = bring_up(settings, tell)
    typer.echo(f"Reviewer form:    {state.form_url}")
    typer.echo(f"Prefect's pages:  {state.prefect_url}")
    typer.echo(f"Its password:     {settings.workspace / 'system' / 'prefect-auth'}")
    typer.echo(f"Logs:             {settings.workspace / 'logs'}")
    typer.echo('Use it from here: eval "$(polycue system --env)"; stop it: polycue down')


def down() -> None:
    """Stop all of it and leave nothing behind; work goes on where it stopped after the next up."""
    from flows.orchestration.system.control import bring_down
    from flows.settings import Settings

    typer.echo("stopped" if bring_down(Settings()) else "nothing was running")


def system(
    env: Annotated[
        bool, typer.Option("--env", help="Print what a shell needs to use this system.")
    ] = False,
    as_json: Annotated[bool, typer.Option("--json", help="Print it as JSON.")] = False,
) -> None:
    """Say what runs."""
    from flows.errors import UsageError
    from flows.orchestration.system.control import running, site_of
    from flows.settings import Settings

    settings = Settings()
    state = running(settings)
    if env:
        if state is None:
            raise UsageError("no system runs in this workspace: start one with `polycue up`")
        for name, value in site_of(settings).client_environment().items():
            typer.echo(f"export {name}={shlex.quote(value)}")
    elif as_json:
        typer.echo(json.dumps(None if state is None else asdict(state), indent=1))
    elif state is None:
        typer.echo("nothing runs")
    else:
        typer.echo(f"{state.phase.value}: form {state.form_url}, Prefect {state.prefect_url}")
        for part in state.parts:
            again = f", started again {part.restarts} times ({part.problem})" * bool(part.restarts)
            typer.echo(f"  {part.name:<11} {part.state:<9} process {part.pid}{again}")
