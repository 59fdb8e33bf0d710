// The task page: puts the parts together.

import { ReviewApi } from "./api.js";
import { Detail } from "./detail.js";
import { Drafts } from "./drafts.js";
import { plural } from "./element.js";
import { Grid } from "./grid.js";
import { Help } from "./help.js";
import { actionOf, isField } from "./keymap.js";
import { Offers } from "./offers.js";
import { drawText } from "./overlay.js";
import { Player } from "./player.js";
import { Row } from "./row.js";
import { Session, showKept } from "./session.js";
import { SaveStatus } from "./status.js";
import { Timeline } from "./timeline.js";

const main = document.getElementById("main");
const { taskId, userId, epoch, until, rule, maxCps, maxCpl, maxLines } = main.dataset;
const isEditor = epoch !== "";
const limits = { rule, maxCps: Number(maxCps), maxCpl: Number(maxCpl), maxLines: Number(maxLines) };

const rows = [...document.querySelectorAll(".cue")].map(
  (box) => new Row(box, limits, { typed, updated, saving }),
);
const timeline = new Timeline(rows);
const drafts = new Drafts(userId, taskId);
const api = new ReviewApi(taskId, isEditor ? { epoch: Number(epoch), until } : null, (reason, message) =>
  session?.closed(reason, message),
);
const grid = new Grid(rows, { activated });
const detail = new Detail(api);
const offers = isEditor ? new Offers(api, document.getElementById("offers")) : null;
const help = new Help();
const media = document.getElementById("player");
const player = media && new Player(media, moved);
const overlay = document.getElementById("overlay");
const overlayText = document.getElementById("overlay-text");
const follow = document.getElementById("follow");
const status = isEditor ? new SaveStatus(document.getElementById("save-state"), drafts) : null;
const session = isEditor
  ? new Session(api, { userId, resume, adopt: (cues) => cues.forEach(adopt) })
  : null;
const issueChips = [...document.querySelectorAll("#issue-count [data-count]")];
// Findings on the track as a whole have no row; they count all the same.
const ofTheTrack = new Map(
  issueChips.map((chip) => [chip, Number(chip.dataset.total) - findings(chip.dataset.count)]),
);
let shown = null;

start();

function start() {
  if (media) for (const track of media.textTracks) track.mode = "disabled";
  if (isEditor) {
    rows.forEach((row) => row.connect(api, drafts));
    session.beat();
  } else {
    showKept(drafts, rows);
  }
  listen();
  const wanted = rows.find((row) => `#${row.box.id}` === decodeURIComponent(location.hash));
  grid.activate(wanted ?? rows[0] ?? null, { scroll: Boolean(wanted) });
  main.dataset.ready = "true";
}

function listen() {
  document.addEventListener("keydown", onKey);
  document.getElementById("cues").addEventListener("click", onGridClick);
  document.getElementById("cues").addEventListener("focusin", (event) => {
    const row = grid.rowOf(event.target);
    grid.activate(row);
    if (row && isField(event.target)) player?.show(row);
  });
  document.getElementById("play-cue").addEventListener("click", () => run("play-cue"));
  document.getElementById("play-pause").addEventListener("click", () => run("play-pause"));
  overlayText.addEventListener("change", drawOverlay);
  document.getElementById("approve-form")?.addEventListener("submit", onApprove);
  for (const form of document.querySelectorAll("form[data-leaves]")) {
    form.addEventListener("submit", (event) => submitWhenSaved(event));
  }
  if (isEditor) listenForLeaving();
}

function listenForLeaving() {
  addEventListener("pagehide", () => rows.forEach((row) => row.saver.flushLast()));
  document.addEventListener("visibilitychange", () => document.hidden && saveAll());
  addEventListener("online", resume);
  addEventListener("beforeunload", (event) => {
    if (!status.isClean) event.preventDefault();
  });
}

// -- what rows report

function activated(row) {
  detail.show(row);
  offers?.show(row);
}

function typed(row) {
  if (row === grid.active) {
    offers?.mark();
    detail.drawMachine();
    detail.drawFindings();
  }
  drawOverlay();
}

function saving(row) {
  status?.note(row);
}

