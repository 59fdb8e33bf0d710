"""A voice network of random weights, in the file that PyTorch would write for it."""

import io
import pickle
import sys
import types
import zipfile
from collections import OrderedDict
from contextlib import contextmanager
from dataclasses import dataclass

import numpy as np

from asr.speakers.embedding_diarizer import MODEL_FILE

WIDTH = 8


class _Weights(OrderedDict):
    """Tensors of the right shapes, drawn at random."""

    def __init__(self, seed):
        super().__init__()
        self._random = np.random.default_rng(seed)

    def tensor(self, name, *shape):
        self[name] = (0.3 * self._random.standard_normal(shape)).astype(np.float32)

    def norm(self, name, size, *, affine=True):
        self[f"{name}.running_mean"] = np.zeros(size, dtype=np.float32)
        self[f"{name}.running_var"] = np.ones(size, dtype=np.float32)
        if affine:
            self[f"{name}.weight"] = np.ones(size, dtype=np.float32)
            self[f"{name}.bias"] = np.zeros(size, dtype=np.float32)

    def convolution(self, name, norm, made, seen, size):
        self.tensor(f"{name}.weight", made, seen, size, size)
        self.norm(norm, made)


def voice_weights(*, channels=2, growth=4, dimensions=8, seed=0):
    """Tensors by name: a network of the right shape and of no use."""
    weights = _Weights(seed)
    weights.convolution("head.conv1", "head.bn1", channels, 1, 3)
    for layer in ("head.layer1", "head.layer2"):
        for name in (f"{layer}.0", f"{layer}.1"):
            for number in (1, 2):
                norm = f"{name}.bn{number}"
                weights.convolution(f"{name}.conv{number}", norm, channels, channels, 3)
        shortcut = f"{layer}.0.shortcut"
        weights.convolution(f"{shortcut}.0", f"{shortcut}.1", channels, channels, 1)
    weights.convolution("head.conv2", "head.bn2", channels, channels, 3)
    weights.tensor("xvector.tdnn.linear.weight", WIDTH, channels * 10, 5)
    weights.norm("xvector.tdnn.nonlinear.batchnorm", WIDTH)
    for block in (1, 2, 3):
        _add_block(weights, block, growth)
    weights.norm("xvector.out_nonlinear.batchnorm", WIDTH)
    weights.tensor("xvector.dense.linear.weight", dimensions, 2 * WIDTH, 1)
    weights.norm("xvector.dense.nonlinear.batchnorm", dimensions, affine=False)
    return OrderedDict(weights)


def _add_block(weights, block, growth):
    known = WIDTH
    for layer in (1, 2):
        name = f"xvector.block{block}.tdnnd{layer}"
        weights.norm(f"{name}.nonlinear1.batchnorm", known)
        weights.tensor(f"{name}.linear1.weight", WIDTH, known, 1)
        weights.norm(f"{name}.nonlinear2.batchnorm", WIDTH)
        weights.tensor(f"{name}.cam_layer.linear_local.weight", growth, WIDTH, 3)
        weights.tensor(f"{name}.cam_layer.linear1.weight", 4, WIDTH, 1)
        weights.tensor(f"{name}.cam_layer.linear1.bias", 4)
        weights.tensor(f"{name}.cam_layer.linear2.weight", growth, 4, 1)
        weights.tensor(f"{name}.cam_layer.linear2.bias", growth)
        known += growth
    weights.norm(f"xvector.transit{block}.nonlinear.batchnorm", known)
    weights.tensor(f"xvector.transit{block}.linear.weight", WIDTH, known, 1)


def _rebuild_tensor_v2(*_): ...


class FloatStorage:
    """Only its name goes into the file."""


@dataclass(frozen=True)
class _Stored:
    key: str
    count: int


@dataclass(frozen=True)
class _Tensor:
    key: str
    array: np.ndarray

    def __reduce__(self):
        strides = tuple(stride // self.array.itemsize for stride in self.array.strides)
        stored = _Stored(self.key, self.array.size)
        return _rebuild_tensor_v2, (stored, 0, self.array.shape, strides, False, OrderedDict())


class _Pickler(pickle.Pickler):
    def persistent_id(self, obj):
        if isinstance(obj, _Stored):
            return ("storage", FloatStorage, obj.key, "cpu", obj.count)
        return None


@contextmanager
def _named_like_torch():
    """Functions pickle by name: for a moment ours are found under those of PyTorch."""
    homes = {"torch": FloatStorage, "torch._utils": _rebuild_tensor_v2}
    before = {name: sys.modules.get(name) for name in homes}
    for name, made in homes.items():
        module = types.ModuleType(name)
        setattr(module, made.__name__, made)
        made.__module__ = name
        sys.modules[name] = module
    try:
        yield
    finally:
        for name, module in before.items():
            sys.modules.pop(name)
            if module is not None:
                sys.modules[name] = module


def write_checkpoint(path, weights):
    """The file that PyTorch would write for these tensors."""
    body = io.BytesIO()
    tensors = OrderedDict(
        (name, _Tensor(str(number), array)) for number, (name, array) in enumerate(weights.items())
    )
    with _named_like_torch():
        _Pickler(body, protocol=2).dump(tensors)
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("archive/data.pkl", body.getvalue())
        for number, array in enumerate(weights.values()):
            archive.writestr(f"archive/data/{number}", array.tobytes())
    return path


def voice_folder(folder, **changes):
    """A folder that `EmbeddingDiarizer` can load."""
    folder.mkdir(parents=True, exist_ok=True)
    write_checkpoint(folder / MODEL_FILE, voice_weights(**changes))
    return folder
