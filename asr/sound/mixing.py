"""Mixing the channels of decoded audio to mono (pure)."""

import numpy as np
from numpy.typing import NDArray


def mixing_weights(channels: tuple[str, ...]) -> NDArray[np.float32]:
    """Weight of each channel (FFmpeg's names: ``FL``, ``FR``, ``FC``…), summing to 1.

    Film sound puts dialogue in the centre and effects around it, so the centre counts twice the
    front pair and the surrounds half of it; the low-frequency channel carries no speech. (ITU-R
    BS.775's stereo mix, folded to mono, gives 1.41 : 1 : 0.71: the same preference, made for
    music as well.) Channels without names count alike.
    """
    weight_of = {"FC": 1.0, "FL": 0.5, "FR": 0.5, "LFE": 0.0, "LFE2": 0.0}
    if "FC" not in channels or len(channels) == 1:
        weight_of["FL"] = weight_of["FR"] = 1.0
    named = {"FC", "FL", "FR"} & set(channels)
    weights = np.array(
        [weight_of.get(name, 0.25) if named else 1.0 for name in channels], dtype=np.float32
    )
    total = weights.sum()
    return weights / total if total else np.full(len(channels), 1 / len(channels), np.float32)
