// The task page: puts the parts together.

import { actionsOf } from "./actions.js";
import { ReviewApi } from "./api.js";
import { Controls } from "./controls.js";
import { Drafts } from "./drafts.js";
import { Filters } from "./filters.js";
import { Grid } from "./grid.js";
import { Hearing } from "./hearing.js";
import { Help } from "./help.js";
import { Keys } from "./keys.js";
import { Offers } from "./offers.js";
import { CommentsPanel } from "./panels/comments.js";
import { CuePanel } from "./panels/cue.js";
import { FindPanel } from "./panels/find.js";
import { HistoryPanel } from "./panels/history.js";
import { IssuesPanel } from "./panels/issues.js";
import { Tabs } from "./panels/tabs.js";
import { Terms } from "./panels/terms.js";
import { Waiving } from "./panels/waiving.js";
import { RecutDialog } from "./recut_dialog.js";
import { Row } from "./row.js";
import { Say } from "./say.js";
import { Screen } from "./screen.js";
import { Saving } from "./saving.js";
import { showKept } from "./session.js";
import { ShiftDialog } from "./shift_dialog.js";
import { fitStage } from "./stage.js";
import { Editing } from "./steps/editing.js";
import { Retimer } from "./steps/retimer.js";
import { Stepper } from "./steps/stepper.js";
import { Tally } from "./tally.js";
import { Timeline } from "./timeline/timeline.js";
import { FrameGrid } from "./times.js";
import { TimesEditor } from "./times_editor.js";
import { Track } from "./track.js";

const $ = (id) => document.getElementById(id);
const main = $("main");
const { taskId, userId, epoch, until, rule, maxCps, maxCpl, maxLines, frameRate, gapMs, mayOverride } = main.dataset;
const isEditor = epoch !== "";
const limits = { rule, maxCps: Number(maxCps), maxCpl: Number(maxCpl), maxLines: Number(maxLines) };
const rowEvents = { typed, updated, saving, sourced };

const rows = [...document.querySelectorAll("#rows .cue")].map((box) => new Row(box, limits, rowEvents));
const track = new Track(rows, $("rows"), newRow);
const drafts = new Drafts(userId, taskId);
const api = new ReviewApi(taskId, isEditor ? { epoch: Number(epoch), until } : null, (reason, message) =>
  keeping?.session.closed(reason, message),
);
const say = new Say($("say"));
const grid = new Grid(track, { activated });
const tally = new Tally(track);
const filters = new Filters($("filter"), track);
const keys = new Keys();
const help = new Help(keys, { changed: () => controls.nameKeys() });
const screen = new Screen($("player"), track, { moved, came: (row) => grid.activate(row, { scroll: true }) });
const offers = isEditor ? new Offers(api, $("offers")) : null;

const go = (row) => grid.edit(row);
const waiving = new Waiving(api, say, { mayOverride: mayOverride === "true" });
const cuePanel = new CuePanel(waiving, { play: (stretch) => screen.player?.playCue(stretch) });
const terms = new Terms($("detail-terms"), api);
const historyPanel = new HistoryPanel($("panel-history"), api);
const issuesPanel = new IssuesPanel($("panel-issues"), track, { go });
const commentsPanel = new CommentsPanel($("panel-comments"), api, track, {
  go,
  counted: (open) => tabs.setCount("comments", open),
});
const findPanel = new FindPanel($("panel-find"), track, { go, replace: (texts) => editing.setTexts(texts) });
const tabs = new Tabs(document.querySelector("#panels [role=tablist]"), {
  issues: issuesPanel,
  history: historyPanel,
  comments: commentsPanel,
  find: findPanel,
});

const stepper = new Stepper(api, track, say, { busy, applied, settle: () => retimer.settle() });
const retimer = new Retimer(track, new FrameGrid(frameRate), { run: (make) => stepper.run(make), shown: retimed });
const editing = new Editing({ stepper, retimer, grid, nowMs: () => screen.nowMs, say });
const shiftDialog = new ShiftDialog({ shift: (row, ms) => editing.shift(row, ms), nowMs: () => screen.nowMs });
const setTimes = (row, span, edge) => retimer.set(row, span, edge);
const timesEditor = isEditor
  ? new TimesEditor($("time-fields"), { set: setTimes, nudge: (row, edge, by) => retimer.nudge(row, edge, by) })
  : null;
const timeline = new Timeline($("timeline"), {
  track,
  gapMs: Number(gapMs),
  isEditor,
  on: {
    seek: (timeMs) => screen.seek(timeMs),
    take: (row) => grid.activate(row, { scroll: true }),
    edit: go,
    retime: dragged,
    settle: () => retimer.settle(),
    cancel: () => retimer.drop(),
  },
});
const keeping = isEditor
  ? new Saving({ api, track, drafts, userId, settle: () => retimer.settle() }, () => stepper.queue)
  : null;
