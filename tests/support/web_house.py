"""A house at work, for whoever has to see every page: something of everything, in given words."""

import csv
import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta

from web_film import FILM, film_draft, scene_draft
from web_site import Site

from review.access.tokens import Scope
from review.hearing import HeardWord
from review.hooks.delivering import deliver_due
from review.hooks.errors import NotDeliveredError
from review.machine_drafts import Draft
from review.outbox import NoticeKind
from review.queueing.port import Plan
from review.steps.kinds import Merge, SetTexts, Split
from review.tasks import Priority, ReviewTask, Role
from review.timeline import Timeline
from subtitles.counting import visible_text
from subtitles.language import parse_language
from subtitles.span import Span
from translate.drafts import Origin, SentenceDraft
from translate.glossary.agreed import AgreedTerm
from translate.glossary.files import read_glossary
from translate.memory.port import MemoryHit

PASSWORD = "correct horse battery"
MINUTE_MS = 60_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Words:
    """What people and machines of a house have written.

    Attributes:
        language: Into which it is translated, from English.
        names: Of a linguist, a second linguist, a lead and an administrator.
        lines: Eight pairs of a source text and a text.
        others: Other texts for the first, second and third line, none like another.
        other_source: What the second line said before the transcript was corrected.
        term: A word of the show and its translation.
    """

    language: str
    title: str
    project: str
    names: tuple[str, str, str, str]
    lines: tuple[tuple[str, str], ...]
    others: tuple[str, str, str]
    other_source: str
    comment: str
    reason: str
    note: str
    term: tuple[str, str]
    made_by: str = "engine:ctranslate2|model:en-xx@1|rev:ab12cd3|v:4.5.0"
    media_path: str = str(FILM)


