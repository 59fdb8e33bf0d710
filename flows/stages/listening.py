"""Sound to where somebody speaks, and the chunks of that: once per title."""

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

from asr.hearing.listener import listen
from asr.hearing.listening import Listening
from asr.recognizer import SAMPLE_RATE_HZ
from asr.sound.av_media import decode_blocks
from flows.artifacts.codec import JsonCodec
from flows.progress import current_progress
from flows.stages.once import Stage
from flows.stages.speech import Speech
from subtitles.span import MS_PER_SECOND

LABEL = "Listening for speech"

LISTENINGS = JsonCodec(Listening)


def listening_stage(speech: Speech) -> Stage[Listening]:
    """Where somebody speaks in the whole stream, and what is heard where nobody does.

    The stream is decoded once, block by block, and never held.
    """

    def compute() -> Listening:
        current_progress.get().started(LABEL, speech.asset.duration_ms)
        blocks = _told(decode_blocks(speech.asset, speech.stream))
        return listen(blocks, speech.detector.get(), plan=speech.plan)

    return Stage(
        name="listening",
        made_from=speech.listening(),
        codec=LISTENINGS,
        compute=compute,
    )


def _told(blocks: Iterator[NDArray[np.float32]]) -> Iterator[NDArray[np.float32]]:
    """The same blocks; tells how much of the title has gone by."""
    progress = current_progress.get()
    samples = told_s = 0
    for block in blocks:
        yield block
        samples += len(block)
        if samples // SAMPLE_RATE_HZ > told_s:
            told_s = samples // SAMPLE_RATE_HZ
            progress.advanced(LABEL, told_s * MS_PER_SECOND)
