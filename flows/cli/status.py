"""``polycue status``: how a title stands in every language."""

from typing import Annotated

import typer


def status(
    title: Annotated[
        str,
        typer.Argument(
            help="Title, path of the film or file, or the beginning of a media id (6 letters).",
            show_default=False,
        ),
    ],
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON instead of a table.")] = False,
) -> None:
    """Tell what was made of a title: drafts, review, what is published, the last run.

    Exit codes: 0 when the title is known, 2 when it is not, 7 when the run log or the review
    database cannot be read.
    """
    from flows.cli.status_table import print_standings
    from flows.errors import UsageError
    from flows.runs.opening import run_log_for
    from flows.settings import Settings
    from flows.standing import standings_of
    from review.sql.overview import SqlOverview

    settings = Settings()
    overview = SqlOverview(settings.review_database_url)
    folder = str(settings.publish_folder)
    found = standings_of(title, run_log_for(settings), overview, publish_folder=folder)
    if not found:
        raise UsageError(
            f"no run and no review task is known of {title!r} in this workspace: "
            "`polycue runs` lists the last runs"
        )
    print_standings(found, as_json=as_json)
