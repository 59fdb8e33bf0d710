"""What is looked through for stale drafts, and what is told of titles that cannot be looked at."""

from datetime import UTC, datetime, timedelta
from types import SimpleNamespace

import pytest
from pydantic import ValidationError
from review_drafts import draft_of

from flows.dispatching.wiring import is_answered
from flows.redo_text import lines_of, markdown_table, report_json
from flows.redoing import Redone, RedoneTitle, RedoReport, RedoRequest, redo_stale
from flows.request import LocalizeRequest
from flows.review_wiring import existing_titles, open_review
from flows.runs.opening import run_log_for
from flows.runs.recording import NewRun, recorded
from flows.runs.records import RunKind, RunState
from flows.settings import Settings
from flows.staleness import StaleLanguage, Why
from flows.wanted import up_to_date
from review.tasks import TaskState
from review.titles import ReviewedTitle
from subtitles.language import parse_language

PT = parse_language("pt-BR")


@pytest.fixture
def settings(tmp_path):
    return Settings(home=tmp_path / "home")


@pytest.mark.parametrize(
    "named",
    [{}, {"project_id": "", "everything": True}, {"media_id": "x"}, {"project_id": "a", "b": 1}],
)
def test_exactly_one_thing_is_looked_through(named):
    with pytest.raises(ValidationError):
        RedoRequest.model_validate(named)


def test_a_workspace_without_reviews_has_nothing_stale_and_stays_as_it_is(settings):
    report = redo_stale(settings, RedoRequest(everything=True))
    assert (report.titles, report.exit_code) == ((), 0)
    assert list(settings.home.iterdir()) == []
    assert list(lines_of(report)) == ["0 titles up to date"]


def test_titles_that_cannot_be_looked_at_are_named_and_fail_alone(settings, tmp_path):
    store = open_review(settings)
    for title in ("Never run", "Gone"):
        store.park(draft_of("Guten Tag.", title=title, media=title))
    (gone,) = (one for one in existing_titles(settings).titles() if one.title == "Gone")
    asked = LocalizeRequest(media=tmp_path / "gone.mp4", targets=("de",))
    new = NewRun(kind=RunKind.TITLE, title="Gone", request=asked.model_dump_json())
    with recorded(run_log_for(settings), new) as run:
        run.found(media_id=gone.media_id, programme_ms=1000)
    report = redo_stale(settings, RedoRequest(everything=True))
    told = {one.title: (one.outcome, one.problem) for one in report.titles}
    assert told["Never run"][0] is told["Gone"][0] is Redone.FAILED
    assert "polycue run" in told["Never run"][1]
    assert "gone.mp4" in told["Gone"][1]
    assert report.exit_code == 9


def test_a_title_is_wanted_in_every_language_it_is_reviewed_in_and_in_its_project_of_today():
    asked = LocalizeRequest(media="/films/film.mp4", targets=("es",), project="Old")
    states = {"en": TaskState.PENDING, "de": TaskState.APPROVED, "ko": TaskState.CANCELLED}
    reviewed = ReviewedTitle(
        media_id="0" * 64,
        title="Film",
        project="Saga",
        source_language=parse_language("en"),
        languages=tuple((parse_language(tag), state) for tag, state in states.items()),
    )
    wanted = up_to_date(asked, reviewed)
    assert (wanted.targets, wanted.project) == (("es", "de"), "Saga")
    assert LocalizeRequest.model_validate(wanted.model_dump(mode="json")) == wanted


def test_hostile_titles_stay_in_their_cell_and_their_line():
    stale = StaleLanguage(language=PT, why=(Why.WORDS, Why.STYLE))
    title = RedoneTitle(
        media_id="0" * 64,
        title="a | b\n\n# \x1b[2J<b>[c](d)",
        outcome=Redone.STALE,
        languages=(stale,),
    )
    table = markdown_table(RedoReport(titles=(title,)))
    assert len(table.splitlines()) == 3
    assert table.splitlines()[-1].endswith("| stale | pt-BR: words+style |  |")
    assert '"why": [' in report_json(RedoReport(titles=(title,)))
    (line,) = lines_of(RedoReport(titles=(title,)))
    assert line.isprintable()


@pytest.mark.parametrize(
    ("state", "later_s", "expected"),
    [
        (RunState.COMPLETED, 1, True),
        (RunState.PARTIAL, 1, True),
        (RunState.COMPLETED, -1, False),
        (RunState.RUNNING, 1, False),
        (RunState.CRASHED, 1, False),
        (RunState.FAILED, 1, False),
    ],
)
def test_an_approval_is_answered_by_a_run_that_began_after_it_and_ended(state, later_s, expected):
    approved_at = datetime(2026, 1, 15, tzinfo=UTC)
    notice = SimpleNamespace(media_id="0" * 64, created_at=approved_at)
    run = SimpleNamespace(started_at=approved_at + timedelta(seconds=later_s), state=state)
    assert is_answered(notice, SimpleNamespace(latest=lambda media_id, kinds: run)) is expected
    assert not is_answered(notice, SimpleNamespace(latest=lambda media_id, kinds: None))
