// Which stretch of the title is in sight, and how wide a second is. Places are CSS pixels.

export const ZOOMS = Object.freeze([12, 25, 50, 75, 100, 150, 225, 350]); // pixels a second
const FIRST_ZOOM = 100;

export class Scale {
  constructor() {
    this.startMs = 0;
    this.width = 1;
    this.zoom = FIRST_ZOOM;
    this.titleMs = 0;
  }

  get endMs() {
    return this.startMs + this.lengthMs;
  }

  get lengthMs() {
    return (this.width * 1000) / this.zoom;
  }

  xOf(timeMs) {
    return ((timeMs - this.startMs) * this.zoom) / 1000;
  }

  timeAt(x) {
    return Math.max(0, Math.round(this.startMs + (x * 1000) / this.zoom));
  }

  /** How long so many pixels are. */
  lengthOf(pixels) {
    return (pixels * 1000) / this.zoom;
  }

  /** One step closer or farther; what is at `x` stays there. */
  zoomBy(steps, x = this.width / 2) {
    const at = ZOOMS.indexOf(this.zoom) + steps;
    const anchorMs = this.startMs + this.lengthOf(x);
    this.zoom = ZOOMS[Math.min(Math.max(at, 0), ZOOMS.length - 1)];
    this.#goTo(anchorMs - this.lengthOf(x));
  }

  panBy(pixels) {
    this.#goTo(this.startMs + this.lengthOf(pixels));
  }

  /** Bring a stretch into sight, in the middle, unless it is in sight; whether anything moved. */
  reveal(startMs, endMs) {
    const margin = Math.min(this.lengthOf(24), this.lengthMs / 10);
    if (startMs >= this.startMs + margin && endMs <= this.endMs - margin) return false;
    this.#goTo((startMs + endMs - this.lengthMs) / 2);
    return true;
  }

  /** While playing, turn the page when the playhead comes to its end. */
  follow(timeMs) {
    if (timeMs >= this.startMs && timeMs <= this.endMs - this.lengthMs / 12) return;
    this.#goTo(timeMs - this.lengthMs / 12);
  }

  #goTo(startMs) {
    const last = Math.max(0, this.titleMs - this.lengthMs / 2);
    this.startMs = Math.min(Math.max(0, startMs), last);
  }
}
