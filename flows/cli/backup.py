"""``polycue backup``: a copy of the review database."""

from pathlib import Path
from typing import Annotated

import typer


def backup(
    file: Annotated[Path, typer.Argument(help="New file for the copy.", show_default=False)],
) -> None:
    """Copy the review database into a file, while people go on working.

    With POLYCUE_DATABASE_URL set to that file, or with the file put in the place of the database,
    everything is as it was. A PostgreSQL server is backed up with pg_dump.
    """
    from flows.settings import Settings
    from review.sql.backing_up import back_up
    from review.sql.database import open_database

    engine = open_database(Settings().review_database_url)
    back_up(engine, file)
    typer.echo(str(file))