class House:
    """One site with people, projects, titles in every state, comments, tokens, a webhook.

    Attributes:
        desk: A task that the linguist holds, with everything that a workbench can show.
        transcript: The same film in its own language, held too; words in it were not surely heard.
        approved: A task with a release.
        returned: A task that was sent back; nobody holds it.
        ids: Of the linguist, the project and the webhook.
    """

    def __init__(self, site: Site, words: Words) -> None:
        self.site, self.words = site, words
        add = site.people.add_user
        roles = (Role.LINGUIST, Role.LINGUIST, Role.LEAD, Role.ADMIN)
        self.ana, self.ben, self.lead, self.admin = (
            add(name, PASSWORD, role) for name, role in zip(words.names, roles, strict=True)
        )
        backend, by = site.backend, self.admin.user_id
        project = backend.projects.add(words.project, two_stages=False, source_first=False, by=by)
        hook, _ = backend.webhooks.add(
            "https://example.org/a/rather/long/address/of/a/webhook?key=0123456789",
            [NoticeKind.TASK_PARKED, NoticeKind.TASK_APPROVED],
            by=by,
        )
        self.ids: Mapping[str, str] = {
            "ana": self.ana.user_id,
            "project": project.project_id,
            "hook": hook.webhook_id,
        }
        self._let_people_in()
        self.transcript = self._park(self._transcript(), "c0")
        self.approved = self._approve(self._park(self._draft(), "a0"))
        self.returned = self._return(self._park(self._draft(), "b0"))
        self.desk = self._work_on(self._park(self._draft(), "d0"))
        self._show_the_film()
        self._plan()
        deliver_due(backend.deliveries, _Broken(words.note), site.clock)

    @property
    def store(self):
        return self.site.store

    def _let_people_in(self) -> None:
        backend, by, ana = self.site.backend, self.admin.user_id, self.ana.user_id
        language = parse_language(self.words.language)
        for scope in ({"project_id": self.ids["project"], "language": None}, {"project_id": None}):
            backend.members.grant(ana, Role.LEAD, **{"language": language} | scope, by=by)
        scopes, lifetime = [Scope.TASKS_READ], timedelta(days=30)
        for owner in (self.ana, self.admin):
            backend.tokens.issue(owner.user_id, self.words.names[0], scopes, lifetime=lifetime)
        table = io.StringIO()
        said, form = self.words.term
        rows = csv.writer(table)
        rows.writerow(["term", "language", "kind", "status", "note", self.words.language])
        rows.writerow([said, "en", "", "", self.words.note, form])
        rows.writerow(["Elinor", "en", "name", "", "", ""])
        glossary = read_glossary(table.getvalue().encode(), "words.csv")
        backend.glossaries.store(self.ids["project"], glossary, by=by)

    def _draft(self) -> Draft:
        scene, words = film_draft(len(self.words.lines)), self.words
        cues = tuple(
            replace(cue, source_text=source, text=text)
            for cue, (source, text) in zip(scene.cues, words.lines, strict=True)
        )
        return replace(
            scene,
            title=words.title,
            media_path=words.media_path,
            language=parse_language(words.language),
            made_by=words.made_by,
            cues=cues,
            findings=tuple(replace(one, note=words.note) for one in scene.findings),
            sentences=tuple(
                self._sentence(cue.cue_id, cue.source_text, cue.text, is_first=not place)
                for place, cue in enumerate(cues)
            ),
            project=words.project,
        )

    def _sentence(self, cue_id: str, source: str, text: str, *, is_first: bool) -> SentenceDraft:
        """The first has everything that a page can offer for it."""
        said, form = self.words.term
        hit = MemoryHit(
            text=self.words.others[1],
            source_text=self.words.other_source,
            score=0.875,
            is_exact=False,
            origin=self.words.title,
        )
        return SentenceDraft(
            source_text=source,
            text=text,
            cue_ids=(cue_id,),
            origin=Origin.MACHINE,
            quality=0.6,
            runners_up=(self.words.others[0],) if is_first else (),
            memory_hits=(hit,) if is_first else (),
            terms=(AgreedTerm(said=said, forms=(form,)),) if is_first else (),
        )

    def _transcript(self) -> Draft:
        draft = self._draft()
        cues = tuple(replace(cue, text=cue.source_text) for cue in draft.cues)
        return replace(draft, language=draft.source_language, cues=cues, sentences=())

    def _park(self, draft: Draft, name: str) -> ReviewTask:
        draft = replace(draft, media_id=name * 32, draft_id=f"{name}-1")
        return self.store.park(draft)[0]

    def _approve(self, task: ReviewTask) -> ReviewTask:
        lead = self.lead.user_id
        epoch = self.store.claim(task.task_id, lead).epoch
        for cue in self.store.cues(task.task_id):
            if any(one.severity.name == "ERROR" for one in cue.findings):
                self._waive(task, cue.cue_id, lead)
        self.store.approve(task.task_id, user_id=lead, epoch=epoch)
        return self.store.task(task.task_id)

    def _return(self, task: ReviewTask) -> ReviewTask:
        epoch = self.store.claim(task.task_id, self.ben.user_id).epoch
        return self.store.request_changes(
            task.task_id, user_id=self.ben.user_id, epoch=epoch, reason=self.words.reason
        )

    def _work_on(self, task: ReviewTask) -> ReviewTask:
        """Edits, steps, comments, a waiver, a newer draft with another source, and Ana goes on."""
        who, task_id = self.ana.user_id, task.task_id
        epoch = self.store.claim(task_id, who).epoch
        cues = self.store.cues(task_id)
        edits = {cues[1].cue_id: self.words.others[0], cues[2].cue_id: self.words.others[1]}
        self._step(task, epoch, SetTexts(texts=edits))
        self._step(task, epoch, Split(cue_id=cues[6].cue_id, at_char=len(cues[6].text) // 2))
        self._step(task, epoch, Merge(cue_ids=tuple(self._cue_ids(task)[6:8])))
        self.store.confirm_cue(task_id, cues[7].cue_id, user_id=who, epoch=epoch, confirmed=True)
        say = self.site.backend.comments.comment
        for place, blocking in ((None, False), (0, True), (2, False)):
            cue_id = None if place is None else cues[place].cue_id
            body = self.words.comment
            say(task_id, user_id=who, cue_id=cue_id, body=body, is_blocking=blocking)
        self._waive(task, cues[4].cue_id, self.lead.user_id)
        self.store.release(task_id, who, epoch)
        self.store.park(self._newer())
        self.store.claim(task_id, who)
        return self.store.task(task_id)

    def _newer(self) -> Draft:
        draft = self._draft()
        cues = list(draft.cues)
        source, text = self.words.other_source, self.words.others[2]
        cues[1] = replace(cues[1], source_text=source, text=text)
        return replace(draft, media_id="d0" * 32, draft_id="d0-2", cues=tuple(cues))

    def _step(self, task: ReviewTask, epoch: int, step) -> None:
        self.site.backend.steps.take(
            task.task_id,
            step,
            user_id=self.ana.user_id,
            epoch=epoch,
            versions={cue.cue_id: cue.version for cue in self.store.cues(task.task_id)},
        )

    def _cue_ids(self, task: ReviewTask) -> list[str]:
        return [cue.cue_id for cue in self.store.cues(task.task_id)]

    def _waive(self, task: ReviewTask, cue_id: str, user_id: str) -> None:
        (cue,) = self.store.cues(task.task_id, [cue_id])
        for rule in {one.rule for one in cue.findings}:
            self.store.waive(
                task.task_id,
                user_id=user_id,
                cue_id=cue_id,
                rule=rule,
                reason=self.words.reason,
            )

    def _show_the_film(self) -> None:
        """Speech, cuts and doubtful words, and Ana at the transcript."""
        cues = self.store.cues(self.transcript.task_id)
        heard = Timeline(
            duration_ms=MINUTE_MS // 3,
            peaks_hz=0,
            peaks="",
            shot_changes_ms=(2_400, 8_100, 13_800),
            speech=tuple(cue.span for cue in cues),
        )
        words = tuple(
            HeardWord(text=word, span=span, percent=45)
            for cue in cues[:3]
            for word, span in said_evenly(cue.span, visible_text(cue.text).split())
        )
        self.site.backend.timelines.keep("c0" * 32, heard, words)
        self.site.backend.timelines.keep("d0" * 32, heard, ())
        self.store.claim(self.transcript.task_id, self.ana.user_id)

    def _plan(self) -> None:
        now, ana = self.site.clock(), self.ana.user_id
        plan = self.site.backend.queue.plan
        for task, what in (
            (self.returned, Plan(due_at=now - timedelta(days=2), priority=Priority.URGENT)),
            (self.desk, Plan(due_at=now + timedelta(hours=5), assigned_to=ana)),
        ):
            plan([task.task_id], what, user_id=self.lead.user_id)


def said_evenly(span: Span, words: Sequence[str]) -> list[tuple[str, Span]]:
    """Words with when they are said, one after the other and each for as long as the others."""
    pace_ms = span.duration_ms // len(words)
    starts = range(span.start_ms, span.end_ms, pace_ms)
    return [(word, Span(at, at + pace_ms)) for word, at in zip(words, starts, strict=False)]


def heard_scene(site: Site) -> Draft:
    """The film's transcript, every word of it heard while its cue is shown."""
    draft = scene_draft()
    cues = tuple(replace(cue, text=cue.source_text) for cue in draft.cues)
    words = tuple(
        HeardWord(text=word, span=span, percent=30 if word == "tide" else 95)
        for cue in cues
        for word, span in said_evenly(cue.span, visible_text(cue.text.replace("\n", " ")).split())
    )
    silent = Timeline(duration_ms=70_000, peaks_hz=0, peaks="", shot_changes_ms=(), speech=())
    site.backend.timelines.keep(draft.media_id, silent, words)
    return replace(draft, language=draft.source_language, cues=cues, sentences=(), findings=())


class _Broken:
    def __init__(self, problem: str) -> None:
        self._problem = problem

    def send(self, url, headers, body):
        raise NotDeliveredError(self._problem)
