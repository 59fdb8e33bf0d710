"""What an error of a file system's library means to the person who named the store."""

import errno
import re

from flows.artifacts.errors import StoreError, StoreUnreachableError

_EXTRAS = {"s3": "s3", "s3a": "s3"}
_CREDENTIALS = ("Credential", "ProfileNotFound", "TokenRetrieval", "Unauthorized")
_FOR_GOOD = {
    errno.EINVAL,
    errno.EPERM,
    errno.ENOSYS,
    errno.ENAMETOOLONG,
    errno.EROFS,
    errno.ENOTDIR,
}
_FULL = {errno.ENOSPC, errno.EDQUOT}


def shown(url: str) -> str:
    """The URL without a name and password in it."""
    return re.sub(r"//[^/@]*@", "//", url)


def trouble_with(url: str, error: Exception) -> StoreError:
    """The error of ours for one of theirs: whether it may pass, and what to do."""
    where = shown(url)
    told = str(error).strip().partition("\n")[0][:200] or type(error).__name__
    if isinstance(error, ImportError):
        return StoreError(where, _what_to_install(url, told))
    kinds = [kind.__name__ for kind in type(error).__mro__]
    if isinstance(error, PermissionError) or any(
        name in kind for kind in kinds for name in _CREDENTIALS
    ):
        return StoreError(
            where,
            f"access refused ({told}); check the credentials, and that they may list, read, "
            "write and delete there",
        )
    number = error.errno if isinstance(error, OSError) else None
    if number in _FULL:
        return StoreError(where, f"it is full ({told}); free some space and run the command again")
    if number in _FOR_GOOD or isinstance(error, (ValueError, TypeError, KeyError)):
        return StoreError(where, f"{told}; check POLYCUE_STORE_URL and the settings of the store")
    return StoreUnreachableError(
        where, f"no answer ({told}); check the network, then run the same command again"
    )


def _what_to_install(url: str, told: str) -> str:
    extra = _EXTRAS.get(url.partition("://")[0])
    return f"install the extra `{extra}`" if extra else f"{told}; install that, or name another"
