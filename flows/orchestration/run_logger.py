"""Our log lines in Prefect's log of a flow run."""

import logging
from collections.abc import Iterator
from contextlib import contextmanager

from prefect.logging.handlers import APILogHandler
from prefect.settings import PREFECT_LOGGING_TO_API_ENABLED

from flows.observing.context import working_on
from flows.observing.logs import ROOMS, TextLines, start_logging
from flows.settings import Settings


@contextmanager
def logged_to_run(settings: Settings) -> Iterator[None]:
    """Send what our loggers say in the block to the flow run, with its ids.

    Where POLYCUE_LOG is set, the process writes them to its error output, too.

    Prefect finds the run by its context, which our own threads copy, too; lines without any are
    not sent. Nothing is sent where the settings say so, as for a run from a terminal.
    """
    start_logging(settings)
    if not PREFECT_LOGGING_TO_API_ENABLED.value():
        yield
        return
    handler = APILogHandler()
    handler.setFormatter(TextLines())
    handler.addFilter(lambda _: bool(working_on().run_id))
    loggers = [logging.getLogger(room) for room in ROOMS]
    before = [logger.level for logger in loggers]
    for logger in loggers:
        logger.addHandler(handler)
        if logger.level == logging.NOTSET:
            logger.setLevel(logging.INFO)
    try:
        yield
    finally:
        for logger, level in zip(loggers, before, strict=True):
            logger.removeHandler(handler)
            logger.setLevel(level)
