"""How quick the workbench is with 1500 cues: ready, each letter on screen, going from cue to cue.

    .venv/bin/python tests/benchmarks/bench_desk.py

Needs Chromium. Writes its section of BENCHMARKS.md.
"""

import sys
import tempfile
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

ROOT = Path(__file__).parents[2]
sys.path[:0] = [str(ROOT), str(ROOT / "tests" / "support")]

from bench_promises import Promise, table  # noqa: E402
from benchmark_file import machine, write_section  # noqa: E402
from playwright.sync_api import CDPSession, Page, expect, sync_playwright  # noqa: E402
from web_browser import Desk, Line, field, find_browser, running  # noqa: E402
from web_film import film_draft  # noqa: E402
from web_site import Site  # noqa: E402

from review.machine_drafts import Draft  # noqa: E402
from review.sql.migrate import upgrade_database  # noqa: E402
from subtitles.span import Span  # noqa: E402

CUES = 1500
STEP_MS, SHOWN_MS = 2300, 1900
OPENINGS = 5
LETTERS = 80
MOVES = 30
# From the key until it is painted: the message is handled right after the frame that shows it.
WATCH = """() => {
    window.tookMs = [];
    document.addEventListener("keydown", () => {
        const pressed = performance.now();
        requestAnimationFrame(() => {
            const painted = new MessageChannel();
            painted.port1.onmessage = () => window.tookMs.push(performance.now() - pressed);
            painted.port2.postMessage(0);
        });
    }, true);
}"""


def long_draft() -> Draft:
    """An hour of cues; every thirtieth too fast to read."""
    scene = film_draft()
    cues = tuple(
        replace(
            scene.cues[number % len(scene.cues)],
            cue_id=f"{number:016x}",
            span=Span(number * STEP_MS, number * STEP_MS + SHOWN_MS),
        )
        for number in range(CUES)
    )
    fault = scene.findings[0]
    faults = tuple(replace(fault, cue_id=cue.cue_id) for cue in cues[4 :: len(scene.cues)])
    return replace(scene, media_path="/nowhere/long.mp4", cues=cues, findings=faults, sentences=())


def share(values: list[float], part: float) -> float:
    """The value that ``part`` of all do not exceed."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(part * len(ordered)))]


def opened(page: Page, path: str) -> float:
    """Milliseconds from asking for the page until it can be worked on."""
    page.goto(path)
    expect(page.locator("main[data-ready=true]")).to_be_visible(timeout=60_000)
    return page.evaluate("performance.getEntriesByName('desk-ready')[0].startTime")


def pressed(page: Page, keys: list[str], pause_ms: int) -> list[float]:
    """Milliseconds from each key to the screen."""
    page.evaluate("window.tookMs.length = 0")
    for key in keys:
        page.keyboard.press(key)
        page.wait_for_timeout(pause_ms)
    return page.evaluate("window.tookMs")


def busy_ms(session: CDPSession, page: Page, keys: list[str]) -> float:
    """Milliseconds of work of the page's main thread per key."""
    before = _work_s(session)
    pressed(page, keys, 60)
    return 1000 * (_work_s(session) - before) / len(keys)


def _work_s(session: CDPSession) -> float:
    metrics = {
        one["name"]: one["value"] for one in session.send("Performance.getMetrics")["metrics"]
    }
    return metrics["LayoutDuration"] + metrics["RecalcStyleDuration"] + metrics["ScriptDuration"]


def measured(page: Page, path: str) -> list[Promise]:
    """What was promised, and what came of it."""
    ready = [opened(page, path) for _ in range(OPENINGS)]
    page.evaluate(WATCH)
    field(page, CUES // 2).click()
    page.wait_for_timeout(1000)
    letters = [chr(ord("a") + number % 26) for number in range(LETTERS)]
    typing = pressed(page, letters, 60)
    session = page.context.new_cdp_session(page)
    session.send("Performance.enable")
    work = busy_ms(session, page, letters[:40])
    moving = pressed(page, ["Alt+ArrowDown"] * MOVES, 150)
    rows = (
        ("page ready, best of 5", 2000.0, min(ready)),
        ("letter to paint, median", 50.0, share(typing, 0.5)),
        ("letter to paint, 95 %", 50.0, share(typing, 0.95)),
        ("work of the page a letter", 25.0, work),
        ("next cue to paint, 95 %", 200.0, share(moving, 0.95)),
    )
    return [
        Promise(what, f"{limit:.0f} ms", f"{took:.0f} ms", took < limit)
        for what, limit, took in rows
    ]


def main() -> None:
    """Measure and write."""
    browser_path = find_browser()
    if browser_path is None:
        sys.exit("Chromium is not installed: nothing was measured")
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        url = f"sqlite:///{folder}/review.db"
        upgrade_database(url)
        site = Site(url)
        with running(Line(site.app)) as address:
            browser = playwright.chromium.launch(executable_path=browser_path)
            desk = Desk(browser, site, Line(site.app), address)
            task, ana = desk.claimed(long_draft())
            promises = measured(desk.sit_down(ana), f"/tasks/{task.task_id}")
            desk.close()
            browser.close()
        site.close()
    lines = [
        f"Measured {datetime.now(UTC):%Y-%m-%d} on {machine()}; repeat with `make bench-desk`.",
        "",
        f"One task of {CUES} cues in Chromium, drawn without a graphics card.",
        "",
        *table(("", "limit", "found", ""), [one.row for one in promises]),
    ]
    write_section(ROOT / "BENCHMARKS.md", "The workbench in the browser", lines[:-1])
    print("\n".join(lines))


if __name__ == "__main__":
    main()
