"""What was delivered into a folder."""

import json
import re


def files_in(folder):
    """Name → bytes of all files; of manifests everything but when they were written."""
    files = {path.name: path.read_bytes() for path in sorted(folder.iterdir())}
    for name in files:
        if name.endswith(".delivery.json"):
            files[name] = json.dumps(manifest_of(folder / name) | {"made_at": ""})
    return files


def manifest_of(path):
    """A delivery manifest as plain values."""
    return json.loads(path.read_text("utf-8"))


# What it took stands in the report; no two runs take the same time.
TIMES = re.compile(rb'(?s)<section class="card table" aria-label="What it took">.*?</section>')


def without_times(data):
    """A file of a report as it would be, had no time gone by."""
    if not isinstance(data, bytes):  # what a manifest says
        return data
    return re.sub(rb'"effort": .*\n', b"", TIMES.sub(b"", data))
