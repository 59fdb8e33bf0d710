"""CAM++, a network that turns a stretch of speech into a vector that is near for the same voice.

H. Wang, S. Zheng, Y. Chen, L. Cheng, Q. Chen: "CAM++: A fast and efficient network for speaker
verification using context-aware masking", Interspeech 2023. For numpy, since nothing else here
needs a tensor library: convolutions over the spectrum, then layers over time, each of which sees
what all layers before it made and masks its own part by the voice's context.

Arrays are laid out (channels, …, windows, frames), so that a layer is one product of matrices
over all windows of a batch. Batch normalisation is folded into a factor and an offset.
"""

from collections.abc import Mapping
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from asr.errors import UnusableModelError
from asr.speakers.filterbank import MEL_BANDS
from asr.speakers.torch_weights import read_weights

Array = NDArray[np.float32]

# How far apart the frames are that a layer of each block looks at.
_DILATIONS = {1: 1, 2: 2, 3: 2}
_CONTEXT_FRAMES = 100
_EPSILON = 1e-5


class CampPlus:
    """The network with its weights; safe to call from one thread at a time.

    Args:
        path: The checkpoint of its tensors.
        model_name: For messages.

    Raises:
        UnusableModelError: the file is none, or of another network.
    """

    def __init__(self, path: Path, *, model_name: str) -> None:
        self._weights = read_weights(path, model_name=model_name)
        try:
            self._norms = _folded_norms(self._weights)
            self._layers = {block: self._layer_names(block) for block in _DILATIONS}
            self.dimensions = int(self._weights["xvector.dense.linear.weight"].shape[0])
            self.embed(np.zeros((1, 20, MEL_BANDS), dtype=np.float32))
        except (KeyError, ValueError) as error:
            raise UnusableModelError(model_name, "its weights are of another network") from error

    def embed(self, features: Array) -> Array:
        """Unit vectors of shape (windows, dimensions).

        Args:
            features: Shape (windows, frames, `MEL_BANDS`), see `asr.speakers.filterbank`.
        """
        spectra = np.concatenate([self._spectral(one) for one in features], axis=1)
        frames = self._normal(
            _convolved(spectra, self._weights["xvector.tdnn.linear.weight"], stride=2),
            "xvector.tdnn.nonlinear.batchnorm",
        )
        for block, dilation in _DILATIONS.items():
            frames = self._dense_block(frames, block, dilation)
            name = f"xvector.transit{block}"
            frames = self._normal(frames, f"{name}.nonlinear.batchnorm")
            frames = _product(self._weights[f"{name}.linear.weight"][:, :, 0], frames)
        frames = self._normal(frames, "xvector.out_nonlinear.batchnorm")
        spread = (
            frames.std(axis=2, ddof=1) if frames.shape[2] > 1 else np.zeros_like(frames[..., 0])
        )
        pooled = np.concatenate((frames.mean(axis=2), spread))
        vectors = self._weights["xvector.dense.linear.weight"][:, :, 0] @ pooled
        vectors = self._scaled(vectors, "xvector.dense.nonlinear.batchnorm").T
        return np.asarray(vectors / (np.linalg.norm(vectors, axis=1, keepdims=True) + 1e-12))

    def _layer_names(self, block: int) -> list[str]:
        names: list[str] = []
        while f"xvector.block{block}.tdnnd{len(names) + 1}.linear1.weight" in self._weights:
            names.append(f"xvector.block{block}.tdnnd{len(names) + 1}")
        if not names:
            raise KeyError(block)
        return names

    def _spectral(self, features: Array) -> Array:
        """One window through the convolutions over frequency and time: (channels, 1, frames)."""
        image = features.T[np.newaxis]
        image = self._convolved_image(image, "head.conv1", "head.bn1")
        for layer in ("head.layer1", "head.layer2"):
            for number, stride in ((0, 2), (1, 1)):
                image = self._residual(image, f"{layer}.{number}", stride)
        image = self._convolved_image(image, "head.conv2", "head.bn2", stride=2)
        return image.reshape(-1, 1, image.shape[2])

    def _residual(self, image: Array, name: str, stride: int) -> Array:
        main = self._convolved_image(image, f"{name}.conv1", f"{name}.bn1", stride=stride)
        main = self._convolved_image(main, f"{name}.conv2", f"{name}.bn2", rectify=False)
        if f"{name}.shortcut.0.weight" in self._weights:
            weights = self._weights[f"{name}.shortcut.0.weight"][:, :, 0, 0]
            image = self._scaled(_product(weights, image[:, ::stride]), f"{name}.shortcut.1")
        return np.asarray(np.maximum(main + image, 0.0))

    def _convolved_image(
        self, image: Array, name: str, norm: str, *, stride: int = 1, rectify: bool = True
    ) -> Array:
        made = _convolved_image(image, self._weights[f"{name}.weight"], stride)
        made = self._scaled(made, norm)
        return np.maximum(made, 0.0, out=made) if rectify else made

    def _dense_block(self, frames: Array, block: int, dilation: int) -> Array:
        layers = self._layers[block]
        growth = self._weights[f"{layers[0]}.cam_layer.linear_local.weight"].shape[0]
        known = len(frames)
        grown = np.empty((known + growth * len(layers), *frames.shape[1:]), dtype=np.float32)
        grown[:known] = frames
        for name in layers:
            seen = self._normal(grown[:known], f"{name}.nonlinear1.batchnorm")
            seen = _product(self._weights[f"{name}.linear1.weight"][:, :, 0], seen)
            seen = self._normal(seen, f"{name}.nonlinear2.batchnorm")
            grown[known : known + growth] = self._masked(seen, f"{name}.cam_layer", dilation)
            known += growth
        return grown

    def _masked(self, frames: Array, name: str, dilation: int) -> Array:
        """Context-aware masking: what the whole window and its second say about each channel."""
        local = _convolved(frames, self._weights[f"{name}.linear_local.weight"], dilation=dilation)
        context = _contexts(frames)
        for number in (1, 2):
            weights = self._weights[f"{name}.linear{number}.weight"][:, :, 0]
            offsets = self._weights[f"{name}.linear{number}.bias"][:, np.newaxis, np.newaxis]
            context = _product(weights, context) + offsets
            context = _rectified(context) if number == 1 else _sigmoid(context)
        seconds = np.arange(frames.shape[2]) // _CONTEXT_FRAMES
        return np.asarray(local * context[:, :, seconds])

    def _normal(self, values: Array, name: str) -> Array:
        made = self._scaled(values, name)
        return np.maximum(made, 0.0, out=made)

    def _scaled(self, values: Array, name: str) -> Array:
        factor, offset = self._norms[name]
        shape = (-1, *(1,) * (values.ndim - 1))
        made = values * factor.reshape(shape)
        made += offset.reshape(shape)
        return made


