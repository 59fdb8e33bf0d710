"""People, memberships, projects and tokens, as administrators and their programs see them."""

import re

import pytest
from review_drafts import draft_of
from web_site import PASSWORD, Site

from review.tasks import Role

HOSTILE = "<script>alert(1)</script>\"'&{{7*7}}"


@pytest.fixture
def admin(site: Site):
    return site.browser(site.person(Role.ADMIN))


def api(browser, method: str, path: str, body=None, status: int = 200):
    answer = browser.request(method, f"/api/v1{path}", json=body)
    assert answer.status_code == status, answer.text
    return answer.json() if answer.content else None


def test_a_membership_given_on_a_persons_page_counts_at_once_and_can_be_taken_back(site, admin):
    gus = site.person(Role.GUEST, "Gus")
    task, _ = site.store.park(draft_of("Eins."))
    theirs = site.browser(gus)
    assert theirs.get(f"/tasks/{task.task_id}").status_code == 404
    assert "The Gate" not in theirs.get("/").text
    form = {"role": "linguist", "language": "DE", "project": "*"}
    given = admin.post(f"/people/{gus.user_id}/memberships", data=form)
    assert given.headers["location"] == f"/people/{gus.user_id}?notice=saved"
    assert "German" in admin.get(f"/people/{gus.user_id}").text
    assert "German" in admin.get("/people").text
    assert "The Gate" in theirs.get("/").text
    assert theirs.post("/next").headers["location"] == f"/tasks/{task.task_id}"
    (one,) = site.backend.members.memberships()
    taken = {"membership_id": one.membership_id}
    assert admin.post(f"/people/{gus.user_id}/memberships/withdraw", data=taken).status_code == 303
    assert theirs.get(f"/tasks/{task.task_id}").status_code == 404


def test_taking_the_next_task_passes_over_what_one_may_only_look_at(site: Site):
    vic = site.person(Role.VIEWER)
    german, _ = site.store.park(draft_of("Eins.", language="de"))
    site.clock.pass_(hours=1)
    french, _ = site.store.park(draft_of("Un.", language="fr"))
    members, ada = site.backend.members, site.person(Role.ADMIN)
    members.grant(vic.user_id, Role.LINGUIST, project_id=None, language="fr", by=ada.user_id)
    assert site.browser(vic).post("/next").headers["location"] == f"/tasks/{french.task_id}"
    assert site.store.task(german.task_id).lease is None


def test_a_program_lists_the_tasks_it_sees_and_takes_the_next(site: Site):
    gus, ada = site.person(Role.GUEST, "Gus"), site.person(Role.ADMIN)
    german, _ = site.store.park(draft_of("Eins.", language="de"))
    site.store.park(draft_of("Un.", language="fr"))
    site.backend.members.grant(
        gus.user_id, Role.LINGUIST, project_id=None, language="de", by=ada.user_id
    )
    browser = site.browser(gus)
    assert [one["task_id"] for one in api(browser, "GET", "/tasks")["tasks"]] == [german.task_id]
    assert api(site.browser(ada), "GET", "/tasks?language=fr")["total"] == 1
    taken = api(browser, "POST", "/tasks/next", {})["task"]
    assert (taken["task_id"], taken["holder"]) == (german.task_id, "Gus")
    assert api(browser, "POST", "/tasks/next", {"language": "fr"}) == {"task": None}


@pytest.mark.parametrize(
    ("form", "says"),
    [
        ({"role": "linguist", "language": "klingonese"}, "unknown language"),
        ({"role": "admin"}, "on the account itself"),
        ({"role": "linguist", "project": "0" * 16}, "no project"),
    ],
)
def test_a_membership_that_cannot_be_is_refused_on_the_page_itself(site, admin, form, says):
    gus = site.person(Role.GUEST, "Gus")
    answer = admin.post(f"/people/{gus.user_id}/memberships", data=form)
    assert answer.status_code in {404, 422}
    assert says in answer.text
    assert "Let them do more" in answer.text


