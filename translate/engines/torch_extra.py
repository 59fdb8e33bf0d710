"""Whether PyTorch is here, which is an extra: large, and of use to few."""

from importlib.util import find_spec

from translate.errors import MissingTorchError

TORCH = "torch"


def require_torch() -> None:
    """Say in one line what to install, before an import would say it in many.

    Raises:
        MissingTorchError: it is not installed.
    """
    if find_spec(TORCH) is None:
        raise MissingTorchError(TORCH)
