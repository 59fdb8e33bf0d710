"""Build the sample media, or check them against the manifest.

    python sample_media/build.py --from CLIPS     # draw, encode, write references and manifest
    python sample_media/build.py --check          # is every file as the manifest says?

CLIPS is a folder with the two speech recordings that this project may pass on (LICENSES.md):

    en/sense_and_sensibility_5.flac               five sentences read aloud (LibriVox, 16 kHz)
    en/ivr_prompts_en_8k.flac and .en.srt         voice-menu prompts and their times (8 kHz)

Both are joined, with digital silence between, from clips that two Debian packages ship. Their
digests are fixed in `recordings.py`, because the reference times hold for those bytes alone.
"""

import argparse
import hashlib
import sys
import tomllib
from pathlib import Path

HERE = Path(__file__).parent
MANIFEST = HERE / "manifest.toml"


def sha256(path: Path) -> str:
    """Hex digest of a file's bytes."""
    return hashlib.sha256(path.read_bytes()).hexdigest()


def faults() -> list[str]:
    """What differs from the manifest, one line each; empty when all is well."""
    manifest = tomllib.loads(MANIFEST.read_text("utf-8"))
    found = []
    for sample in manifest["sample"]:
        for file in sample["files"]:
            path = HERE / file["name"]
            if not path.is_file():
                found.append(f"{file['name']}: missing")
            elif path.stat().st_size != file["size_bytes"]:
                found.append(f"{file['name']}: {path.stat().st_size} bytes, not as recorded")
            elif (digest := sha256(path)) != file["sha256"]:
                found.append(f"{file['name']}: SHA-256 {digest}, not as recorded")
    return found


def check() -> int:
    """Print every fault; 0 when there is none."""
    found = faults()
    for line in found:
        print(line)
    print("sample media differ from the manifest" if found else "sample media are as recorded")
    return 1 if found else 0


def main() -> int:
    """Read the arguments, then build or check."""
    parser = argparse.ArgumentParser(description="Build or check the sample media.")
    what = parser.add_mutually_exclusive_group(required=True)
    what.add_argument("--from", dest="clips", type=Path, metavar="CLIPS", help="build from here")
    what.add_argument("--check", action="store_true", help="compare files with the manifest")
    arguments = parser.parse_args()
    if arguments.check:
        return check()
    # Checking needs the standard library alone; building needs PyAV and numpy.
    import recordings  # noqa: PLC0415

    recordings.build(arguments.clips, HERE)
    return check()


if __name__ == "__main__":
    sys.exit(main())
