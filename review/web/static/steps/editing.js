// What a person can do to the structure and the times of cues, each as one step.

import { plural } from "../element.js";
import { charsBefore, wordsAround } from "./places.js";

export class Editing {
  /**
   * @param stepper the Stepper
   * @param retimer the Retimer
   * @param grid the Grid
   * @param nowMs gives where the player stands
   * @param say a Say
   */
  constructor({ stepper, retimer, grid, nowMs, say }) {
    this.stepper = stepper;
    this.retimer = retimer;
    this.grid = grid;
    this.track = grid.track;
    this.nowMs = nowMs;
    this.say = say;
  }

  // -- structure

  splitAtCaret() {
    const row = this.#typedIn();
    if (!row) return;
    const place = row.field.selectionStart;
    this.#split(row, () => ({ at_char: charsBefore(row.text, place), at_ms: null }));
  }

  /** In time at the playhead; in the text at the caret, or in the middle of its words. */
  splitAtPlayhead() {
    const row = this.grid.active;
    if (!row) return;
    const atMs = this.retimer.frames.nearest(this.nowMs());
    if (atMs <= row.startMs || atMs >= row.endMs) {
      this.say.warn(`Not done: the playhead does not stand within cue ${row.number}.`);
      return;
    }
    const share = (atMs - row.startMs) / (row.endMs - row.startMs);
    this.#split(row, () => ({ at_char: charsBefore(row.text, gapNear(row.text, share)), at_ms: atMs }));
  }

  merge() {
    const row = this.grid.active;
    const next = row && this.track.beside(row, 1);
    if (!next) return this.say.warn("There is no cue after this one to merge with.");
    const place = row.text.length + 1;
    const make = () => ({
      step: { kind: "merge", cue_ids: [row.cueId, next.cueId] },
      rows: [row, next],
      said: `Cues ${row.number} and ${next.number} are one now.`,
    });
    return this.#then(make, (_answer, isTyping) => this.#goTo(row, place, isTyping));
  }

  /** The last word to the next cue, the first to the previous one; or all beyond the caret. */
  moveWords(to, { fromCaret = false } = {}) {
    const row = fromCaret ? this.#typedIn() : this.grid.active;
    if (!row) return;
    const other = this.track.beside(row, to === "next" ? 1 : -1);
    if (!other) return this.say.warn(`There is no ${to} cue.`);
    const around = fromCaret && wordsAround(row.text, row.field.selectionStart);
    const count = around ? (to === "next" ? around.after : around.before) : 1;
    if (!count) return this.say.warn("There is no whole word beyond the cursor: split the cue instead.");
    const make = () => ({
      step: { kind: "move_words", cue_id: row.cueId, to, count },
      rows: [row, other],
      said: `${plural(count, "word")} moved to cue ${other.number}.`,
    });
    return this.#then(make, () => undefined);
  }

