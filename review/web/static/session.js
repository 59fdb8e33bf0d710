// Keeps the lease while somebody looks at the page, and brings back a lost lease or login.

import { Closed } from "./api.js";
import { plural } from "./element.js";
import { tidy } from "./texts.js";
import { WorkTime } from "./work_time.js";

// A quarter of the shortest lease anybody should set; the server's default lease is longer.
const HEARTBEAT_MS = 60000;

export class Session {
  /** @param resume called once writing is possible again */
  constructor(api, { userId, resume, adopt }) {
    this.api = api;
    this.userId = userId;
    this.resume = resume;
    this.adopt = adopt;
    this.workTime = new WorkTime();
    this.lost = document.getElementById("lost-banner");
    this.login = document.getElementById("login");
    this.problem = this.login.querySelector(".problem");
    document.getElementById("reclaim").addEventListener("click", () => this.reclaim());
    this.login.querySelector("form").addEventListener("submit", (event) => this.#logIn(event));
    setInterval(() => this.beat(), HEARTBEAT_MS);
    document.addEventListener("visibilitychange", () => this.beat());
  }

  /** Writing stopped: say why and offer the way back. */
  closed(reason, message) {
    if (reason === Closed.LOGIN) {
      if (!this.login.open) this.login.showModal();
      return;
    }
    this.lost.querySelector("p").textContent = `Not saving: ${message}.`;
    this.lost.hidden = false;
  }

  /** A sign of life; none is given while the page is out of sight. */
  async beat() {
    if (document.hidden || this.api.closed) return;
    const answer = await this.api.heartbeat(this.workTime.take());
    if (answer.kind === "ok") this.#showLease();
  }

  async reclaim() {
    const claimed = await this.api.claim();
    if (claimed.kind !== "ok") {
      if (claimed.status === 401) this.closed(Closed.LOGIN, "");
      else this.closed(Closed.LOST, claimed.message);
      return;
    }
    this.lost.hidden = true;
    this.#showLease();
    const answer = await this.api.cues();
    if (answer.kind === "ok") this.adopt(answer.body);
    this.resume();
  }

  async #logIn(event) {
    event.preventDefault();
    const form = event.target;
    const answer = await this.api.logIn(form.elements.name.value, form.elements.password.value);
    form.elements.password.value = "";
    this.problem.hidden = answer.kind === "ok";
    if (answer.kind !== "ok") {
      this.problem.textContent = answer.message;
      return;
    }
    if (answer.body.user_id !== this.userId) {
      location.reload(); // somebody else sits here now: their own view of the task
      return;
    }
    this.login.close();
    this.resume();
  }

  #showLease() {
    for (const input of document.querySelectorAll("input[name=epoch]")) {
      input.value = this.api.lease.epoch;
    }
    const time = document.querySelector("#lease time");
    if (!time) return;
    time.dateTime = this.api.lease.until;
    time.textContent = new Date(this.api.lease.until).toLocaleTimeString([], { timeStyle: "short" });
  }
}

/** What this browser keeps of earlier visits and has not put into a cue. */
export function showKept(drafts, rows, { isEditor }) {
  const rowOf = new Map(rows.map((row) => [row.cueId, row]));
  const kept = drafts.left
    .map(({ cueId, draft }) => ({ row: rowOf.get(cueId), text: draft.text }))
    .filter(({ row, text }) => !row || tidy(text) !== tidy(row.text));
  const banner = document.getElementById("kept-banner");
  banner.hidden = kept.length === 0;
  if (banner.hidden) {
    drafts.discard();
    return;
  }
  const quoted = kept.map(({ row, text }) => `${row ? `cue ${row.number}` : "a cue that is gone"}: “${text}”`);
  banner.querySelector("p").textContent =
    `This browser keeps ${plural(kept.length, "text")} of yours that the server does not have (${quoted.join("; ")}).` +
    (isEditor ? "" : " Claim the task to bring them back.");
  // The text typed last is the first, and so the last to be shown.
  if (!isEditor) for (const { row, text } of kept.reverse()) row?.showKept(text);
  document.getElementById("discard-kept").addEventListener("click", () => {
    drafts.discard();
    if (isEditor) banner.hidden = true;
    else location.reload();
  });
}
