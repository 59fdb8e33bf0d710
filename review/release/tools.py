"""Which software made the files of a release."""

from importlib.metadata import PackageNotFoundError, version

_TOOLS = ("polycue", "pysrt", "ttconv")


def tool_versions() -> dict[str, str]:
    """By name; what is not installed as a package says so."""
    return {name: _version(name) for name in _TOOLS}


def _version(name: str) -> str:
    try:
        return version(name)
    except PackageNotFoundError:
        return "not installed"
