// One cue of the grid: its field, counters, findings, tick and, if it comes to that, its conflict.

import { charsPerSecond, lineWidth } from "./counting.js";
import { element, spoken } from "./element.js";
import { CueSaver, State } from "./saver.js";

export class Row {
  constructor(box, limits, events) {
    this.box = box;
    this.limits = limits;
    this.events = events;
    this.cueId = box.dataset.cueId;
    this.number = box.dataset.number;
    this.startMs = Number(box.dataset.start);
    this.endMs = Number(box.dataset.end);
    this.confidence = box.dataset.confidence;
    this.field = box.querySelector("textarea");
    this.tick = box.querySelector("button.tick");
    this.machineText = box.dataset.machine ?? this.text;
    this.measuredText = this.text;
    this.saver = null;
  }

  get text() {
    return this.field ? this.field.value : this.box.querySelector(".text").textContent;
  }

  get sourceText() {
    return this.box.querySelector(".source").textContent;
  }

  get sourceLang() {
    return this.box.querySelector(".source").lang;
  }

  get isConfirmed() {
    return this.box.dataset.state === "confirmed";
  }

  /** How many findings of a severity it has. */
  count(severity) {
    return this.box.querySelectorAll(`.chips .${severity}`).length;
  }

  /** What is wrong and what to do, one entry per finding. */
  get advice() {
    return [...this.box.querySelectorAll(".chips .chip")].map((one) => ({
      words: `${one.textContent.trim()}. ${one.dataset.advice}`,
      source: one.title,
      severity: one.className.replace("chip ", ""),
      // A repair is of the text that was measured; once somebody types it is out of date.
      fix: this.field && this.text === this.measuredText ? one.dataset.fix : undefined,
    }));
  }

  get hasIssue() {
    return this.count("error") + this.count("warning") > 0;
  }

  /** Make it editable. */
  connect(api, drafts) {
    this.saver = new CueSaver(
      { text: this.field.value, version: Number(this.box.dataset.version) },
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
      this.drawCounters();
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

  /** What the server stores now. */
  update(cue) {
    this.box.dataset.version = cue.version;
    this.measuredText = cue.text;
    this.box.classList.replace(this.box.dataset.state, cue.state);
    this.box.dataset.state = cue.state;
    if (this.tick) {
      this.tick.setAttribute("aria-pressed", String(this.isConfirmed));
    }
    this.box.querySelector(".chips").replaceChildren(...cue.findings.map(chip));
    this.events.updated(this);
  }

  /** The server's copy after the lease was taken again. */
  adopt(cue) {
    if (this.saver.adopt(cue)) {
      if (this.field.value !== cue.text) this.setText(cue.text, { undoable: false });
      this.update(cue);
    }
  }

  /** A text of an earlier visit that cannot be saved now. */
  showKept(text) {
    const box = this.box.querySelector(".conflict");
    box.replaceChildren(
      element("p", {}, "Kept in this browser, not saved:"),
      element("p", { class: "text-block", dir: "auto" }, text),
    );
    box.hidden = false;
  }

  drawCounters() {
    const { rule, maxCps, maxCpl, maxLines } = this.limits;
    const lines = this.text.split("\n");
    const speed = charsPerSecond(lines, this.endMs - this.startMs, rule);
    const widths = lines.map((line) => lineWidth(line, rule));
    this.box.querySelector(".counters").replaceChildren(
      measured("speed", speed.toFixed(1), " cps", speed > maxCps && "too fast"),
      " ",
      element(
        "span",
        { class: "widths" },
        ...widths.map((width) => measured("", String(width), "", width > maxCpl && "too wide")),
        element("span", { class: "of" }, ` of ${maxCpl}`),
      ),
      " ",
      measured("lines", String(lines.length), lines.length === 1 ? " line" : " lines", lines.length > maxLines && "too many"),
    );
  }

  #typed() {
    this.drawCounters();
    this.saver.edit(this.field.value);
    this.events.typed(this);
  }

  #saverChanged(answer) {
    const { state } = this.saver;
    this.box.dataset.save = state;
    if (answer?.body?.cue_id) this.update(answer.body);
    if (state === State.CONFLICT) this.#drawConflict();
    else this.#drawRefusal(state === State.REFUSED ? this.saver.message : "");
    this.events.saving(this);
  }

  #drawRefusal(message) {
    const box = this.box.querySelector(".conflict");
    box.hidden = !message;
    box.replaceChildren(...(message ? [element("p", {}, `Not saved: ${message}`)] : []));
  }

  #drawConflict() {
    const box = this.box.querySelector(".conflict");
    const { lang } = this.field;
    const mine = element("button", { type: "button" }, "Keep mine");
    const theirs = element("button", { type: "button" }, "Take the stored one");
    mine.addEventListener("click", () => this.saver.keepMine());
    theirs.addEventListener("click", () => {
      this.saver.takeTheirs();
      this.setText(this.saver.text, { undoable: false });
    });
    box.replaceChildren(
      element("p", {}, element("strong", {}, "Conflict. "), "This cue was changed elsewhere. Yours is above; stored is:"),
      element("p", { class: "text-block theirs", dir: "auto", lang }, this.saver.theirs.text),
      element("p", { class: "row-buttons" }, mine, " ", theirs),
    );
    box.hidden = false;
  }
}

function measured(name, value, unit, problem) {
  const classes = [name, problem ? "over" : ""].filter(Boolean).join(" ");
  const shown = element("span", { class: classes || null }, element("b", {}, value), unit);
  if (problem) shown.append(spoken(` (${problem})`));
  return shown;
}

function chip(finding) {
  const made = element("li", { class: `chip ${finding.severity}`, "data-advice": finding.advice, title: finding.source }, finding.label);
  if (finding.fix) made.dataset.fix = finding.fix;
  if (finding.detail) made.append(" ", element("b", {}, finding.detail));
  return made;
}
