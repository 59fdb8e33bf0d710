"""The page: all on its own, whatever the texts; parsed, not compared letter by letter."""

import csv
import io
import re
import time
from dataclasses import replace

import pytest
from hypothesis import given
from quality_reports import Page, cues_of, report_of, result_of, with_rows
from timed_text import HOSTILE_TEXTS, any_text, clean_rows_strategy, track

from subtitles.checks.standard import Standard
from subtitles.findings import Severity
from subtitles.plain_text import clean_text
from subtitles.report.building import MAX_HEARD, build_report
from subtitles.report.page import render_html
from subtitles.report.values import findings_csv


def test_the_page_is_well_nested_and_says_everything() -> None:
    report = report_of("en", "de", "ar")
    html = render_html(report)
    page = Page(html)
    assert html.startswith("<!doctype html>")
    assert page.is_nested
    text = " ".join(page.texts)
    for quality in report.languages:
        assert quality.name in page.texts
        assert f"{quality.summary.warnings}" in text
        for rule in quality.rules:
            assert rule.rule in page.texts
            assert rule.says in text
            assert rule.fix in text
        for limit in quality.limits:
            assert limit.label in page.texts
        shown = {one.cue_number for one in quality.troubles}
        for cue in quality.cues:
            if cue.number in shown:
                assert set(cue.lines) <= set(page.texts)


def test_the_page_needs_nothing_else_and_runs_nothing() -> None:
    html = render_html(report_of("en", "ja"))
    page = Page(html)
    names = {name for name, _ in page.elements}
    assert not names & {"script", "link", "img", "iframe", "object", "form", "input", "base"}
    addresses = [v for _, a in page.elements for n, v in a.items() if n in {"href", "src"}]
    assert addresses
    assert all(one.startswith("#") for one in addresses)
    assert not [n for _, a in page.elements for n in a if n.startswith("on")]
    assert "@import" not in html
    assert set(re.findall(r"url\(([^)]*)\)", html)) <= {
        f"#beyond-{what}-{n}" for what in ("speed", "duration") for n in (1, 2)
    }
    policy = next(one["content"] for one in page.named("meta") if "http-equiv" in one)
    assert policy.startswith("default-src 'none'; style-src 'unsafe-inline'; img-src data:")
    assert html.index("Content-Security-Policy") < html.index("<style>")


def test_ids_are_unique_and_every_link_leads_somewhere() -> None:
    page = Page(render_html(report_of("en", "de", "ar")))
    ids = [attributes["id"] for _, attributes in page.elements if "id" in attributes]
    assert len(ids) == len(set(ids))
    assert {one["href"][1:] for one in page.named("a")} <= set(ids)


def test_drawings_have_names_and_tables_have_headers() -> None:
    report = report_of("en", "de")
    page = Page(render_html(report))
    drawings = page.named("svg")
    assert len(drawings) == 3 * len(report.languages)
    assert all(one["role"] == "img" and one["aria-label"] for one in drawings)
    assert len(page.named("caption")) == len(page.named("table"))
    assert all(one["scope"] in {"col", "row"} for one in page.named("th"))


def test_severities_differ_in_shape_and_not_only_in_colour() -> None:
    html = render_html(report_of("en", count=40))
    assert '<path class="mark warning"' in html
    assert '<circle class="mark info"' in html
    chips = set(re.findall(r'aria-hidden="true">(.)</span> (error|warning|info)<', html))
    assert len(chips) == len({shape for shape, _ in chips}) >= 2
    assert {severity for _, severity in chips} <= set(Severity)


@pytest.mark.parametrize("hostile", HOSTILE_TEXTS)
def test_hostile_texts_stay_texts(hostile: str) -> None:
    page = Page(render_html(with_rows([hostile], title=hostile)))
    plain = Page(render_html(with_rows(["harmless"], title="harmless")))
    assert {name for name, _ in page.elements} <= {name for name, _ in plain.elements}
    assert page.is_nested
    assert clean_text(hostile) in page.texts


@given(any_text(), clean_rows_strategy())
def test_no_text_becomes_markup(title: str, row: str) -> None:
    html = render_html(with_rows([row], title=title))
    page = Page(html)
    assert page.is_nested
    assert not page.named("script")
    assert len(page.named("h1")) == 1
    assert "".join(row.split()) in "".join("".join(page.texts).split())
    html.encode("utf-8")


@pytest.mark.parametrize("hostile", ["<script>alert(1)</script>", "&lt;b&gt;", "</ul></td>"])
def test_what_was_heard_can_be_read_whatever_it_is(hostile: str) -> None:
    result = result_of(track(cues_of("en")))
    standard = Standard(result.profile, result.picture)
    (finding,) = standard.found("set-aside-text", result.track.cues[1].cue_id, 12)
    findings = (*result.findings, *[replace(finding, note=f"“{hostile}”")] * 60)
    report = build_report("A title", [replace(result, findings=findings)])
    page = Page(render_html(report))
    assert page.is_nested
    assert page.texts.count(f"“{hostile}”") >= MAX_HEARD
    (heard,) = report.languages[0].heard
    assert (heard.count, heard.total, heard.unit) == (60, 720, "characters")
    assert {row["note"] for row in csv.DictReader(io.StringIO(findings_csv(report)))} >= {
        f"“{hostile}”"
    }


def test_titles_and_cues_keep_their_direction_to_themselves() -> None:
    page = Page(render_html(report_of("en", "ar", title="نافذة على البحر")))
    paragraphs = [one for one in page.named("p") if one.get("class", "").startswith("text")]
    assert paragraphs
    assert all(one["dir"] == "auto" for one in paragraphs)
    assert {one["lang"] for one in paragraphs if "lang" in one} == {"en", "ar"}
    assert page.named("bdi")


def test_equal_reports_give_equal_pages() -> None:
    assert render_html(report_of("en", "de")) == render_html(report_of("en", "de"))


def test_a_film_in_four_languages_is_a_small_page_soon_made() -> None:
    checked = result_of(track(cues_of("en", 2500)))
    report = build_report("x", [checked] * 4)
    render_html(report)  # templates are compiled once in a process
    started = time.thread_time()
    html = render_html(report)
    assert time.thread_time() - started < 5
    assert len(html.encode("utf-8")) < 1_000_000