def test_nobodys_membership_is_withdrawn_through_another_persons_page(site, admin):
    gus, ben = (site.person(Role.GUEST, name) for name in ("Gus", "Ben"))
    api(admin, "POST", "/memberships", {"user_id": gus.user_id, "role": "lead"}, 201)
    (one,) = site.backend.members.memberships()
    path = f"/people/{ben.user_id}/memberships/withdraw"
    assert admin.post(path, data={"membership_id": one.membership_id}).status_code == 404
    assert site.backend.members.memberships() == (one,)


def test_the_last_administrator_learns_why_their_role_stays(site, admin):
    ada = site.person(Role.ADMIN)
    answer = admin.post(f"/people/{ada.user_id}/role", data={"role": "viewer"})
    assert answer.status_code == 409
    assert "make somebody else one first" in answer.text


def test_a_project_is_made_and_changed_on_its_page_and_seen_by_whom_it_concerns(site, admin):
    form = {"name": "The Gate", "two_stages": "true"}
    assert admin.post("/projects", data=form).status_code == 303
    assert admin.post("/projects", data=form).status_code == 422, "there is one of that name"
    _, gate = site.backend.projects.projects()
    assert (gate.two_stages, gate.source_first) == (True, False)
    changed = admin.post(f"/projects/{gate.project_id}/settings", data={"source_first": "true"})
    assert changed.status_code == 303
    gate = site.backend.projects.project(gate.project_id)
    assert (gate.two_stages, gate.source_first) == (False, True), "no tick is no"
    assert admin.post("/projects/none/settings", data={"two_stages": "true"}).status_code == 303
    assert site.backend.projects.project("").two_stages
    assert "The Gate" in site.browser(site.person(Role.VIEWER)).get("/projects").text
    gus = site.browser(site.person(Role.GUEST, "Gus")).get("/projects").text
    assert "The Gate" not in gus
    assert "No project is open to you" in gus


def test_a_token_is_shown_once_and_revoked_on_the_page(site: Site):
    ana = site.person()
    browser = site.browser(ana)
    form = {"name": "nightly export", "days": "30", "scopes": ["tasks:read", "export:read"]}
    made = browser.post("/account/tokens", data=form)
    assert made.headers["cache-control"] == "no-store"
    (secret,) = re.findall(r"pcue_[0-9a-f]{8}_[\w-]{43}", made.text)
    later = browser.get("/account/tokens").text
    assert secret not in later
    assert secret[:13] in later
    bearer = {"Authorization": f"Bearer {secret}"}
    assert site.browser().get("/api/v1/me", headers=bearer).json()["name"] == ana.name
    (token,) = site.backend.tokens.tokens(ana.user_id)
    browser.post("/account/tokens/revoke", data={"token_id": token.token_id})
    assert site.browser().get("/api/v1/me", headers=bearer).status_code == 401


def test_a_token_without_a_purpose_is_refused_on_the_page(site: Site):
    answer = site.browser(site.person()).post("/account/tokens", data={"name": "x", "days": "30"})
    assert answer.status_code == 422
    assert "choose what it is for" in answer.text


