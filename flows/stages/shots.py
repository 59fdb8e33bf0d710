"""Video to shot changes; runs beside recognition, and never fails a title."""

import logging
from collections.abc import Callable

from asr.errors import DamagedMediaError
from asr.media import MediaAsset
from asr.picture.shots import ShotChanges, ShotFinder
from flows.artifacts.codec import JsonCodec
from flows.progress import current_progress
from flows.stages.once import Stage

LABEL = "Finding shot changes"

SHOTS = JsonCodec(ShotChanges)

logger = logging.getLogger(__name__)


def shots_stage(
    asset: MediaAsset, finder: ShotFinder, *, check: Callable[[], None] = lambda: None
) -> Stage[ShotChanges]:
    """The cuts of the asset's video; a video that cannot be decoded has none, of 0 frames.

    Args:
        asset: With a video.
        finder: Who looks.
        check: Called now and then; whatever it raises ends the work.
    """

    def compute() -> ShotChanges:
        progress = current_progress.get()
        progress.started(LABEL, asset.duration_ms)

        def advanced(done_ms: int) -> None:
            check()
            progress.advanced(LABEL, done_ms)

        try:
            return finder.find(asset, advanced=advanced)
        except DamagedMediaError as error:
            logger.warning("no shot changes: %s", error)
            return ShotChanges()

    return Stage(
        name="shots",
        made_from={
            "media": asset.media_id,
            "video_stream": asset.video_index,
            "finder": str(finder.signature),
        },
        codec=SHOTS,
        compute=compute,
    )