  /** After the active cue: from the playhead if that stands in the gap, else right behind the cue. */
  insert() {
    const row = this.grid.active;
    const next = row ? this.track.beside(row, 1) : this.track.rows[0];
    const span = this.#gapAfter(row, next);
    if (!span) return this.say.warn("There is no room for a cue here: move an edge first.");
    const make = () => ({
      step: { kind: "insert", after_cue_id: row?.cueId ?? null, start_ms: span.startMs, end_ms: span.endMs, text: "…" },
      rows: [],
      said: "A cue was inserted.",
    });
    return this.#then(make, (answer) => {
      const made = this.track.get(answer.changed.find((cue) => !this.known.has(cue.cue_id))?.cue_id);
      this.grid.edit(made);
      made?.field.select();
    });
  }

  delete() {
    const row = this.grid.active;
    if (!row) return;
    const beside = this.track.beside(row, 1) ?? this.track.beside(row, -1);
    const make = () => ({
      step: { kind: "delete", cue_ids: [row.cueId] },
      rows: [row],
      said: `Cue ${row.number} was deleted.`,
    });
    return this.#then(make, () => this.grid.activate(beside));
  }

  /** The unconfirmed cues from one row to another, by when their words were heard. */
  resegment(first, last) {
    const rows = this.track.rows.slice(this.track.indexOf(first), this.track.indexOf(last) + 1);
    return this.stepper.run(() => ({
      step: { kind: "resegment", first_cue_id: first.cueId, last_cue_id: last.cueId },
      rows,
      said: "The cues were cut anew.",
    }));
  }

  // -- times

  setEdge(edge) {
    const row = this.grid.active;
    if (!row) return;
    const atMs = this.retimer.frames.nearest(this.nowMs());
    const { startMs, endMs } = row;
    const isBeyond = edge === "start" ? atMs >= endMs : atMs <= startMs;
    if (isBeyond) return this.say.warn(`The playhead stands ${edge === "start" ? "after the end" : "before the start"} of cue ${row.number}.`);
    this.retimer.set(row, edge === "start" ? { startMs: atMs, endMs } : { startMs, endMs: atMs }, edge);
  }

  nudge(edge, by) {
    const row = this.grid.active;
    if (row) this.retimer.nudge(row, edge, by);
  }

  /** This cue and all that follow. */
  shift(row, byMs) {
    const rows = this.track.from(row);
    return this.stepper.run(() => ({
      step: { kind: "shift", cue_id: row.cueId, by_ms: byMs },
      rows,
      said: `${plural(rows.length, "cue")} shifted by ${byMs} ms.`,
    }));
  }

  // -- several cues

  /** Tick off all cues up to the active one. */
  confirmToHere() {
    const row = this.grid.active;
    if (!row) return;
    const until = this.track.indexOf(row) + 1;
    const rows = this.track.rows.slice(0, until).filter((one) => !one.isConfirmed);
    if (!rows.length) return this.say.warn("All cues up to this one are confirmed.");
    return this.stepper.run(() => ({
      step: { kind: "confirm", cue_ids: rows.map((one) => one.cueId) },
      rows,
      said: `${plural(rows.length, "cue")} confirmed.`,
    }));
  }

  /** @param texts Map from row to its new text */
  setTexts(texts) {
    const rows = [...texts.keys()];
    const byId = Object.fromEntries([...texts].map(([row, text]) => [row.cueId, text]));
    return this.stepper.run(() => ({
      step: { kind: "set_texts", texts: byId },
      rows,
      said: `Replaced in ${plural(rows.length, "cue")}.`,
    }));
  }

  #split(row, place) {
    const make = () => ({
      step: { kind: "split", cue_id: row.cueId, ...place() },
      rows: [row],
      said: `Cue ${row.number} was split.`,
    });
    return this.#then(make, (_answer, isTyping) => this.#goTo(this.track.beside(row, 1), 0, isTyping));
  }

  async #then(make, show) {
    const isTyping = Boolean(document.activeElement?.matches("textarea"));
    const answer = await this.stepper.run(() => {
      this.known = new Set(this.track.byId.keys());
      return make();
    });
    if (answer) show(answer, isTyping);
  }

  /** Who was typing goes on typing there. */
  #goTo(row, place, isTyping) {
    this.grid.activate(row);
    if (!isTyping) return;
    row.field.focus({ preventScroll: true });
    row.field.setSelectionRange(place, place);
  }

  #gapAfter(row, next) {
    const { frames } = this.retimer;
    const fromMs = row?.endMs ?? 0;
    const untilMs = next?.startMs ?? fromMs + 60000;
    const nowMs = frames.nearest(this.nowMs());
    const startMs = nowMs >= fromMs && nowMs < untilMs ? nowMs : fromMs;
    const endMs = Math.min(startMs + 2000, untilMs);
    return endMs - startMs >= 2 * frames.frameMs ? { startMs, endMs } : null;
  }

  #typedIn() {
    const row = this.track.rowOf(document.activeElement);
    return row?.field === document.activeElement ? row : null;
  }

}

/** The space between words that stands nearest to this share of the text. */
function gapNear(text, share) {
  const gaps = [...text.matchAll(/\s+/gu)].map(({ index, 0: space }) => index + space.length);
  const wanted = share * text.length;
  const nearest = (best, place) => (Math.abs(place - wanted) < Math.abs(best - wanted) ? place : best);
  return gaps.length ? gaps.reduce(nearest) : Math.round(wanted);
}