function updated(changed) {
  if (changed === grid.active) {
    detail.drawFindings();
    offers?.show(changed);
  }
  const confirmed = rows.filter((row) => row.isConfirmed).length;
  document.getElementById("progress").value = confirmed;
  document.getElementById("confirmed-count").textContent = `${confirmed} of ${rows.length} confirmed`;
  for (const chip of issueChips) {
    const count = ofTheTrack.get(chip) + findings(chip.dataset.count);
    chip.hidden = count === 0;
    chip.textContent = plural(count, chip.dataset.count);
  }
}

function findings(severity) {
  return rows.reduce((sum, row) => sum + row.count(severity), 0);
}

function adopt(cue) {
  rows.find((row) => row.cueId === cue.cue_id)?.adopt(cue);
}

function resume() {
  rows.forEach((row) => row.saver.resume());
}

function saveAll() {
  return Promise.all(status.rows().map((row) => row.saver.flush()));
}

// -- playing

function moved(timeMs) {
  const row = timeline.at(timeMs);
  if (row !== shown) {
    shown = row;
    drawOverlay();
    const isTyping = document.activeElement?.matches("textarea");
    if (row && follow.checked && player.isPlaying && !isTyping) grid.activate(row, { scroll: true });
  }
}

function drawOverlay() {
  if (!overlay) return;
  const which = overlayText.value;
  const hidden = !shown || which === "none";
  const text = hidden ? "" : which === "source" ? shown.sourceText : shown.text;
  overlay.dataset.cue = hidden ? "" : shown.number;
  drawText(overlay, text, main.querySelector(which === "source" ? ".source" : ".target [lang]")?.lang);
}

// -- deciding

async function confirm(row, wanted) {
  if (!isEditor || !(await row.saver.flush())) return false;
  const answer = await api.confirmCue(row.cueId, wanted);
  if (answer.kind === "ok") row.update(answer.body);
  return answer.kind === "ok";
}

async function confirmAndGoOn() {
  const row = grid.active;
  if (row && isEditor && (await confirm(row, true))) {
    grid.edit(grid.find((other) => !other.isConfirmed) ?? grid.step(1));
  }
}

async function onApprove(event) {
  event.preventDefault();
  const form = event.target;
  await saveAll();
  if (!status.isClean) return;
  const open = rows.filter((row) => !row.isConfirmed).length;
  if (open && !(await agreed(`${plural(open, "cue")} of ${rows.length} not confirmed yet.`))) return;
  form.submit();
}

async function submitWhenSaved(event) {
  event.preventDefault();
  await saveAll();
  if (status.isClean) event.target.submit();
}

function agreed(question) {
  const dialog = document.getElementById("ask");
  dialog.querySelector("p").textContent = question;
  dialog.returnValue = "no";
  dialog.showModal();
  return new Promise((decide) => {
    dialog.addEventListener("close", () => decide(dialog.returnValue === "yes"), { once: true });
  });
}

// -- keys and clicks

function onGridClick(event) {
  const row = grid.rowOf(event.target);
  if (!row) return;
  grid.activate(row);
  if (event.target.closest(".tick")) confirm(row, !row.isConfirmed);
  if (event.target.closest(".cue-play, .times, .source")) player?.playCue(row);
}

function onKey(event) {
  if (document.querySelector("dialog[open]")) return;
  const action = actionOf(event, { singleKeys: help.singleKeys });
  if (action && run(action) !== false) event.preventDefault();
}

function run(action) {
  const { active } = grid;
  const actions = {
    "confirm-next": confirmAndGoOn,
    previous: () => grid.edit(grid.step(-1)),
    next: () => grid.edit(grid.step(1)),
    "play-cue": () => active && player?.playCue(active),
    "loop-cue": () => active && player?.playCue(active, { loop: true }),
    "play-pause": () => player?.toggle(),
    "next-issue": () => grid.edit(grid.find((row) => row.hasIssue)),
    "previous-issue": () => grid.edit(grid.find((row) => row.hasIssue, -1)),
    "next-offer": () => offers?.turn(1),
    "previous-offer": () => offers?.turn(-1),
    save: () => status && saveAll(),
    leave: () => document.activeElement.blur(),
    edit: () => grid.edit(active),
    back: () => player?.step(-1000),
    forward: () => player?.step(1000),
    help: () => help.open(),
  };
  actions[action]();
}
