"""What is wanted of a title that was run before: as asked last, brought up to date."""

from pydantic import ValidationError

from flows.artifacts.store import ArtifactStore
from flows.errors import UnreadableRequestError
from flows.request import LocalizeRequest
from flows.runs.port import RunLog
from flows.runs.records import RunKind
from flows.stages.listened_for import listened_for
from review.titles import ReviewedTitle, Titles


def wanted_again(
    media_id: str, log: RunLog, titles: Titles, store: ArtifactStore
) -> LocalizeRequest | None:
    """The request with which a film was run last; None for one that no run of a film is known of.

    Raises:
        UnreadableRequestError: the run is of a version that asked otherwise.
        StorageError: the run log does not answer.
        ReviewDatabaseError: the review database does not.
    """
    record = log.latest(media_id, {RunKind.TITLE})
    if record is None:
        return None
    try:
        asked = LocalizeRequest.model_validate_json(record.request)
    except ValidationError as error:
        raise UnreadableRequestError(record.title, record.run_id) from error
    # Words that have changed since do not have it recognised again; a run that somebody asks for
    # does.
    asked = asked.model_copy(update={"listen_for": listened_for(store, asked.media)})
    reviewed = titles.titles(media_id=media_id)
    return up_to_date(asked, reviewed[0]) if reviewed else asked


def up_to_date(asked: LocalizeRequest, reviewed: ReviewedTitle) -> LocalizeRequest:
    """With every language in which it is in review, and as part of the project in which it is now.

    Earlier runs may have asked for other languages than the last one, and people move titles
    between projects.
    """
    targets = dict.fromkeys((*asked.targets, *reviewed.translations))
    return asked.model_copy(update={"targets": tuple(targets), "project": reviewed.project})
