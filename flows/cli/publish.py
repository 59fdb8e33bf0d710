"""``polycue publish``: what was approved, into the publishing folder."""

from typing import Annotated

import typer


def publish(
    task: Annotated[
        str,
        typer.Argument(help="A title or the beginning of a task id (default: all that waits)."),
    ] = "",
    as_json: Annotated[
        bool, typer.Option("--json", help="Print one JSON object instead of a table.")
    ] = False,
) -> int:
    """Publish what was approved and is not published yet (POLYCUE_PUBLISH_TO)."""
    from flows.cli.publish_output import print_publication
    from flows.publishing import publish_approved
    from flows.settings import Settings

    report = publish_approved(Settings(), task_id=task or None)
    print_publication(report, as_json=as_json)
    return report.exit_code