def test_programs_do_everything_that_the_pages_do_with_people(site, admin):
    bruno = api(admin, "POST", "/people", {"name": "Bruno", "password": PASSWORD,
                                           "role": "viewer"}, 201)  # fmt: skip
    path = f"/people/{bruno['user_id']}"
    assert api(admin, "PUT", f"{path}/role", {"role": "lead"})["role"] == "lead"
    assert api(admin, "PUT", f"{path}/active", {"is_active": False})["is_active"] is False
    api(admin, "PUT", f"{path}/active", {"is_active": True})
    api(admin, "PUT", f"{path}/password", {"password": "a second password"}, 204)
    assert site.people.authenticate("Bruno", "a second password")
    zoe = {"name": "Zoe", "role": "linguist", "email": "Zoe@Example.org "}
    assert api(admin, "POST", "/invitations", zoe, 201)["email"] == "zoe@example.org"
    assert [one["name"] for one in api(admin, "GET", "/people")] == ["Ada", "Bruno", "Zoe"]
    given = {"user_id": bruno["user_id"], "role": "linguist", "language": "pt-br"}
    member = api(admin, "POST", "/memberships", given, 201)
    assert (member["language"], member["project_id"]) == ("pt-BR", None)
    assert api(admin, "GET", "/memberships") == [member]
    api(admin, "DELETE", f"/memberships/{member['membership_id']}", status=204)
    assert api(admin, "GET", "/memberships") == []
    log = api(admin, "GET", "/access-log")
    assert [one["kind"] for one in log[:2]] == ["member.withdrawn", "member.granted"]
    assert {one["actor"] for one in log[:-1]} == {"Ada"}


def test_programs_do_everything_that_the_pages_do_with_projects(site, admin):
    task, _ = site.store.park(draft_of("Eins."))
    made = api(admin, "POST", "/projects", {"name": "The Gate", "source_first": True}, 201)
    path = f"/projects/{made['project_id']}"
    assert api(admin, "PUT", path, {"two_stages": True})["source_first"] is False
    api(admin, "PUT", f"/tasks/{task.task_id}/project", {"project_id": made["project_id"]}, 204)
    counts = {one["name"]: one["task_count"] for one in api(admin, "GET", "/projects")}
    assert counts == {"": 0, "The Gate": 1}
    assert site.store.task(task.task_id).project_id == made["project_id"]


def test_programs_manage_the_account_they_are_logged_in_with(site: Site):
    ana = site.person()
    browser = site.browser(ana)
    assert api(browser, "GET", "/me") == {
        "user_id": ana.user_id, "name": "Ana", "role": "linguist", "memberships": []
    }  # fmt: skip
    body = {"name": "script", "scopes": ["tasks:read"], "days": 1}
    made = api(browser, "POST", "/tokens", body, 201)
    (listed,) = api(browser, "GET", "/tokens")
    assert made == {**listed, "secret": made["secret"]}
    api(browser, "DELETE", f"/tokens/{listed['token_id']}", status=204)
    assert api(browser, "GET", "/tokens")[0]["revoked_at"]
    wrong = {"current": "not mine", "password": "an entirely new one"}
    api(browser, "PUT", "/me/password", wrong, 401)
    api(browser, "PUT", "/me/password", wrong | {"current": PASSWORD}, 204)
    assert site.people.authenticate("Ana", "an entirely new one")
    api(browser, "DELETE", "/session", status=204)
    api(browser, "GET", "/me", status=401)


def test_names_of_people_projects_and_tokens_are_text_and_never_markup(site, admin):
    site.people.add_user(HOSTILE, PASSWORD, Role.VIEWER)
    admin.post("/projects", data={"name": HOSTILE})
    form = {"name": HOSTILE, "days": "1", "scopes": "admin"}
    admin.post("/account/tokens", data=form)
    user_id = next(one.user_id for one in site.people.users() if one.name == HOSTILE)
    _, project = site.backend.projects.projects()
    grant = {"role": "lead", "project": project.project_id}
    assert admin.post(f"/people/{user_id}/memberships", data=grant).status_code == 303
    pages = ("/people", f"/people/{user_id}", "/people/log", "/projects", "/account/tokens")
    for path in pages:
        text = admin.get(path).text
        assert "<script>alert" not in text, path
        assert "&lt;script&gt;alert(1)&lt;/script&gt;" in text, path
        assert "{{7*7}}" in text, path


