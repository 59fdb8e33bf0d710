"""What can go wrong where results are kept, when that is not a folder of this machine."""

from subtitles.errors import StorageError


class StoreError(StorageError):
    """The store of POLYCUE_STORE_URL cannot be used, and will not be by trying again."""

    def __init__(self, url: str, reason: str) -> None:
        super().__init__(url, reason)
        self.url, self.reason = url, reason

    def __str__(self) -> str:
        return f"cannot use the artifact store {self.url}: {self.reason}"


class StoreUnreachableError(StoreError):
    """The store of POLYCUE_STORE_URL did not answer, however often it was asked; it may again."""
