// Draws the timeline: sound, speech, shot changes, cues, playhead. Knows colours and places only.

import { countStartedBy } from "../cue_at.js";
import { clockText } from "../times.js";
import { peaksBetween } from "./data.js";

const RULER_HEIGHT = 18;
const SPEECH_HEIGHT = 3;
const LABEL_HEIGHT = 17;
// Room between two times on the ruler.
const TICK_PIXELS = 90;
const TICKS_MS = [100, 200, 500, 1000, 2000, 5000, 10000, 15000, 30000, 60000];
const COLOURS = ["ground", "line", "text", "text-quiet", "accent", "accent-soft", "good", "warn", "bad", "surface", "wave", "region", "region-line"];

export class Painter {
  constructor(canvas) {
    this.canvas = canvas;
    this.context = canvas.getContext("2d");
    this.readColours();
  }

  /** Colours are the page's own; call it when the theme changes. */
  readColours() {
    const style = getComputedStyle(this.canvas);
    this.colour = Object.fromEntries(COLOURS.map((name) => [name, style.getPropertyValue(`--${name}`).trim()]));
    this.font = `12px ${style.fontFamily}`;
  }

  /** Fit the bitmap to the element; gives its width in CSS pixels. */
  resize() {
    const { clientWidth, clientHeight } = this.canvas;
    this.ratio = devicePixelRatio || 1;
    this.width = clientWidth;
    this.height = clientHeight;
    this.canvas.width = Math.round(clientWidth * this.ratio);
    this.canvas.height = Math.round(clientHeight * this.ratio);
    return clientWidth;
  }

  /** @param view `{scale, data, rows, active, nowMs, snapMs}` */
  paint(view) {
    const { context } = this;
    context.setTransform(this.ratio, 0, 0, this.ratio, 0, 0);
    context.clearRect(0, 0, this.width, this.height);
    this.#ruler(view);
    this.#speech(view);
    this.#wave(view);
    this.#cues(view);
    this.#shots(view);
    if (view.snapMs !== null) this.#line(view.scale.xOf(view.snapMs), this.colour.warn, 2);
    this.#line(view.scale.xOf(view.nowMs), this.colour.bad, 2);
  }

  #ruler({ scale }) {
    const { context, height } = this;
    const every = TICKS_MS.find((ms) => (ms * scale.zoom) / 1000 >= TICK_PIXELS) ?? TICKS_MS.at(-1);
    const top = height - RULER_HEIGHT;
    context.fillStyle = this.colour["text-quiet"];
    context.font = this.font;
    context.textBaseline = "middle";
    for (let at = Math.floor(scale.startMs / every) * every; at < scale.endMs; at += every) {
      const x = Math.round(scale.xOf(at));
      context.fillRect(x, top, 1, 5);
      context.fillText(every < 1000 ? clockText(at).slice(0, -2) : clockText(at).slice(0, -4), x + 4, top + RULER_HEIGHT / 2 + 2);
    }
    context.fillStyle = this.colour.line;
    context.fillRect(0, top, this.width, 1);
  }

  #speech({ scale, data }) {
    this.context.fillStyle = this.colour.good;
    for (const [startMs, endMs] of data.speech) {
      if (endMs < scale.startMs || startMs > scale.endMs) continue;
      const x = scale.xOf(startMs);
      this.context.fillRect(x, this.height - RULER_HEIGHT - SPEECH_HEIGHT, scale.xOf(endMs) - x, SPEECH_HEIGHT);
    }
  }

  #wave({ scale, data }) {
    const { context } = this;
    const [top, bottom] = [LABEL_HEIGHT, this.height - RULER_HEIGHT - SPEECH_HEIGHT];
    const middle = (top + bottom) / 2;
    const half = (bottom - top) / 2;
    context.fillStyle = this.colour.wave;
    for (let x = 0; x < this.width; x += 1) {
      const peak = peaksBetween(data, scale.timeAt(x), scale.timeAt(x + 1));
      if (!peak) continue;
      const [low, high] = peak;
      context.fillRect(x, middle - high * half, 1, Math.max(1, (high - low) * half));
    }
  }

  #cues({ scale, rows, active }) {
    const first = Math.max(0, countStartedBy(rows, scale.startMs) - 1);
    for (let at = first; at < rows.length && rows[at].startMs <= scale.endMs; at += 1) {
      this.#cue(scale, rows[at], rows[at] === active);
    }
  }

  #cue(scale, row, isActive) {
    const { context } = this;
    const x = scale.xOf(row.startMs);
    const width = Math.max(2, scale.xOf(row.endMs) - x);
    const height = this.height - RULER_HEIGHT;
    context.globalAlpha = isActive ? 0.32 : 0.18;
    context.fillStyle = row.findings.count("error") ? this.colour.bad : this.colour.accent;
    context.fillRect(x, 0, width, height);
    context.globalAlpha = 1;
    for (const edge of [x, x + width - 1]) context.fillRect(edge, 0, isActive ? 2 : 1, height);
    this.#label(row, x, width, isActive);
  }

  #label(row, x, width, isActive) {
    const { context } = this;
    const left = Math.max(x, 0) + 5;
    const room = x + width - left - 3;
    if (room < 14) return;
    context.save();
    context.beginPath();
    context.rect(left, 0, room, LABEL_HEIGHT);
    context.clip();
    context.font = isActive ? `600 ${this.font}` : this.font;
    context.fillStyle = this.colour.text;
    context.textBaseline = "middle";
    context.fillText(`${row.number}  ${row.plainText}`, left, LABEL_HEIGHT / 2 + 1);
    context.restore();
  }

  #shots({ scale, data }) {
    for (const atMs of data.shotChangesMs) {
      if (atMs < scale.startMs || atMs > scale.endMs) continue;
      const x = Math.round(scale.xOf(atMs));
      this.context.fillStyle = this.colour.warn;
      for (let y = LABEL_HEIGHT; y < this.height - RULER_HEIGHT; y += 6) this.context.fillRect(x, y, 1, 3);
    }
  }

  #line(x, colour, width) {
    this.context.fillStyle = colour;
    this.context.fillRect(Math.round(x) - width / 2, 0, width, this.height - RULER_HEIGHT + 4);
  }
}
