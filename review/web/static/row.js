// One cue of the grid: its field, times, findings, tick and, if it comes to that, its conflict.

import { visibleText } from "./counting.js";
import { RowFindings } from "./row_findings.js";
import * as view from "./row_view.js";
import { CueSaver, State } from "./saver.js";

export class Row {
  /**
   * @param box the row's element, filled by the server
   * @param limits of the language: `{rule, maxCps, maxCpl, maxLines}`
   * @param events `{typed, updated, saving, sourced}`, each called with the row
   */
  constructor(box, limits, events) {
    this.box = box;
    this.limits = limits;
    this.events = events;
    const { cueId, number, start, end, confidence, stale, offered } = box.dataset;
    this.cueId = cueId;
    this.number = Number(number);
    this.stored = { startMs: Number(start), endMs: Number(end) };
    Object.assign(this, this.stored);
    this.isPreviewed = false;
    this.confidence = confidence;
    this.isStale = stale !== undefined;
    this.earlierSource = stale ?? "";
    this.offeredText = offered ?? "";
    this.sourceText = box.querySelector(".source").textContent;
    this.commentCount = 0;
    this.findings = new RowFindings(box.querySelector(".chips"));
    this.field = box.querySelector("textarea");
    this.tick = box.querySelector("button.tick");
    this.machineText = box.dataset.machine ?? this.text;
    this.measuredText = this.text;
    this.saver = null;
  }

  /** A row for a cue that came to be on this page. */
  static of(cue, template, limits, events) {
    const box = template.content.firstElementChild.cloneNode(true);
    box.id = `cue-${cue.cue_id}`;
    box.dataset.cueId = cue.cue_id;
    box.dataset.version = cue.version;
    const row = new Row(box, limits, events);
    row.field.value = cue.text;
    row.#take(cue);
    return row;
  }

  get text() {
    return this.field ? this.field.value : this.box.querySelector(".text").textContent;
  }

  /** The language of the text. */
  get lang() {
    return this.box.querySelector(".target [lang]").lang;
  }

  /** Which way it runs. */
  get dir() {
    return this.box.querySelector(".target [lang]").dir;
  }

  get sourceLang() {
    return this.box.querySelector(".source").lang;
  }

  get version() {
    return Number(this.box.dataset.version);
  }

  get isConfirmed() {
    return this.box.dataset.state === "confirmed";
  }

  /** The text as one row without tags. */
  get plainText() {
    return visibleText(this.text.replaceAll("\n", " "));
  }

  get hasIssue() {
    return this.findings.count("error") + this.findings.count("warning") > 0;
  }

  /** Whether findings are of this very text: once somebody types, their repairs are out of date. */
  get isMeasured() {
    return this.text === this.measuredText;
  }

  /** Make it editable. */
  connect(api, drafts) {
    this.saver = new CueSaver(
      { text: this.field.value, version: this.version },
      {
        send: (text, version, how) => api.saveCue(this.cueId, text, version, how),
        drafts: drafts.of(this.cueId),
        changed: (saver, answer) => this.#saverChanged(answer),
      },
    );
    this.field.addEventListener("input", () => this.#typed());
    this.field.addEventListener("blur", () => this.saver.flush());
    this.field.readOnly = false;
    if (this.saver.restore()) this.setText(this.saver.text, { undoable: false });
  }

  /** Put a text into the field; undoable with Ctrl+Z unless nobody typed it here. */
  setText(text, { undoable = true } = {}) {
    if (!undoable) {
      this.field.value = text;
      view.drawCounters(this);
      return;
    }
    this.field.focus();
    this.field.select();
    // Deprecated and without a successor: assigning .value would empty the field's undo history.
    if (!document.execCommand("insertText", false, text)) {
      this.field.value = text;
      this.#typed();
    }
  }

  /** Put words in at the cursor, as if typed. */
  insertText(words) {
    this.field.focus();
    document.execCommand("insertText", false, words);
  }

  /** What the server stores now. */
  update(cue) {
    this.measuredText = cue.text;
    this.#take(cue);
    this.events.updated(this);
  }

  /** The server's copy: after the lease was taken again, or after a step. Ours stays if we typed. */
  adopt(cue) {
    this.saver.goOn(cue);
    if (!this.saver.isDirty && this.field.value !== cue.text) this.setText(cue.text, { undoable: false });
    this.update(cue);
  }

  /** A step begins: nothing leaves, and a text that it changes cannot be typed into meanwhile. */
  hold({ changesText }) {
    this.saver.hold();
    this.field.readOnly = changesText;
    this.box.setAttribute("aria-busy", "true");
  }

  /** It is over. */
  release() {
    this.saver.goOn(null);
    this.field.readOnly = false;
    this.box.removeAttribute("aria-busy");
  }

  /** Show times that the server does not have yet. */
  preview(span) {
    this.isPreviewed = true;
    this.#show(span);
  }

  /** Show the times that the server has. */
  endPreview() {
    this.isPreviewed = false;
    this.#show(this.stored);
  }

  renumber(number) {
    if (number === this.number) return;
    this.number = number;
    view.drawNumber(this);
  }

  setCommentCount(count) {
    if (count === this.commentCount) return;
    this.commentCount = count;
    view.drawMarks(this);
  }

  showKept(text) {
    view.drawKept(this, text);
  }

  remove() {
    this.saver.hold();
    this.box.remove();
  }

  #take(cue) {
    const { box } = this;
    box.dataset.version = cue.version;
    this.machineText = cue.machine_text;
    this.isStale = cue.is_stale;
    this.earlierSource = cue.earlier_source;
    this.offeredText = cue.offered_text;
    this.confidence = cue.confidence_percent;
    box.classList.replace(box.dataset.state, cue.state);
    box.dataset.state = cue.state;
    this.tick?.setAttribute("aria-pressed", String(this.isConfirmed));
    this.#takeSource(cue.source_text);
    this.renumber(cue.ordinal + 1);
    this.stored = { startMs: cue.start_ms, endMs: cue.end_ms };
    if (!this.isPreviewed) this.#show(this.stored);
    view.drawQuality(this, cue.quality_percent);
    this.findings.draw(cue.findings);
    view.drawMarks(this);
  }

  /** The same text stays as it is drawn: words in it may be marked. */
  #takeSource(text) {
    if (text === this.sourceText) return;
    this.sourceText = text;
    this.box.querySelector(".source").textContent = text;
    this.events.sourced(this);
  }

  #show({ startMs, endMs }) {
    this.startMs = startMs;
    this.endMs = endMs;
    view.drawTimes(this);
    view.drawCounters(this);
  }

  #typed() {
    view.drawCounters(this);
    this.saver.edit(this.field.value);
    this.events.typed(this);
  }

  #saverChanged(answer) {
    const { state } = this.saver;
    this.box.dataset.save = state;
    if (answer?.body?.cue_id) this.update(answer.body);
    if (state === State.CONFLICT) this.#drawConflict();
    else view.drawRefusal(this, state === State.REFUSED ? this.saver.message : "");
    this.events.saving(this);
  }

  #drawConflict() {
    view.drawConflict(this, {
      keepMine: () => this.saver.keepMine(),
      takeTheirs: () => {
        this.saver.takeTheirs();
        this.setText(this.saver.text, { undoable: false });
      },
    });
  }
}
