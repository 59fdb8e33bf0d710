// New times of cues: seen at once, and one step when somebody pauses, however many keys it took.

import { fitted, roomOf } from "../timeline/limits.js";

const PAUSE_MS = 450;

export class Retimer {
  /**
   * @param track the Track
   * @param frames the FrameGrid
   * @param on `{run(make), shown(row)}`: does a step; tells that a row shows other times
   */
  constructor(track, frames, on) {
    this.track = track;
    this.frames = frames;
    this.on = on;
    this.titleMs = null;
    this.row = null;
    this.timer = null;
  }

  /** Whether there are times that nobody has sent. */
  get isWaiting() {
    return this.row !== null;
  }

  /** Where the cue may go. */
  room(row) {
    return roomOf(this.track, row, { shortestMs: Math.ceil(this.frames.frameMs), titleMs: this.titleMs });
  }

  /** Show the row with these times, as far as there is room; nothing is sent yet. */
  show(row, wanted, edge) {
    if (row !== this.row) this.settle();
    this.#clear();
    this.row = row;
    row.preview(fitted(wanted, edge, this.room(row)));
    this.on.shown(row);
  }

  /** Show it, and make it a step after a pause. */
  set(row, wanted, edge) {
    this.show(row, wanted, edge);
    this.timer = setTimeout(() => this.settle(), PAUSE_MS);
  }

  /** Move an edge by so many frames or milliseconds. */
  nudge(row, edge, { frames = 0, ms = 0 }) {
    const { startMs, endMs } = row;
    const moved = (timeMs) => (ms ? this.frames.nearest(timeMs + ms) : this.frames.step(timeMs, frames));
    const wanted = edge === "start" ? { startMs: moved(startMs), endMs } : { startMs, endMs: moved(endMs) };
    this.set(row, wanted, edge);
  }

  /** Forget what is shown and not sent. */
  drop() {
    const { row } = this;
    this.#clear();
    this.row = null;
    row?.endPreview();
    if (row) this.on.shown(row);
  }

  /** Send what waits. */
  settle() {
    const { row } = this;
    if (!row) return;
    this.#clear();
    this.row = null;
    const { startMs, endMs } = row;
    if (startMs === row.stored.startMs && endMs === row.stored.endMs) {
      row.endPreview();
      this.on.shown(row);
      return;
    }
    const step = { kind: "set_times", cue_id: row.cueId, start_ms: startMs, end_ms: endMs };
    this.on.run(() => ({ step, rows: [row], said: "" })).finally(() => {
      if (row !== this.row) {
        row.endPreview(); // as the server has it now, whether it took the times or not
        this.on.shown(row);
      }
    });
  }

  #clear() {
    clearTimeout(this.timer);
    this.timer = null;
  }
}
