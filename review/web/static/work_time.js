// How long somebody was really at work on this page: it goes with the sign of life, and they alone see it.

// Reading a cue and thinking about it takes seconds; after a minute without a sign nobody is there.
const IDLE_MS = 60000;
// No more than the server counts for one sign of life.
const MOST_MS = 60000;
const SIGNS = ["keydown", "input", "pointerdown", "wheel"];

export class WorkTime {
  /**
   * @param now milliseconds of a clock that never goes back
   * @param page the document, or what stands for it: its events, and whether it is `hidden`
   */
  constructor({ now = () => performance.now(), page = document } = {}) {
    this.now = now;
    this.page = page;
    this.isVisible = !page.hidden;
    this.countedMs = 0;
    this.countedUntil = now();
    this.idleFrom = this.countedUntil + IDLE_MS; // opening the page is a sign, too
    this.furthestS = -Infinity;
    for (const name of SIGNS) page.addEventListener(name, () => this.#touched(), { capture: true, passive: true });
    // Events of media do not bubble, but they are captured.
    page.addEventListener("timeupdate", ({ target }) => this.#played(target), { capture: true });
    page.addEventListener("visibilitychange", () => {
      this.#count();
      this.isVisible = !page.hidden;
    });
  }

  /** Whole milliseconds at work since they were taken last; a sign of life that gets lost takes them along. */
  take() {
    this.#count();
    const taken = Math.min(Math.floor(this.countedMs), MOST_MS);
    this.countedMs = 0;
    return taken;
  }

  #touched() {
    this.furthestS = -Infinity;
    this.#sign();
  }

  /** Watching is work as long as it goes on: a cue left playing again and again is nobody's. */
  #played({ paused, currentTime }) {
    if (paused || currentTime <= this.furthestS) return;
    this.furthestS = currentTime;
    this.#sign();
  }

  #sign() {
    this.#count();
    this.idleFrom = this.now() + IDLE_MS;
  }

  #count() {
    const now = this.now();
    if (this.isVisible) this.countedMs += Math.max(0, Math.min(now, this.idleFrom) - this.countedUntil);
    this.countedUntil = now;
  }
}
