"""Media with byte ranges, and subtitle downloads with honest names."""

from dataclasses import replace
from pathlib import Path

import pytest
from review_drafts import draft_of
from web_site import Site

from review.tasks import Role
from review.web.file_routes import file_name
from review.web.media import MEDIA_TYPES, media_kind

CONTENT = bytes(range(256)) * 8


@pytest.fixture
def film(tmp_path: Path) -> Path:
    path = tmp_path / "The Gate.mp4"
    path.write_bytes(CONTENT)
    return path


def media_url(site: Site, path: Path | str) -> str:
    task, _ = site.store.park(replace(draft_of("Eins."), media_path=str(path)))
    return f"/media/{task.task_id}"


@pytest.mark.parametrize(
    ("wanted", "status", "content", "told"),
    [
        ("bytes=0-", 206, CONTENT, "bytes 0-2047/2048"),
        ("bytes=10-19", 206, CONTENT[10:20], "bytes 10-19/2048"),
        ("bytes=-5", 206, CONTENT[-5:], "bytes 2043-2047/2048"),
        ("bytes=2000-9999", 206, CONTENT[2000:], "bytes 2000-2047/2048"),
        ("bytes=9000-", 416, None, "bytes */2048"),
    ],
)
def test_a_player_gets_the_part_it_asks_for(site: Site, film, wanted, status, content, told):
    answer = site.browser(site.person()).get(media_url(site, film), headers={"Range": wanted})
    assert answer.status_code == status
    assert answer.headers["content-range"] == told
    assert content is None or answer.content == content


def test_the_whole_file_comes_with_its_type_for_this_reviewer_only(site: Site, film):
    browser = site.browser(site.person(Role.VIEWER))
    answer = browser.get(media_url(site, film))
    assert (answer.status_code, answer.content) == (200, CONTENT)
    assert answer.headers["content-type"] == "video/mp4"
    assert answer.headers["accept-ranges"] == "bytes"
    assert answer.headers["cache-control"].startswith("private")
    assert "content-disposition" not in answer.headers, "the path stays on the server"


def test_asking_for_the_head_gives_the_length_without_the_bytes(site: Site, film):
    answer = site.browser(site.person()).head(media_url(site, film))
    assert (answer.headers["content-length"], answer.content) == ("2048", b"")


def test_a_part_of_a_file_that_has_changed_meanwhile_is_not_mixed_in(site: Site, film):
    browser, url = site.browser(site.person()), media_url(site, film)
    headers = {"Range": "bytes=10-19", "If-Range": '"another version"'}
    assert browser.get(url, headers=headers).status_code == 200


def test_strangers_get_no_media(site: Site, film):
    answer = site.browser().get(media_url(site, film), headers={"Accept": "*/*"})
    assert answer.status_code == 401


def test_a_missing_file_is_said_to_be_missing(site: Site, tmp_path: Path):
    url = media_url(site, tmp_path / "gone.mp4")
    browser = site.browser(site.person())
    answer = browser.get(url)
    assert answer.status_code == 404
    assert "not on this machine" in answer.text
    assert str(tmp_path) not in answer.text
    page = browser.get(url.replace("/media/", "/tasks/")).text
    assert "cannot be played from this server" in page
    assert "<video" not in page


@pytest.mark.parametrize("name", ["passwd", "notes.txt", "film.mp4.html", "x.svg", ".mp4"])
def test_nothing_but_media_ever_leaves_the_machine(site: Site, tmp_path: Path, name: str):
    path = tmp_path / name
    path.write_text("secret")
    answer = site.browser(site.person()).get(media_url(site, path))
    assert answer.status_code == 404
    assert "secret" not in answer.text


def test_a_folder_or_an_impossible_name_is_no_media(site: Site, tmp_path: Path):
    (tmp_path / "folder.mp4").mkdir()
    browser = site.browser(site.person())
    assert browser.get(media_url(site, tmp_path / "folder.mp4")).status_code == 404


def test_a_path_in_the_address_is_not_a_path_on_the_disk(site: Site):
    browser = site.browser(site.person())
    for path in ("/media/..%2f..%2fetc%2fpasswd", "/media/%2fetc%2fpasswd"):
        assert browser.get(path).status_code == 404


def test_every_kind_of_media_has_a_playable_type():
    for ending, kind in MEDIA_TYPES.items():
        assert ending == ending.lower()
        assert kind.startswith(("audio/", "video/", "application/mxf"))
    assert (media_kind("a.MP3"), media_kind("b.mp4"), media_kind("c.txt")) == (
        "audio",
        "video",
        "video",
    )


def test_a_draft_says_in_its_name_that_it_is_one(site: Site):
    task, _ = site.store.park(draft_of("Eins."))
    answer = site.browser(site.person(Role.VIEWER)).get(f"/tasks/{task.task_id}/export.vtt")
    assert answer.text.startswith("WEBVTT")
    assert answer.headers["content-type"] == "text/vtt; charset=utf-8"
    assert 'filename="The Gate.de.draft.vtt"' in answer.headers["content-disposition"]


def test_after_approval_the_file_is_the_frozen_one(site: Site):
    ana = site.person()
    task, _ = site.store.park(draft_of("Eins."))
    epoch = site.store.claim(task.task_id, ana.user_id).epoch
    snapshot = site.store.approve(task.task_id, user_id=ana.user_id, epoch=epoch)
    answer = site.browser(ana).get(f"/tasks/{task.task_id}/export.srt")
    assert answer.content == snapshot.srt.encode()
    assert 'filename="The Gate.de.srt"' in answer.headers["content-disposition"]


def test_other_formats_are_not_made_up(site: Site):
    task, _ = site.store.park(draft_of("Eins."))
    browser = site.browser(site.person())
    assert browser.get(f"/tasks/{task.task_id}/export.exe").status_code == 422


@pytest.mark.parametrize(
    ("title", "name"),
    [
        ("../../etc/passwd", "_.._etc_passwd.de.draft.srt"),
        ('a"b\r\nSet-Cookie: x=1', "a_b__Set-Cookie_ x=1.de.draft.srt"),
        ("\u202egpj.exe", "_gpj.exe.de.draft.srt"),
        ("...", "subtitles.de.draft.srt"),
        ("نافذة", "نافذة.de.draft.srt"),
        ("x" * 300, "x" * 50 + ".de.draft.srt"),
    ],
)
def test_a_hostile_title_makes_a_harmless_file_name(site: Site, title: str, name: str):
    task, _ = site.store.park(draft_of("Eins."))
    assert file_name(replace(task, title=title), "srt") == name


def test_a_name_in_another_script_is_sent_so_that_every_browser_reads_it(site: Site):
    task, _ = site.store.park(draft_of("Eins.", title='Öffnung 100% "نافذة"'))
    told = (
        site.browser(site.person())
        .get(f"/tasks/{task.task_id}/export.srt")
        .headers["content-disposition"]
    )
    assert told.isascii()
    assert told.count('"') == 2
    assert "filename*=UTF-8''%C3%96ffnung%20100%25%20" in told


def test_the_process_tells_that_it_is_there(site: Site):
    assert site.browser().get("/health").text == "ok\n"
