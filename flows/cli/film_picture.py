"""What is known of a film's picture: frame rate, length, and the shot changes of earlier runs."""

import sys
from pathlib import Path

from flows.cli.progress import terminal_progress
from flows.film import film_of
from flows.settings import Settings
from subtitles.picture import Picture


def picture_of(media: Path, *, find_shots: bool) -> Picture:
    """The picture of a film; its shot changes as stored, or searched for (and stored) if asked.

    Raises:
        MediaError: the film cannot be read.
    """
    with terminal_progress(sys.stderr, quiet=not find_shots):
        return film_of(media, Settings(), find_shots=find_shots).picture
