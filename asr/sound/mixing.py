"""Mixing the channels of decoded audio to mono, so that dialogue is what is heard (pure)."""

from collections.abc import Sequence
from enum import StrEnum

import numpy as np
from numpy.typing import NDArray


class Mix(StrEnum):
    """Which channels of a stream are believed to carry the speech."""

    BALANCED = "balanced"
    """All of them: the centre, where there is one, counts twice each side."""
    CENTRE = "centre"
    """The centre of film sound; the rest is kept so low that music does not cover words."""
    LEFT = "left"
    """Left alone: right is dead, or is left with its sign changed."""
    RIGHT = "right"
    """Right alone, for the same reasons."""


# A channel this far (40 dB) below another carries nothing but noise or crosstalk: dialogue in the
# centre is seldom 20 dB below the music around it.
_DEAD_SHARE = 1e-4
# Mean power below −80 dB of full scale: quieter than the noise floor of any recording.
_NO_POWER = 1e-8
# Left and right that are alike but for the sign cancel when they are added. At −0.7 the sum is
# 8 dB weaker than its parts; stereo effects that are only wide stay above −0.3.
_OUT_OF_PHASE = -0.7
# Of the centre, each front side, and each other channel. 27 dB between centre and side: words that
# somebody mixed to the sides of one scene stay loud enough to be recognised, since a recogniser
# hears some 80 dB of range.
_CENTRED = {"FC": 1.0, "FL": 0.045, "FR": 0.045, "LFE": 0.0, "LFE2": 0.0}
_CENTRED_OTHER = 0.02


def mixing_weights(channels: tuple[str, ...], mix: Mix = Mix.BALANCED) -> NDArray[np.float32]:
    """Weight of each channel (FFmpeg's names: ``FL``, ``FR``, ``FC``…), summing to 1.

    The balanced mix of film sound: the centre counts twice the front pair and the surrounds half
    of it; the low-frequency channel carries no speech. (ITU-R BS.775's stereo mix, folded to mono,
    gives 1.41 : 1 : 0.71: the same preference, made for music as well.) Channels without names
    count alike. A mix that these channels do not allow (a broadcast changes its layout in
    mid-stream) is the balanced one.
    """
    one_side = {Mix.LEFT: "FL", Mix.RIGHT: "FR"}.get(mix)
    if one_side in channels and "FC" not in channels:
        return _shares([float(name == one_side) for name in channels])
    if mix is Mix.CENTRE and "FC" in channels:
        return _shares([_CENTRED.get(name, _CENTRED_OTHER) for name in channels])
    weight_of = {"FC": 1.0, "FL": 0.5, "FR": 0.5, "LFE": 0.0, "LFE2": 0.0}
    if "FC" not in channels or len(channels) == 1:
        weight_of["FL"] = weight_of["FR"] = 1.0
    named = {"FC", "FL", "FR"} & set(channels)
    return _shares([weight_of.get(name, 0.25) if named else 1.0 for name in channels])


def chosen_mix(channels: tuple[str, ...], products: NDArray[np.float64]) -> Mix:
    """The mix for a stream of which some stretches were heard.

    Args:
        channels: Their names.
        products: Mean product of each two channels' samples, shape (channels, channels).
    """
    power = dict(zip(channels, np.diagonal(products), strict=True))
    left, right, centre = (power.get(name, 0.0) for name in ("FL", "FR", "FC"))
    if "FC" in power:
        heard = centre > _NO_POWER and centre > _DEAD_SHARE * max(left, right)
        return Mix.CENTRE if heard and len(channels) > 1 else Mix.BALANCED
    louder = Mix.LEFT if left >= right else Mix.RIGHT
    if not {"FL", "FR"} <= power.keys() or max(left, right) <= _NO_POWER:
        return Mix.BALANCED
    if min(left, right) <= _DEAD_SHARE * max(left, right):
        return louder
    common = products[channels.index("FL"), channels.index("FR")]
    return louder if common < _OUT_OF_PHASE * np.sqrt(left * right) else Mix.BALANCED


def _shares(weights: Sequence[float]) -> NDArray[np.float32]:
    values = np.array(weights, dtype=np.float32)
    total = values.sum()
    return values / total if total else np.full(len(values), 1 / len(values), np.float32)
