// The timeline of the title: what is in sight, who may move what, and when it is drawn again.

import { lastStartedBy } from "../cue_at.js";
import { NOTHING, timelineOf } from "./data.js";
import { Hand } from "./hand.js";
import { Painter } from "./painter.js";
import { Scale } from "./scale.js";

const SNAP = "polycue:snap";

export class Timeline {
  /**
   * @param box the section with the canvas and its buttons
   * @param track the Track
   * @param gapMs the smallest gap between cues that the style allows
   * @param isEditor whether times may be changed
   * @param on `{seek(ms), take(row), edit(row), retime(row, span, edge), settle(), cancel()}`
   */
  constructor(box, { track, gapMs, isEditor, on }) {
    this.box = box;
    this.track = track;
    this.gapMs = gapMs;
    this.on = on;
    this.data = NOTHING;
    this.active = null;
    this.nowMs = 0;
    this.snapMs = null;
    this.isDue = false;
    const canvas = box.querySelector("canvas");
    this.painter = new Painter(canvas);
    this.scale = new Scale();
    this.snap = box.querySelector("#snap");
    this.snap.checked = localStorage.getItem(SNAP) !== "off";
    this.snap.addEventListener("change", () => localStorage.setItem(SNAP, this.snap.checked ? "on" : "off"));
    this.hand = new Hand(canvas, this.#view(isEditor), this.#hands());
    new ResizeObserver(() => this.#resize()).observe(canvas);
    matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => this.#recolour());
  }

  /** Show what the server knows of the title; a plain ruler without an answer. */
  load(answer) {
    if (answer) this.data = timelineOf(answer);
    document.body.classList.toggle("sounding", this.data.peaks.length > 0);
    this.#measure();
    this.draw();
  }

  activate(row) {
    this.active = row;
    this.scale.reveal(row.startMs, row.endMs);
    this.draw();
  }

  /** The player stands elsewhere. */
  moveTo(timeMs, { isPlaying }) {
    this.nowMs = timeMs;
    if (isPlaying) this.scale.follow(timeMs);
    else if (!this.hand.grip) this.scale.reveal(timeMs, timeMs);
    this.draw();
  }

  zoomBy(steps) {
    const { startMs, endMs } = this.active ?? { startMs: this.nowMs, endMs: this.nowMs };
    this.scale.zoomBy(steps, this.scale.xOf((startMs + endMs) / 2));
    this.draw();
  }

  /** Draw it with the next picture: however often it is asked for, once. */
  draw() {
    if (this.isDue) return;
    this.isDue = true;
    requestAnimationFrame(() => {
      this.isDue = false;
      const { scale, data, active, nowMs, snapMs } = this;
      this.painter.paint({ scale, data, rows: this.track.rows, active, nowMs, snapMs });
    });
  }

  /** What times of this row snap to: cuts, speech, neighbours with the gap they need, the playhead. */
  marksMs(row) {
    const { startMs, endMs } = this.scale;
    const inSight = (timeMs) => timeMs >= startMs && timeMs <= endMs;
    const before = this.track.beside(row, -1);
    const after = this.track.beside(row, 1);
    const marks = [this.nowMs, ...this.data.shotChangesMs, ...this.data.speech.flat()];
    if (before) marks.push(before.endMs + this.gapMs);
    if (after) marks.push(after.startMs - this.gapMs);
    return marks.filter(inSight);
  }

  #view(isEditor) {
    return {
      scale: this.scale,
      rows: this.track.rows,
      isEditor,
      marksMs: (row) => this.marksMs(row),
      isSnapping: () => this.snap.checked,
    };
  }

  #hands() {
    const { on } = this;
    return {
      seek: on.seek,
      take: on.take,
      edit: on.edit,
      drag: (row, span, edge, snapMs) => {
        this.snapMs = snapMs;
        on.retime(row, span, edge);
        this.draw();
      },
      drop: () => this.#letGo(on.settle),
      cancel: () => this.#letGo(on.cancel),
      moved: () => this.draw(),
    };
  }

  #letGo(act) {
    this.snapMs = null;
    act();
    this.draw();
  }

  #measure() {
    const last = lastStartedBy(this.track.rows, Infinity);
    this.scale.titleMs = Math.max(this.data.durationMs, (last?.endMs ?? 0) + 2000);
  }

  #resize() {
    this.scale.width = this.painter.resize();
    this.draw();
  }

  #recolour() {
    this.painter.readColours();
    this.draw();
  }
}
