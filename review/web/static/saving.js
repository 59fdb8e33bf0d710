// Everything typed reaches the server: the state in the head, the lease, and what happens on leaving.

import { Deciding } from "./deciding.js";
import { Session } from "./session.js";
import { SaveStatus } from "./status.js";

export class Saving {
  /**
   * @param desk `{api, track, drafts, userId, settle()}`; settle sends times that wait
   * @param steps gives a promise that is kept once no step is on its way
   */
  constructor({ api, track, drafts, userId, settle }, steps) {
    this.track = track;
    this.settle = settle;
    this.steps = steps;
    this.status = new SaveStatus(document.getElementById("save-state"), drafts);
    this.session = new Session(api, { userId, resume: () => this.resume(), adopt: (cues) => track.takeAll(cues) });
    new Deciding({ track, status: this.status, saveAll: () => this.saveAll(), beat: () => this.session.beat() });
    addEventListener("pagehide", () => this.#leave());
    document.addEventListener("visibilitychange", () => document.hidden && this.saveAll());
    addEventListener("online", () => this.resume());
    addEventListener("beforeunload", (event) => {
      if (!this.status.isClean) event.preventDefault();
    });
    this.session.beat();
  }

  /** What stood in the way of writing is gone. */
  resume() {
    this.track.rows.forEach((row) => row.saver.resume());
  }

  /** Settles when the server has everything, or something stands in the way. */
  async saveAll() {
    this.settle();
    await Promise.all(this.status.rows().map((row) => row.saver.flush()));
    await this.steps();
  }

  #leave() {
    this.settle();
    this.track.rows.forEach((row) => row.saver.flushLast());
  }
}
