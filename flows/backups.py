"""A copy of the review database each day, and as many days as wanted."""

import re
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from sqlalchemy import Engine

from flows.errors import write_failure
from review.sql.backing_up import back_up

_NAME = re.compile(r"review-\d{4}-\d{2}-\d{2}\.db")


@dataclass(frozen=True, slots=True, kw_only=True)
class BackedUp:
    """What was done, or would be.

    Attributes:
        made: The copy of today; None when it stood there already, or the server has its own tool.
        removed: Older ones that went.
        own_tool: Whether the database is on a server, which is backed up with ``pg_dump``.
    """

    made: Path | None = None
    removed: tuple[Path, ...] = ()
    own_tool: bool = False


def back_up_daily(
    engine: Engine, folder: Path, today: date, *, keep: int, dry_run: bool = False
) -> BackedUp:
    """Copy an SQLite database into ``review-YYYY-MM-DD.db`` unless that is there; keep the newest.

    Nothing older goes before the copy of today stands.

    Args:
        engine: Of the review database.
        folder: Where the copies are.
        today: By UTC.
        keep: How many copies stay, today's included; 1 at least.
        dry_run: Only tell.

    Raises:
        ReviewDatabaseError: the database is damaged, or the copy cannot be written.
        CannotWriteError: an older copy cannot be removed.
    """
    if engine.dialect.name != "sqlite":
        return BackedUp(own_tool=True)
    target = folder / f"review-{today.isoformat()}.db"
    is_new = not target.exists()
    if is_new and not dry_run:
        back_up(engine, target)
    copies = {path for path in folder.glob("review-*.db") if _NAME.fullmatch(path.name)}
    old = sorted(copies | {target}, reverse=True)[keep:]
    if not dry_run:
        _remove(old)
    return BackedUp(made=target if is_new else None, removed=tuple(old))


def _remove(paths: list[Path]) -> None:
    for path in paths:
        try:
            path.unlink(missing_ok=True)
        except OSError as error:
            raise write_failure(path, error) from error
