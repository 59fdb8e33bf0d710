r"""A glossary as a table: one row a term, one column a language.

Columns, in any order: ``term`` (needed), ``language`` of the term (needed unless it is known
beforehand), ``kind``, ``case``, ``status``, ``owner``, ``note``, and one for each language into
which terms are rendered, headed by its tag. A cell of a language has the preferred rendering first
and others after ``|``; a bar that belongs to the text is written ``\|``, a backslash ``\\``.
"""

import csv
import io
import re
from collections.abc import Iterator, Mapping, Sequence
from enum import StrEnum
from typing import TypeVar

from subtitles.language import LanguageTag, UnknownLanguageError, parse_language
from subtitles.plain_text import clean_text
from subtitles.spreadsheet_cells import cell_text, inert_cell
from translate.glossary.faults import Fault, FoundEntries, FoundEntry
from translate.glossary.glossary import MAX_TERMS, Glossary
from translate.glossary.terms import (
    CaseRule,
    InvalidTermError,
    Term,
    TermKind,
    TermStatus,
    Wording,
    usual_case,
)

COLUMNS = ("term", "language", "kind", "case", "status", "owner", "note")
"""All but those of languages, in the order in which they are written."""

_DELIMITERS = ",;\t"
_DECLARED = re.compile(r"sep=(.)\r?\n?")  # as some spreadsheets write and read it
_PARTS = re.compile(r"(?:[^|\\]|\\.|\\$)*")
_Choice = TypeVar("_Choice", bound=StrEnum)


def encode_csv(glossary: Glossary) -> str:
    """The glossary as a table with commas (RFC 4180); `decode_csv` gives it back."""
    languages = sorted({one.language for term in glossary.terms for one in term.wordings})
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow([*COLUMNS, *languages])
    for term in glossary.terms:
        forms = {one.language: "|".join(map(_escaped, one.forms)) for one in term.wordings}
        cells = (term.text, term.language, term.kind, term.case, term.status, term.owner, term.note)
        row = (*cells, *(forms.get(language, "") for language in languages))
        writer.writerow([inert_cell(cell) for cell in row])
    return out.getvalue()


def decode_csv(text: str, language: LanguageTag | None = None) -> FoundEntries:
    """Every row that is a term, and what is wrong with the others.

    White space at the ends of cells goes; an empty kind is a term, an empty status approved, an
    empty case rule the usual one of its kind. Rows without anything are passed over.

    Args:
        text: The file, with commas, semicolons or tabs.
        language: Of terms in whose row it does not stand.
    """
    return _Rows(text, language).read()