@pytest.mark.parametrize("user_id", ["..", "%2e%2e", "x" * 300, "%00", "a%0ab"])
def test_a_person_of_an_id_that_none_has_is_not_found(admin, user_id):
    assert admin.put(f"/api/v1/people/{user_id}/role", json={"role": "lead"}).status_code == 404


def test_a_webhook_is_added_seen_and_switched_off_on_its_pages(site, admin):
    form = {"url": "https://example.org/hook", "kinds": ["task.parked"]}
    made = admin.post("/webhooks", data=form)
    (secret,) = re.findall(r"whsec_[\w+/]+=*", made.text)
    assert secret not in admin.get("/webhooks").text
    site.store.park(draft_of("Eins."))
    (hook,) = site.backend.webhooks.webhooks()
    assert "On its way" in admin.get(f"/webhooks/{hook.webhook_id}").text
    off = admin.post(f"/webhooks/{hook.webhook_id}/active", data={"active": "false"})
    assert off.status_code == 303
    assert "Given up" in admin.get(f"/webhooks/{hook.webhook_id}").text


@pytest.mark.parametrize("url", ["http://example.org/", "https://127.0.0.1/", HOSTILE])
def test_a_webhook_that_may_not_be_is_refused_and_can_be_corrected(site, admin, url):
    answer = admin.post("/webhooks", data={"url": url, "kinds": "task.parked"})
    assert answer.status_code == 422
    assert "no webhook can go there" in answer.text
    assert "<script>alert" not in answer.text
    body = {"url": url, "kinds": ["task.parked"]}
    assert api(admin, "POST", "/webhooks", body, 422)["error"] == "invalid"
    assert site.backend.webhooks.webhooks() == ()


def test_programs_do_everything_that_the_pages_do_with_webhooks(site, admin):
    body = {"url": "https://example.org/hook", "kinds": ["task.approved", "task.parked"]}
    made = api(admin, "POST", "/webhooks", body, 201)
    assert made.pop("secret").startswith("whsec_")
    assert api(admin, "GET", "/webhooks") == [made]
    site.store.park(draft_of("Eins."))
    (told,) = api(admin, "GET", f"/webhooks/{made['webhook_id']}/deliveries")
    assert (told["kind"], told["attempts"], told["delivered_at"]) == ("task.parked", 0, None)
    path = f"/webhooks/{made['webhook_id']}/active"
    assert api(admin, "PUT", path, {"is_active": False})["waiting_count"] == 0
    assert [one["kind"] for one in api(admin, "GET", "/access-log")[:2]] == [
        "hook.switched",
        "hook.added",
    ]


WORDS = "term,language,kind,de\nwand,en,,Zauberstab|Stab\nElinor,en,name,\n"


def upload(browser, path: str, text: str, name: str = "words.csv"):
    return browser.post(path, files={"file": (name, text.encode(), "text/csv")})


def test_words_are_put_in_shown_found_and_taken_out_again(site, admin):
    made = api(admin, "POST", "/projects", {"name": "The Gate"}, 201)
    path = f"/projects/{made['project_id']}/glossary"
    assert "There are none yet" in admin.get(path).text
    assert upload(admin, path, WORDS).headers["location"] == f"{path}?notice=saved"
    page = admin.get(path).text
    assert "Zauberstab, Stab" in page
    found = admin.get(path, params={"find": "STAB"}).text
    assert ">wand</bdi>" in found
    assert ">Elinor</bdi>" not in found
    csv = admin.get(f"{path}.csv")
    assert csv.headers["content-disposition"].startswith('attachment; filename="The Gate.csv"')
    assert "wand,en,term,any,approved,,,Zauberstab|Stab" in csv.text
    assert "Zauberstab" in admin.get(f"{path}.tbx").text
    body = {"file_name": "x.csv", "text": "term,de\nkey,Schlüssel\n", "language": "en"}
    stored = api(admin, "PUT", path, body)
    assert [term["renderings"] for term in stored["terms"]] == [{"de": ["Schlüssel"]}]
    assert api(admin, "GET", path) == stored


