"""Reading the tensors of a PyTorch checkpoint without PyTorch, and without running what is in it.

Such a file is a ZIP archive: ``data.pkl`` names the tensors, ``data/KEY`` holds their numbers. A
pickle can call anything, so this one may only build dictionaries and tensors; whatever else it asks
for is refused.
"""

import io
import math
import pickle
import zipfile
from collections import OrderedDict
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from asr.errors import UnusableModelError

_KINDS = {"FloatStorage": "<f4", "LongStorage": "<i8", "HalfStorage": "<f2"}
# A speaker network is some tens of megabytes; an archive that unpacks to more is an attack.
_MOST_BYTES = 500_000_000


def read_weights(path: Path, *, model_name: str) -> Mapping[str, NDArray[np.float32]]:
    """Every tensor by its name, as float32.

    Raises:
        UnusableModelError: it is no checkpoint of tensors alone.
    """
    try:
        with zipfile.ZipFile(path) as archive:
            _require_reasonable(archive)
            root = next(name for name in archive.namelist() if name.endswith("data.pkl"))
            found = _TensorUnpickler(archive, root.removesuffix("data.pkl")).load()
            tensors = {str(name): np.asarray(one, dtype=np.float32) for name, one in found.items()}
    except Exception as error:  # a damaged pickle may raise anything
        raise UnusableModelError(model_name, "its weights cannot be read") from error
    return tensors


def _require_reasonable(archive: zipfile.ZipFile) -> None:
    unpacked = sum(info.file_size for info in archive.infolist())
    if unpacked > _MOST_BYTES:
        message = f"it unpacks to {unpacked} bytes"
        raise pickle.UnpicklingError(message)


class _TensorUnpickler(pickle.Unpickler):
    """Builds mappings of arrays; `find_class` decides what a pickle may call."""

    def __init__(self, archive: zipfile.ZipFile, root: str) -> None:
        super().__init__(io.BytesIO(archive.read(f"{root}data.pkl")))
        self._archive, self._root = archive, root

    def find_class(self, module: str, name: str) -> Any:  # noqa: ANN401 - pickle's own
        """The little that a checkpoint of tensors needs."""
        if (module, name) == ("collections", "OrderedDict"):
            return OrderedDict
        if (module, name) == ("torch._utils", "_rebuild_tensor_v2"):
            return _tensor
        if module == "torch" and name in _KINDS:
            return _KINDS[name]
        message = f"{module}.{name} is not allowed in weights"
        raise pickle.UnpicklingError(message)

    def persistent_load(self, pid: Any) -> NDArray[Any]:  # noqa: ANN401 - pickle's own
        """The numbers that a tensor refers to."""
        _, kind, key, _, count = pid
        numbers = np.frombuffer(self._archive.read(f"{self._root}data/{key}"), np.dtype(kind))
        return numbers[:count]


def _tensor(storage: NDArray[Any], offset: int, size: tuple[int, ...], *rest: Any) -> NDArray[Any]:  # noqa: ANN401
    count, stride = math.prod(size), rest[0]
    dense = tuple(math.prod(size[place + 1 :]) for place in range(len(size)))
    if any(one != other for one, other, n in zip(stride, dense, size, strict=True) if n > 1):
        message = "a tensor that does not lie in one piece"
        raise pickle.UnpicklingError(message)
    return storage[offset : offset + count].reshape(size)
