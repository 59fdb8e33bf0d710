"""Fakes of the ports that flows/ owns."""

import hashlib

from flows.artifacts.store import ArtifactRef


class InMemoryArtifactStore:
    """Keeps artifacts for the length of a test; passes the ArtifactStore contract."""

    def __init__(self):
        self._objects = {}
        self._pointers = {}

    def find(self, stage, key):
        return self._pointers.get((stage, key))

    def read(self, ref):
        return self._objects[ref.digest]

    def write(self, stage, key, data):
        digest = hashlib.sha256(data).hexdigest()
        ref = ArtifactRef(stage=stage, key=key, digest=digest, size_bytes=len(data))
        self._objects[digest] = data
        self._pointers[stage, key] = ref
        return ref

    def damage(self, stage, data):
        """Put other bytes in the place of all artifacts of a stage."""
        for (name, _), ref in self._pointers.items():
            if name == stage:
                self._objects[ref.digest] = data


class RecordingProgress:
    """Remembers everything it was told; of stored media, how much the last time."""

    def __init__(self):
        self.told = []
        self.stored_ms = 0

    def started(self, label, total_ms):
        self.told.append(("started", label, total_ms))

    def advanced(self, label, done_ms, *, stored_ms=0):
        self.stored_ms = stored_ms
        self.told.append(("advanced", label, done_ms))

    def finished(self, label, note):
        self.told.append(("finished", label, note))

    def warned(self, message):
        self.told.append(("warned", message))