const hearing = $("hearing") && new Hearing($("hearing"), track, { play: (stretch) => screen.player?.playCue(stretch) });
const saveAll = () => keeping.saveAll();
const recutDialog = $("recut") && new RecutDialog(api, grid, { save: saveAll, apply: (first, last) => editing.resegment(first, last) });
const parts = { grid, editing, stepper, screen, offers, timeline, tabs, help, shiftDialog, recutDialog, track, isEditor, saveAll, confirm };
const controls = new Controls(keys, actionsOf(parts), {
  row: (element) => track.rowOf(element),
  activate: (row) => grid.activate(row),
  show: (row) => screen.show(row),
  tick: (row) => confirm(row, !row.isConfirmed),
  play: (row) => screen.player?.playCue(row),
  editTimes: () => timesEditor?.start.select(),
  open: (panel) => tabs.open(panel),
});

// By then a browser knows of its crashed pages that they are gone.
const LOOK_AGAIN_MS = 3000;

start();

async function start() {
  fitStage(document.querySelector(".desk"));
  await drafts.open();
  if (isEditor) rows.forEach((row) => row.connect(api, drafts));
  showKept(drafts, rows, { isEditor });
  setTimeout(() => drafts.look().then(() => showKept(drafts, rows, { isEditor })), LOOK_AGAIN_MS);
  recount();
  const wanted = rows.find((row) => `#${row.box.id}` === decodeURIComponent(location.hash));
  grid.activate(wanted ?? rows[0] ?? null, { scroll: Boolean(wanted) });
  timeline.load(null);
  main.dataset.ready = "true";
  performance.mark("desk-ready");
  commentsPanel.load();
  listen();
  api.timeline().then((answer) => answer.kind === "ok" && timeline.load(answer.body));
}

/** Which words were not surely heard, of the sources as they are now. */
async function listen() {
  const answer = hearing && (await api.hearing());
  if (answer?.kind === "ok") hearing.show(answer.body);
}

// -- what rows report

function newRow(cue) {
  const row = Row.of(cue, $("row-template"), limits, rowEvents);
  row.connect(api, drafts);
  return row;
}

function activated(row) {
  timesEditor?.show(row);
  timeline.activate(row);
  cuePanel.show(row);
  terms.show(row);
  historyPanel.show(row);
  commentsPanel.show(row);
  offers?.show(row);
}

function typed(row) {
  stepper.typed();
  if (row === grid.active) {
    offers?.mark();
    cuePanel.drawText();
    cuePanel.drawFindings();
  }
  screen.draw();
  timeline.draw();
}

function saving(row) {
  keeping.status.note(row);
}

function updated(row) {
  if (row === grid.active) {
    timesEditor?.draw();
    cuePanel.show(row);
    historyPanel.show(row);
    offers?.show(row);
  }
  recount();
}

/** A row has another source, without marks: asked once for however many there are. */
function sourced() {
  if (main.dataset.listen) return;
  main.dataset.listen = "due";
  queueMicrotask(() => {
    delete main.dataset.listen;
    listen();
  });
}

/** Once for however many rows have changed together. */
function recount() {
  if (main.dataset.recount) return;
  main.dataset.recount = "due";
  queueMicrotask(() => {
    delete main.dataset.recount;
    tally.draw();
    filters.draw();
    issuesPanel.draw();
    tabs.setCount("issues", track.rows.filter((row) => row.hasIssue).length);
    timeline.draw();
  });
}

function retimed(row) {
  busy();
  if (row === grid.active) timesEditor?.draw();
  screen.look();
  timeline.draw();
}

function dragged(row, span, edge) {
  const { frames } = retimer;
  const startMs = frames.nearest(span.startMs);
  const endMs = edge === "body" ? startMs + span.endMs - span.startMs : frames.nearest(span.endMs);
  retimer.show(row, { startMs, endMs }, edge);
}

// -- steps

function busy() {
  keeping.status.setBusy(stepper.waiting + (retimer.isWaiting ? 1 : 0));
}

function applied(answer, { isTyping }) {
  const { active } = grid;
  if (active?.box.isConnected) {
    activated(active);
  } else if (active) {
    // Its cue is gone: to what became of it, or to the one in its place.
    const row = track.get(answer?.changed[0]?.cue_id) ?? track.rows[Math.min(active.number, track.rows.length) - 1];
    if (isTyping) grid.edit(row);
    else grid.activate(row);
  }
  for (const [action, list] of [["undo", stepper.done], ["redo", stepper.undone]]) {
    const button = document.querySelector(`[data-action=${action}]`);
    button.disabled = !list.length;
  }
  if (answer?.order) {
    findPanel.draw();
    commentsPanel.moved();
  }
  screen.look();
  recount();
}

async function confirm(row, wanted) {
  if (!isEditor || !(await row.saver.flush())) return false;
  const answer = await api.confirmCue(row.cueId, wanted);
  if (answer.kind === "ok") row.update(answer.body);
  return answer.kind === "ok";
}

// -- playing

function moved(timeMs, how) {
  timeline.moveTo(timeMs, how);
}
