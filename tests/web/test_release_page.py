"""The page of a release, its files, and the manifest for programs."""

from review_drafts import draft_of
from web_site import Site

from review.tasks import Role

HOSTILE = '<script>alert("1")</script>'


def approved(site: Site, title: str = "The Gate"):
    task, _ = site.store.park(draft_of("Guten Tag.", HOSTILE, title=title))
    ana = site.person(Role.LINGUIST)
    lease = site.store.claim(task.task_id, ana.user_id)
    site.store.approve(task.task_id, user_id=ana.user_id, epoch=lease.epoch)
    return task


def test_the_page_lists_every_file_with_its_digest(site: Site):
    task = approved(site, title=HOSTILE)
    browser = site.browser(site.person(Role.VIEWER))
    page = browser.get(f"/tasks/{task.task_id}/release").text
    manifest = browser.get(f"/api/v1/tasks/{task.task_id}/release").json()
    assert HOSTILE not in page
    for file in manifest["files"]:
        assert file["sha256"] in page
        assert f"/tasks/{task.task_id}/release/{file['name']}" in page
    assert "Ana approved them" in page
    assert f"/tasks/{task.task_id}/release" in browser.get(f"/tasks/{task.task_id}").text


def test_files_come_under_honest_names_and_types(site: Site):
    task = approved(site)
    browser = site.browser(site.person(Role.VIEWER))
    for name, kind in {
        "srt": "application/x-subrip",
        "bilingual.vtt": "text/vtt",
        "ttml": "application/ttml+xml",
        "manifest.json": "application/json",
    }.items():
        answer = browser.get(f"/tasks/{task.task_id}/release/{name}")
        assert answer.status_code == 200
        assert answer.headers["content-type"].startswith(kind)
        assert f'filename="The Gate.de.{name}"' in answer.headers["content-disposition"]
    assert browser.get(f"/tasks/{task.task_id}/release/exe").status_code == 404


def test_before_the_approval_the_page_says_what_to_do(site: Site):
    task, _ = site.store.park(draft_of("Guten Tag."))
    answer = site.browser(site.person()).get(f"/tasks/{task.task_id}/release")
    assert answer.status_code == 409
    assert "approve the task first" in answer.text


def test_a_text_that_is_reviewed_again_stays_in_force(site: Site):
    task = approved(site)
    lead = site.person(Role.LEAD)
    site.store.reopen(task.task_id, user_id=lead.user_id, reason="Again.")
    page = site.browser(lead).get(f"/tasks/{task.task_id}/release").text
    assert "stays in force" in page


def test_a_format_that_cannot_hold_the_text_says_why(site: Site, monkeypatch):
    from subtitles.formats.malformed import UnwritableSubtitleError
    from subtitles.formats.registry import FORMATS

    def refuse(document):
        raise UnwritableSubtitleError("TTML", 2, "it has no text")

    monkeypatch.setattr(FORMATS["ttml"], "encode", refuse)
    task = approved(site)
    browser = site.browser(site.person())
    page = browser.get(f"/tasks/{task.task_id}/release")
    assert page.status_code == 200
    assert "subtitle 2 cannot be written as TTML: it has no text" in page.text
    assert browser.get(f"/tasks/{task.task_id}/release/ttml").status_code == 409