class _Rows:
    """Reads row by row, collecting terms and faults."""

    def __init__(self, text: str, language: LanguageTag | None) -> None:
        declared = _DECLARED.match(text)
        body = text[declared.end() :] if declared else text
        delimiter = declared[1] if declared else _delimiter(text)
        self._reader = csv.reader(io.StringIO(body, newline=""), delimiter=delimiter, strict=True)
        self._above = 1 if declared else 0
        self._language = language
        self._entries: list[FoundEntry] = []
        self._faults: list[Fault] = []

    def read(self) -> FoundEntries:
        rows = self._rows()
        line, headings = next(rows, (1, []))
        columns = list(self._columns(line, headings))
        if "term" not in columns and not self._faults:
            self._faults.append(Fault(line, "", 'the first row has no heading "term"'))
        if not self._faults:
            for number, cells in rows:
                self._take(number, columns, cells)
        return FoundEntries(entries=tuple(self._entries), faults=tuple(self._faults))

    def _rows(self) -> Iterator[tuple[int, list[str]]]:
        """Rows with something in them, and the lines on which they begin."""
        while True:
            line = self._above + self._reader.line_num + 1
            try:
                row = next(self._reader)
            except StopIteration:
                return
            except csv.Error as error:
                self._faults.append(Fault(line, "", f"is no row of a table ({error})"))
                return
            if len(self._entries) == MAX_TERMS:
                self._faults.append(Fault(line, "", f"more than {MAX_TERMS} terms"))
                return
            if any(cell.strip() for cell in row):
                yield line, row

    def _columns(self, line: int, headings: Sequence[str]) -> Iterator[str]:
        """Names of columns, and tags of languages; a heading that is neither is a fault."""
        seen: set[str] = set()
        for heading in headings:
            name = cell_text(clean_text(heading)).casefold()
            if name not in COLUMNS:
                try:
                    name = parse_language(name)
                except UnknownLanguageError:
                    what = "is neither a column of a glossary nor a language"
                    self._faults.append(Fault(line, "", f"{heading[:40]!r} {what}"))
            if name in seen:
                self._faults.append(Fault(line, "", f"two columns are headed {name!r}"))
            seen.add(name)
            yield name

    def _take(self, line: int, columns: Sequence[str], cells: Sequence[str]) -> None:
        if len(cells) > len(columns) and any(cell.strip() for cell in cells[len(columns) :]):
            why = f"has {len(cells)} cells below {len(columns)} headings"
            self._faults.append(Fault(line, "", why))
            return
        values = {
            name: cell_text(clean_text(cell)) for name, cell in zip(columns, cells, strict=False)
        }
        try:
            self._entries.append(FoundEntry(line=line, term=self._term(values)))
        except _CellError as error:
            self._faults.append(Fault(line, error.column, error.why))
        except InvalidTermError as error:
            self._faults.append(Fault(line, "term", str(error)))

    def _term(self, values: Mapping[str, str]) -> Term:
        kind = _choice(TermKind, "kind", values) or TermKind.TERM
        return Term(
            text=values["term"],
            language=self._language_of(values),
            kind=kind,
            case=_choice(CaseRule, "case", values) or usual_case(kind),
            status=_choice(TermStatus, "status", values) or TermStatus.APPROVED,
            wordings=tuple(
                Wording(language=LanguageTag(name), forms=tuple(_forms(name, cell)))
                for name, cell in sorted(values.items())
                if name not in COLUMNS and cell
            ),
            owner=values.get("owner", ""),
            note=values.get("note", ""),
        )

    def _language_of(self, values: Mapping[str, str]) -> LanguageTag:
        named = values.get("language", "")
        if named:
            try:
                return parse_language(named)
            except UnknownLanguageError as error:
                raise _CellError("language", str(error)) from error
        if self._language is None:
            raise _CellError("language", "say in which language the term is")
        return self._language


class _CellError(Exception):
    """A cell that says nothing; becomes a `Fault`."""

    def __init__(self, column: str, why: str) -> None:
        super().__init__(column, why)
        self.column, self.why = column, why


def _delimiter(text: str) -> str:
    """What separates the headings: the most frequent of the usual signs."""
    first = text.partition("\n")[0]
    return max(_DELIMITERS, key=first.count)


def _choice(choices: type[_Choice], column: str, values: Mapping[str, str]) -> _Choice | None:
    value = values.get(column, "").casefold()
    if not value:
        return None
    try:
        return choices(value)
    except ValueError as error:
        listed = ", ".join(choices)
        raise _CellError(column, f"{value[:40]!r} is none of {listed}") from error


def _escaped(form: str) -> str:
    return form.replace("\\", "\\\\").replace("|", "\\|")


def _forms(column: str, cell: str) -> Iterator[str]:
    for part in _split(cell):
        form = re.sub(r"\\(.)", r"\1", part).strip()
        if not form:
            raise _CellError(column, "there is nothing between two bars")
        yield form


def _split(cell: str) -> Iterator[str]:
    """The cell at its bars, those behind a backslash left in."""
    place = 0
    while place <= len(cell):
        part = _PARTS.match(cell, place)
        assert part is not None  # noqa: S101 -- it matches nothing, too
        yield part.group()
        place = part.end() + 1
