"""The page of effort, its table, and the sign of life that tells how long somebody worked."""

import csv
import io

from review_drafts import draft_of
from web_site import Site

from review.tasks import Role
from review.web.effort_plots import MAX_BARS, bar_plot, percent


def approved(site: Site, *, title="The Gate", language="de", text="Anders."):
    task, _ = site.store.park(draft_of("Guten Tag.", title=title, language=language))
    ana = site.person(Role.LINGUIST)
    epoch = site.store.claim(task.task_id, ana.user_id).epoch
    cue = site.store.cues(task.task_id)[0]
    who = {"user_id": ana.user_id, "epoch": epoch}
    site.store.edit_cue(task.task_id, cue.cue_id, version=1, text=text, **who)
    site.store.approve(task.task_id, **who)
    return task


def test_leads_see_sums_and_linguists_nobodys_but_their_own(site: Site):
    approved(site)
    page = site.browser(site.person(Role.LEAD)).get("/effort").text
    assert "German" in page
    assert "100.0 %" in page  # two of two words
    assert "<svg" in page
    assert "style=" not in page
    own = site.browser(site.person(Role.LINGUIST)).get("/effort").text
    assert "German" not in own
    assert "Only you will see it here" in own


def test_sums_are_made_by_what_one_asks_for(site: Site):
    approved(site)
    approved(site, language="fr")
    browser = site.browser(site.person(Role.LEAD))
    assert {"German", "French"} <= set(browser.get("/effort").text.replace("<", ">").split(">"))
    assert "2026-01" in browser.get("/effort?by=month").text
    filtered = browser.get("/effort?language=fr").text
    assert "<bdi>German</bdi>" not in filtered
    assert "matches these filters" in browser.get("/effort?language=ja").text
    assert browser.get("/effort?by=person").status_code == 422


def test_the_table_runs_in_no_spreadsheet(site: Site):
    approved(site, title="=HYPERLINK(1)")
    browser = site.browser(site.person(Role.LEAD))
    browser.get("/effort")
    answer = browser.get("/effort.csv")
    assert answer.headers["content-type"].startswith("text/csv")
    (row,) = csv.DictReader(io.StringIO(answer.content.decode("utf-8-sig")))
    assert row["title"] == "'=HYPERLINK(1)"
    assert (row["language"], row["cues"], row["hter"]) == ("de", "1", "1.0000")
    assert "Ana" not in answer.text


def test_a_sign_of_life_tells_how_long_somebody_worked(site: Site):
    task, _ = site.store.park(draft_of("Guten Tag.", title="<b>Gate</b>"))
    ana = site.person(Role.LINGUIST)
    epoch = site.store.claim(task.task_id, ana.user_id).epoch
    browser = site.browser(ana)
    for number in range(3):
        body = {"epoch": epoch, "active_ms": 60_000}
        answer = browser.post(f"/api/v1/tasks/{task.task_id}/heartbeat", json=body)
        assert answer.status_code == 200, number
        site.clock.pass_(minutes=1)
    page = browser.get("/effort").text
    assert "3 min" in page
    assert "<b>Gate" not in page
    assert "3 min" not in site.browser(site.person(Role.LEAD)).get("/effort").text


def test_a_heartbeat_that_is_refused_counts_no_time(site: Site):
    task, _ = site.store.park(draft_of("Guten Tag."))
    ana = site.person(Role.LINGUIST)
    body = {"epoch": 7, "active_ms": 60_000}
    answer = site.browser(ana).post(f"/api/v1/tasks/{task.task_id}/heartbeat", json=body)
    assert answer.status_code == 409
    assert site.backend.ledger.own_times(ana.user_id) == ()


def test_bars_share_one_line_and_the_longest_fills_the_width():
    plot = bar_plot([("a", 0.1), ("b" * 40, 0.2), ("c", 0.0)])
    assert [bar.width for bar in plot.bars] == [215.0, 430.0, 0.0]
    assert [bar.value for bar in plot.bars] == ["10.0 %", "20.0 %", "0.0 %"]
    assert plot.bars[1].label.endswith("…")
    assert bar_plot([(str(n), 0.0) for n in range(MAX_BARS + 2)]).left_out == 2
    assert percent(None) == "–"
