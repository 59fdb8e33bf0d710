"""Manifests: a CSV or JSON-lines file with one title a row."""

import csv
import io
import json
from collections.abc import Callable, Iterator
from pathlib import Path

from flows.catalogue.titles import (
    Catalogue,
    CatalogueError,
    CatalogueFault,
    WantedTitle,
    wanted_title,
    without_doubles,
)
from flows.request import LocalizeRequest

MAX_BYTES = 50_000_000
MAX_ROWS = 200_000
_MAX_CELL = 100_000

_Row = tuple[int, dict[str, object] | str]
"""Its number in the file, and what it says, or why that cannot be read."""


def read_manifest(path: Path, usual: LocalizeRequest) -> Catalogue:
    """The titles of a manifest.

    Columns (CSV) and fields (JSON lines) are those of `LocalizeRequest`; ``media`` is obligatory,
    ``to`` stands for ``targets``, paths are relative to the manifest. In a CSV file lists have
    commas or semicolons between their parts.

    Args:
        path: Ends in ``.csv``, ``.jsonl`` or ``.ndjson``.
        usual: What holds where a row says nothing.

    Raises:
        CatalogueError: it cannot be read, is too large, or has no column ``media``.
    """
    rows = _READERS.get(path.suffix.lower())
    if rows is None:
        raise CatalogueError(str(path), "a manifest ends in .csv or .jsonl")
    titles: list[WantedTitle] = []
    faults: list[CatalogueFault] = []
    for number, said in rows(path, _text(path)):
        where = f"{path.name}, row {number}"
        if len(titles) + len(faults) >= MAX_ROWS:
            raise CatalogueError(str(path), f"has more than {MAX_ROWS:,} rows: cut it in two")
        one = (
            CatalogueFault(where=where, why=said)
            if isinstance(said, str)
            else wanted_title(where, said, usual, path.absolute().parent)
        )
        if isinstance(one, CatalogueFault):
            faults.append(one)
        else:
            titles.append(one)
    return without_doubles(Catalogue(titles=tuple(titles), faults=tuple(faults)))


def _text(path: Path) -> str:
    try:
        if path.stat().st_size > MAX_BYTES:
            raise CatalogueError(str(path), f"is larger than {MAX_BYTES:,} bytes: cut it in two")
        return path.read_text("utf-8-sig")
    except OSError as error:
        raise CatalogueError(str(path), error.strerror or str(error)) from error
    except UnicodeDecodeError as error:
        raise CatalogueError(str(path), "is not UTF-8: save it as UTF-8") from error


def _csv_rows(path: Path, text: str) -> Iterator[_Row]:
    head = text.partition("\n")[0]
    comma = ";" if head.count(";") > head.count(",") else ","
    csv.field_size_limit(_MAX_CELL)
    reader = csv.DictReader(io.StringIO(text, newline=""), delimiter=comma, strict=True)
    try:
        names = [name.strip().lower() for name in reader.fieldnames or ()]
        if "media" not in names:
            raise CatalogueError(str(path), f"has no column media (columns: {', '.join(names)})")
        for row in reader:
            if None in row:
                yield reader.line_num, "has more cells than there are columns"
            elif any(row.values()):
                yield reader.line_num, {name: (cell or "").strip() for name, cell in row.items()}
    except csv.Error as error:
        raise CatalogueError(str(path), f"row {reader.line_num + 1} is no CSV: {error}") from error


def _json_rows(_path: Path, text: str) -> Iterator[_Row]:
    for number, line in enumerate(text.splitlines(), 1):
        if not line.strip():
            continue
        try:
            said = json.loads(line)
        except (ValueError, RecursionError) as error:
            yield number, f"is no JSON: {error}".splitlines()[0]
            continue
        yield number, said if isinstance(said, dict) else "is no JSON object"


_READERS: dict[str, Callable[[Path, str], Iterator[_Row]]] = {
    ".csv": _csv_rows,
    ".jsonl": _json_rows,
    ".ndjson": _json_rows,
}