def _folded_norms(weights: Mapping[str, Array]) -> dict[str, tuple[Array, Array]]:
    """Each batch normalisation as (factor, offset), by its name."""
    folded = {}
    for key, variance in weights.items():
        if not key.endswith(".running_var"):
            continue
        name = key.removesuffix(".running_var")
        scale, shift = weights.get(f"{name}.weight"), weights.get(f"{name}.bias")
        factor = np.asarray(1.0 / np.sqrt(variance + _EPSILON), dtype=np.float32)
        factor = factor if scale is None else factor * scale
        offset = -weights[f"{name}.running_mean"] * factor
        folded[name] = (factor, offset if shift is None else offset + shift)
    return folded


def _rectified(values: Array) -> Array:
    return np.asarray(np.maximum(values, 0.0))


def _sigmoid(values: Array) -> Array:
    return np.asarray(1.0 / (1.0 + np.exp(-values)), dtype=np.float32)


def _product(weights: Array, values: Array) -> Array:
    flat = weights @ values.reshape(len(values), -1)
    return flat.reshape(len(weights), *values.shape[1:])


def _convolved(values: Array, weights: Array, *, stride: int = 1, dilation: int = 1) -> Array:
    """Over time, (channels, windows, frames), zeros beyond both ends of each window."""
    width = weights.shape[2]
    margin = (width - 1) // 2 * dilation
    padded = np.pad(values, ((0, 0), (0, 0), (margin, margin)))
    count = (values.shape[2] - 1) // stride + 1
    last = (count - 1) * stride + 1
    shifted = [padded[:, :, at * dilation : at * dilation + last : stride] for at in range(width)]
    stacked = np.concatenate(shifted)
    return _product(weights.transpose(0, 2, 1).reshape(len(weights), -1), stacked)


def _convolved_image(image: Array, weights: Array, stride: int) -> Array:
    """3 × 3 over (channels, bands, frames), zeros beyond the edges; the stride is over bands."""
    channels, bands, frames = image.shape
    padded = np.pad(image, ((0, 0), (1, 1), (1, 1)))
    count = (bands - 1) // stride + 1
    last = (count - 1) * stride + 1
    stacked = np.empty((9, channels, count, frames), dtype=np.float32)
    for row in range(3):
        for column in range(3):
            stacked[row * 3 + column] = padded[
                :, row : row + last : stride, column : column + frames
            ]
    flat = weights.transpose(0, 2, 3, 1).reshape(len(weights), -1)
    made = flat @ stacked.reshape(9 * channels, -1)
    return made.reshape(len(weights), count, frames)


def _contexts(frames: Array) -> Array:
    """Mean of the whole window plus that of each second of it: (channels, windows, seconds)."""
    starts = np.arange(0, frames.shape[2], _CONTEXT_FRAMES)
    counts = np.diff(np.append(starts, frames.shape[2]))
    seconds = np.add.reduceat(frames, starts, axis=2) / counts
    return np.asarray(seconds + frames.mean(axis=2, keepdims=True), dtype=np.float32)
