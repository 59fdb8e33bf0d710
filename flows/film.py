"""A film that stands beside a subtitle file: what is known of its picture."""

from dataclasses import dataclass
from pathlib import Path

from asr.media import MediaAsset
from asr.picture.av_shots import AvShotFinder
from asr.sound.av_media import probe
from flows.artifacts.opening import store_for
from flows.settings import Settings
from flows.stages.once import compute_once, stored
from flows.stages.shots import shots_stage
from subtitles.picture import Picture


@dataclass(frozen=True, slots=True, kw_only=True)
class Film:
    """A film, and its picture as far as it is known."""

    asset: MediaAsset
    picture: Picture


def film_of(media: Path, settings: Settings, *, find_shots: bool) -> Film:
    """The film; its shot changes as stored, or searched for (and stored) if asked.

    Raises:
        MediaError: the film cannot be read.
    """
    asset = probe(media)
    store = store_for(settings)
    found = None
    if asset.video_index is not None:
        stage = shots_stage(asset, AvShotFinder(threads=settings.threads))
        found = compute_once(store, stage) if find_shots else stored(store, stage)
    picture = Picture(
        frame_rate=asset.frame_rate,
        duration_ms=asset.duration_ms,
        shot_changes_ms=found.value.at_ms if found else (),
    )
    return Film(asset=asset, picture=picture)
