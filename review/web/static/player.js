// Plays the title, a single cue, or a cue again and again.

// After a cue was played the position rests just inside it, so that its text stays on the picture.
const REST_MS = 20;

export class Player {
  /** @param media the <video>; @param onTime called with milliseconds whenever the position moves */
  constructor(media, onTime) {
    this.media = media;
    this.onTime = onTime;
    this.range = null;
    for (const name of ["seeked", "timeupdate", "loadedmetadata", "pause"]) {
      media.addEventListener(name, () => this.#tick());
    }
    media.addEventListener("play", () => this.#loop());
    // Moving by hand ends the playing of a single cue.
    media.addEventListener("seeking", () => {
      if (this.range && !this.#isInside(this.nowMs)) this.range = null;
    });
  }

  get nowMs() {
    return Math.round(this.media.currentTime * 1000);
  }

  get isPlaying() {
    return !this.media.paused;
  }

  playCue(cue, { loop = false } = {}) {
    this.range = { startMs: cue.startMs, endMs: cue.endMs, loop };
    this.seek(cue.startMs);
    this.#play();
  }

  /** Show the cue without playing it. */
  show(cue) {
    if (!this.isPlaying) this.seek(cue.startMs + 1);
  }

  toggle() {
    this.range = null;
    if (this.isPlaying) this.media.pause();
    else this.#play();
  }

  step(offsetMs) {
    this.seek(Math.max(0, this.nowMs + offsetMs));
  }

  seek(timeMs) {
    this.media.currentTime = timeMs / 1000;
  }

  #play() {
    // Refused when the file is damaged or missing; the element shows that by itself.
    this.media.play().catch(() => undefined);
  }

  #isInside(timeMs) {
    return timeMs >= this.range.startMs - REST_MS && timeMs <= this.range.endMs + REST_MS;
  }

  // The picture's own pace: "timeupdate" comes four times a second, too late for a subtitle.
  #loop() {
    if (!this.isPlaying) return;
    this.#tick();
    requestAnimationFrame(() => this.#loop());
  }

  #tick() {
    const { range } = this;
    if (range && this.isPlaying && this.nowMs >= range.endMs) {
      if (range.loop) {
        this.seek(range.startMs);
      } else {
        this.range = null;
        this.media.pause();
        this.seek(Math.max(range.startMs, range.endMs - REST_MS));
      }
    }
    this.onTime(this.nowMs);
  }
}
