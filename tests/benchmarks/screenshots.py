"""Pictures of every page, in both themes and at both widths, in German, Japanese and Arabic titles.

    .venv/bin/python tests/benchmarks/screenshots.py FOLDER [LANGUAGE ...]
    .venv/bin/python tests/benchmarks/screenshots.py --readme WORKSPACE

Needs Chromium, and fonts for Japanese and Arabic: without them it says so and makes none. What lies
on top of each other or is cut off is printed, too; the rest is for eyes: `index.html` in the folder
shows all of them. The second form renews the README's picture from the workspace that `make demo`
leaves, of which it takes a copy.
"""

import html
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

ROOT = Path(__file__).parents[2]
sys.path[:0] = [str(ROOT), str(ROOT / "tests" / "support")]

from every_page import Stop, every_page, opened  # noqa: E402
from house_words import ARABIC, GERMAN, JAPANESE  # noqa: E402
from page_faults import faults_in_sight  # noqa: E402
from playwright.sync_api import Browser, Page, expect, sync_playwright  # noqa: E402
from web_browser import (  # noqa: E402
    Desk,
    Line,
    ShiftableClock,
    field,
    find_browser,
    open_task,
    running,
)
from web_house import House, Words  # noqa: E402
from web_site import Site  # noqa: E402

from review.sql.migrate import upgrade_database  # noqa: E402
from review.tasks import Role  # noqa: E402

HOUSES = {words.language: words for words in (GERMAN, JAPANESE, ARABIC)}
THEMES = ("light", "dark")
SIZES = ((1440, 900), (1000, 760))
README_PICTURE = ROOT / "docs" / "reviewer-form.png"


def missing_fonts(languages: list[str]) -> list[str]:
    """Languages whose letters this machine cannot draw; without fontconfig nobody can tell."""
    if shutil.which("fc-list") is None:
        return []
    command = ("fc-list", "--quiet")
    return [one for one in languages if subprocess.call([*command, f":lang={one}"])]


def pictures(page: Page, stop: Stop, folder: Path) -> Iterator[Path]:
    """Pictures of a page in each of its states, looks and sizes; faults are printed."""
    is_desk = stop.path.startswith("/tasks/") and stop.path.count("/") == 2
    for state in opened(page, stop):
        for width, height in SIZES:
            page.set_viewport_size({"width": width, "height": height})
            for theme in THEMES:
                page.emulate_media(color_scheme=theme, reduced_motion="reduce")
                path = folder / f"{state}-{theme}-{width}.png"
                page.screenshot(path=path, full_page=not is_desk)
                yield path
            for fault in faults_in_sight(page):
                print(f"{folder.name} {state} {width}: {fault}", flush=True)


def look_at(chromium: Browser, words: Words, folder: Path) -> list[Path]:
    """Pictures of a house that speaks one language."""
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as scratch:
        url = f"sqlite:///{scratch}/review.db"
        upgrade_database(url)
        site = Site(url, clock=ShiftableClock())
        house = House(site, words)
        made: list[Path] = []
        with running(Line(site.app)) as address:
            desk = Desk(chromium, site, Line(site.app), address)
            for stop in every_page(house):
                made += pictures(desk.sit_down(stop.who), stop, folder)
            desk.close()
        site.close()
    return made


def readme_picture(chromium: Browser, workspace: Path) -> None:
    """The workbench on the demo's translation, as its reviewer finds it."""
    with tempfile.TemporaryDirectory() as scratch:
        shutil.copy(workspace / "review.db", scratch)
        site = Site(f"sqlite:///{scratch}/review.db", clock=ShiftableClock())
        ana = site.person(Role.LINGUIST)
        task = next(one for one in site.store.tasks() if one.language != one.source_language)
        site.store.claim(task.task_id, ana.user_id)
        with running(Line(site.app)) as address:
            desk = Desk(chromium, site, Line(site.app), address)
            page = desk.sit_down(ana)
            open_task(page, task.task_id)
            field(page, 2).click()
            page.wait_for_load_state("networkidle")
            expect(page.locator("#detail-findings li").first).to_be_visible()
            page.screenshot(path=README_PICTURE)
            desk.close()
        site.close()


def index(folder: Path, made: list[Path]) -> None:
    """One page with all pictures."""
    rows = [
        f'<figure><img loading="lazy" src="{path.relative_to(folder)}">'
        f"<figcaption>{html.escape(str(path.relative_to(folder)))}</figcaption></figure>"
        for path in made
    ]
    style = "<style>body{display:grid;grid-template-columns:1fr 1fr;gap:1em}img{width:100%}</style>"
    at = datetime.now(UTC).isoformat(timespec="minutes")
    (folder / "index.html").write_text(
        f'<!doctype html><meta charset="utf-8"><title>{at}</title>{style}{"".join(rows)}',
        encoding="utf-8",
    )


def all_pictures(chromium: Browser, folder: Path, languages: list[str]) -> None:
    """Every page in some languages, and the page that shows them all."""
    made = [
        picture
        for language in languages
        for picture in look_at(chromium, HOUSES[language], folder / language)
    ]
    index(folder, made)
    print(f"{len(made)} pictures: {folder / 'index.html'}")


def trouble(browser: str | None, languages: list[str]) -> str:
    """Why no picture can be made here, and what to do; empty when nothing is in the way."""
    if unknown := [one for one in languages if one not in HOUSES]:
        return f"no house speaks {', '.join(unknown)}: choose from {', '.join(HOUSES)}"
    if browser is None:
        return "no Chromium on this machine: install Debian's chromium"
    if missing := missing_fonts(languages):
        fonts = "install Debian's fonts-noto-cjk and fonts-noto-core"
        return f"no font on this machine for {', '.join(missing)}: {fonts}"
    return ""


def main(arguments: list[str]) -> int:
    """All that is asked for; the exit code: 0, or 2 for what cannot be done."""
    folder, *rest = arguments or ["screenshots"]
    is_readme = folder == "--readme"
    languages = [] if is_readme else rest or list(HOUSES)
    browser = find_browser()
    why = trouble(browser, languages)
    if is_readme and not why and not (rest and (Path(rest[0]) / "review.db").is_file()):
        why = "--readme needs a workspace with a review.db: run make demo first"
    if why:
        print(f"screenshots: {why}", file=sys.stderr)
        return 2
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=browser)
        if is_readme:
            readme_picture(chromium, Path(rest[0]))
        else:
            all_pictures(chromium, Path(folder), languages)
        chromium.close()
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
