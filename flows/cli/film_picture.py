"""What is known of a film's picture: frame rate, length, and the shot changes of earlier runs."""

import sys
from pathlib import Path

from asr.picture.av_shots import AvShotFinder
from asr.sound.av_media import probe
from flows.artifacts.store import FolderArtifactStore
from flows.cli.progress import terminal_progress
from flows.progress import current_progress
from flows.settings import Settings
from flows.stages.once import compute_once, stored
from flows.stages.shots import shots_stage
from subtitles.picture import Picture


def picture_of(media: Path, *, find_shots: bool) -> Picture:
    """The picture of a film; its shot changes as stored, or searched for (and stored) if asked.

    Raises:
        MediaError: the film cannot be read.
    """
    asset, settings = probe(media), Settings()
    store = FolderArtifactStore(settings.artifacts_folder)
    found = None
    if asset.video_index is not None:
        stage = shots_stage(asset, AvShotFinder(threads=settings.threads))
        with terminal_progress(sys.stderr, quiet=not find_shots) as progress:
            token = current_progress.set(progress)
            try:
                found = compute_once(store, stage) if find_shots else stored(store, stage)
            finally:
                current_progress.reset(token)
    return Picture(
        frame_rate=asset.frame_rate,
        duration_ms=asset.duration_ms,
        shot_changes_ms=found.value.at_ms if found else (),
    )
