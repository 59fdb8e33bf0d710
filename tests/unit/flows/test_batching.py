"""A batch makes every title it can, and tells of the others."""

from pathlib import Path

import pytest

from flows.batch_report import BatchReport, TitleEnd
from flows.batching import localize_batch
from flows.catalogue.titles import Catalogue, CatalogueFault, WantedTitle
from flows.report import LanguageReport, TitleReport
from flows.request import LocalizeRequest
from subtitles.errors import MediaError, PartialError
from subtitles.language import parse_language

EN, FR = parse_language("en"), parse_language("fr")


def wanted(*names):
    titles = (
        WantedTitle(where=name, request=LocalizeRequest(media=Path(f"/films/{name}.mp4")))
        for name in names
    )
    return Catalogue(titles=tuple(titles))


def report(request, *, cached=False, error=None):
    languages = (
        LanguageReport(language=EN, cached=cached),
        LanguageReport(language=FR, cached=cached, error=error, exit_code=5 if error else 0),
    )
    return TitleReport(
        title=request.stem,
        media_id="m",
        duration_ms=1,
        source_language=EN,
        transcript_cached=cached,
        languages=languages,
    )


def localize(request):
    match request.stem:
        case "broken":
            raise MediaError("no sound in it")
        case "odd":
            raise ZeroDivisionError("by zero\nand more")
        case "half":
            return report(request, error="no model")
    return report(request, cached=request.stem == "old")


def test_every_title_ends_and_is_told_and_none_stops_the_others(caplog):
    told = []
    found = localize_batch(wanted("new", "broken", "old", "odd", "half"), localize, told.append)
    assert list(found.titles) == told
    assert [one.end for one in told] == [
        *(TitleEnd.DONE, TitleEnd.FAILED, TitleEnd.STORED, TitleEnd.FAILED, TitleEnd.PARTIAL)
    ]
    assert "unexpected ZeroDivisionError: by zero" in told[3].error
    assert "and more" not in told[3].error
    assert told[4].failed == (("fr", "no model"),)
    assert found.exit_code == PartialError.exit_code
    assert found.summary() == "1 done, 1 stored already, 1 partial, 2 failed"


@pytest.mark.parametrize(
    ("names", "faults", "code"),
    [
        (("new", "old"), 0, 0),
        (("broken", "broken"), 0, MediaError.exit_code),
        (("broken", "odd"), 0, PartialError.exit_code),
        (("new",), 1, PartialError.exit_code),
        ((), 0, 0),
    ],
)
def test_the_exit_code_says_whether_all_is_well(names, faults, code):
    catalogue = wanted(*names)
    found = localize_batch(catalogue, localize)
    wrong = tuple(CatalogueFault(where="row", why="x") for _ in range(faults))
    assert BatchReport(titles=found.titles, faults=wrong).exit_code == code