@pytest.mark.parametrize(
    ("name", "text", "says"),
    [
        ("words.csv", "term,language,kind\nwand,klingonese,\n", "line 2"),
        ("words.exe", WORDS, "is no glossary"),
        ("../../etc/passwd", WORDS, "is no glossary"),
        ("words.tbx", "<!DOCTYPE x [<!ENTITY a SYSTEM 'file:///etc/passwd'>]><tbx>&a;</tbx>", ""),
    ],
)
def test_a_file_with_a_fault_is_refused_whole_and_the_fault_is_named(site, admin, name, text, says):
    answer = upload(admin, "/projects/none/glossary", text, name)
    assert answer.status_code == 422
    assert says in answer.text
    assert "root:" not in answer.text
    assert site.backend.glossaries.latest("") is None


def test_words_are_text_and_never_markup_or_formulas(admin):
    text = 'term,language,note\n<script>alert(1)</script>,en,"=HYPERLINK(""http://evil"")"\n'
    upload(admin, "/projects/none/glossary", text)
    page = admin.get("/projects/none/glossary").text
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in page
    assert "<script>alert" not in page
    assert "'=HYPERLINK" in admin.get("/projects/none/glossary.csv").text


def test_words_are_seen_by_who_sees_the_project_and_put_in_by_who_leads_it(site, admin):
    gate = api(admin, "POST", "/projects", {"name": "The Gate"}, 201)["project_id"]
    gus = site.person(Role.GUEST, "Gus")
    browser, path = site.browser(gus), f"/projects/{gate}/glossary"
    # Something is theirs elsewhere, so that the rule of the route alone would let them in.
    api(admin, "POST", "/memberships", {"user_id": gus.user_id, "role": "lead",
                                        "project_id": ""}, 201)  # fmt: skip
    for _ in range(2):
        assert browser.get(path).status_code == 404
        api(browser, "GET", path, status=404)
        assert upload(browser, path, WORDS).status_code == 404
    given = {"user_id": gus.user_id, "role": "linguist", "project_id": gate}
    api(admin, "POST", "/memberships", given, 201)
    assert browser.get(path).status_code == 200
    assert upload(browser, path, WORDS).status_code == 403
    body = {"file_name": "x.csv", "text": WORDS}
    api(browser, "PUT", path, body, 403)
    api(admin, "POST", "/memberships", given | {"role": "lead"}, 201)
    assert upload(browser, path, WORDS).status_code == 303


def test_the_same_words_again_are_no_new_version(site, admin):
    upload(admin, "/projects/none/glossary", WORDS)
    first = site.backend.glossaries.latest("")
    site.clock.pass_(hours=1)
    upload(admin, "/projects/none/glossary", WORDS)
    assert site.backend.glossaries.latest("") == first


def test_every_limit_of_a_style_is_shown_with_its_source(site: Site):
    browser = site.browser(site.person(Role.VIEWER))
    assert '<a href="/styles/pt-BR">' in browser.get("/styles").text
    page = browser.get("/styles/pt-BR", params={"audience": "children"}).text
    assert "max_chars_per_second" in page
    style = api(browser, "GET", "/styles/PT_br?kind=sdh")
    assert style["language"] == "pt-BR"
    limits = {one["name"]: one for one in style["values"]}
    assert limits["max_chars_per_line"]["value"] == "42"
    assert limits["max_chars_per_line"]["source"]


@pytest.mark.parametrize(
    ("path", "status"),
    [("klingonese", 422), ("de?audience=cats", 422), ("de?client=nobody", 404)],
)
def test_a_style_that_is_not_there_is_told_in_words(site: Site, path: str, status: int):
    browser = site.browser(site.person(Role.VIEWER))
    assert browser.get(f"/styles/{path}").status_code == status
    assert browser.get(f"/api/v1/styles/{path}").status_code == status
