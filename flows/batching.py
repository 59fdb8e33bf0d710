"""Many titles, one after the other, in this process; what fails leaves the rest."""

import logging
from collections.abc import Callable, Iterable

from flows.batch_report import BatchReport, TitleEnd, TitleOutcome, outcome_of
from flows.catalogue.titles import Catalogue, WantedTitle
from flows.errors import exit_code_of, in_one_line
from flows.report import TitleReport
from flows.request import LocalizeRequest
from subtitles.errors import PolycueError

logger = logging.getLogger(__name__)

Localize = Callable[[LocalizeRequest], TitleReport]
"""One title from media to review; raises PolycueError for what concerns all of it."""


def localize_batch(
    catalogue: Catalogue,
    localize: Localize,
    told: Callable[[TitleOutcome], None] = lambda _one: None,
) -> BatchReport:
    """Every title in turn: models stay loaded, and never do two of them want memory at once.

    Nothing is remembered between batches: a title that was made finds everything stored. Stopped
    anywhere, the same batch goes on where it was.

    Args:
        catalogue: What is asked for.
        localize: Makes one title.
        told: Hears of each title as it ends.
    """
    return BatchReport(
        titles=tuple(_outcomes(catalogue.titles, localize, told)), faults=catalogue.faults
    )


def _outcomes(
    titles: Iterable[WantedTitle], localize: Localize, told: Callable[[TitleOutcome], None]
) -> Iterable[TitleOutcome]:
    for title in titles:
        outcome = _localized(title, localize)
        told(outcome)
        yield outcome


def _localized(title: WantedTitle, localize: Localize) -> TitleOutcome:
    media = title.request.media
    try:
        return outcome_of(media, localize(title.request))
    except Exception as error:  # whatever it is, the other titles go on
        if not isinstance(error, PolycueError):
            logger.exception("%s failed unexpectedly", media)
        return failed_title(title, in_one_line(error), exit_code_of(error))


def failed_title(title: WantedTitle, error: str, exit_code: int) -> TitleOutcome:
    """A title of which there is nothing."""
    return TitleOutcome(
        media=title.request.media, end=TitleEnd.FAILED, error=error, exit_code=exit_code
    )
