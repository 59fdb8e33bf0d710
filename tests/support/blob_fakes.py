"""Fakes of named bytes: in memory, with a clock of the test's own."""

from datetime import UTC, datetime

from flows.artifacts.blobs import Blob, parts_of


class InMemoryBlobs:
    """Passes the Blobs contract.

    Args:
        clock: What the time is.
        before_each: Called before every call, with the method's name and what it is about.
    """

    def __init__(self, clock=lambda: datetime.now(UTC), before_each=lambda method, name: None):
        self.kept = {}
        self._clock, self._before_each = clock, before_each

    def read(self, name):
        self._begin("read", name)
        return self.kept[name][0]

    def write(self, name, data):
        self._begin("write", name)
        self.kept[name] = (data, self._clock())

    def listed(self, folder):
        self._begin("listed", folder)
        for name, (data, changed_at) in list(self.kept.items()):
            if name.startswith(f"{folder}/"):
                yield Blob(name=name, size_bytes=len(data), changed_at=changed_at)

    def remove_older(self, name, before):
        self._begin("remove_older", name)
        if name not in self.kept or self.kept[name][1] >= before:
            return False
        del self.kept[name]
        return True

    def _begin(self, method, name):
        parts_of(name)
        self._before_each(method, name)
