"""The titles in review, by project and by medium."""

from dataclasses import replace

from review_desks import sql_desk
from review_drafts import draft_of

from review.sql.projects import derive_project_id
from review.sql.titles import SqlTitles
from review.tasks import TaskState


def test_titles_are_listed_with_their_languages_and_projects(database_url):
    with sql_desk(database_url) as desk:
        titles = SqlTitles(desk.store._engine)
        assert titles.titles() == ()
        for language in ("en", "de", "ko"):
            draft = draft_of("Line.", title="Pilot", media="pilot", language=language)
            task = desk.store.park(replace(draft, project="Saga"))[0]
        desk.store.cancel(task.task_id, user_id=desk.lea.user_id, reason="Not sold there.")
        other = desk.store.park(draft_of("Line.", title="Alone", media="alone"))[0]

        alone, pilot = titles.titles()
        assert (alone.title, alone.project, alone.translations) == ("Alone", "", ("de",))
        assert (pilot.project, pilot.source_language) == ("Saga", "en")
        assert dict(pilot.languages)["ko"] is TaskState.CANCELLED
        assert pilot.translations == ("de",)
        assert titles.titles(project_id=derive_project_id("saga")) == (pilot,)
        assert titles.titles(project_id="") == (alone,)
        assert titles.titles(media_id=other.media_id) == (alone,)
        assert titles.titles(project_id="none") == ()
