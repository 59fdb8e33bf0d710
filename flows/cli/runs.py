"""``polycue runs``: what was run lately, and how it went."""

from typing import Annotated

import typer


def runs(
    limit: Annotated[int, typer.Option(min=1, max=10_000, help="So many at most.")] = 20,
    failed: Annotated[
        bool, typer.Option("--failed", help="Only those that did not end well.")
    ] = False,
    as_json: Annotated[
        bool, typer.Option("--json", help="Print JSON instead of a table, with all costs.")
    ] = False,
) -> None:
    """List the last runs of this workspace, newest first: titles, batches, publishing, upkeep.

    Exit codes: 0, also when there are none; 7 when the run log cannot be read.
    """
    from flows.cli.run_table import print_runs
    from flows.runs.opening import run_log_for
    from flows.runs.records import NOT_WELL
    from flows.settings import Settings

    settings = Settings()
    states = NOT_WELL if failed else ()
    print_runs(run_log_for(settings).recent(limit, states=states), settings.prices, as_json=as_json)
