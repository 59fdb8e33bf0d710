// Talks to the server for the task page, and knows when there is no point in trying.

// Longer than any answer takes; an aborted save is tried again and can do no harm twice.
const PATIENCE_MS = 30000;

/** Why nothing is sent at the moment. */
export const Closed = Object.freeze({ LOGIN: "login", LOST: "lost" });

export class ReviewApi {
  /**
   * @param taskId
   * @param lease `{epoch, until}` or null for a read-only page
   * @param onClosed called with (reason, message) when writing stops
   */
  constructor(taskId, lease, onClosed) {
    this.base = `/api/v1/tasks/${encodeURIComponent(taskId)}`;
    this.lease = lease;
    this.closed = null;
    this.onClosed = onClosed;
  }

  /** Save a cue; answers as `CueSaver` wants them, and never throws. */
  saveCue(cueId, text, version, { keepalive = false } = {}) {
    const body = { epoch: this.lease?.epoch, text };
    return this.#write("PATCH", `/cues/${encodeURIComponent(cueId)}`, body, {
      headers: { "If-Match": `"${version}"` },
      keepalive,
    });
  }

  confirmCue(cueId, confirmed) {
    const path = `/cues/${encodeURIComponent(cueId)}/confirmation`;
    return this.#write("PUT", path, { epoch: this.lease?.epoch, confirmed });
  }

  /** Do a step on cues of these versions: all of it, or nothing. */
  step(step, versions) {
    const body = { epoch: this.lease?.epoch, versions, step };
    // New times may wait until the very end of a page; they are few enough for browsers to send on.
    return this.#write("POST", "/steps", body, { keepalive: step.kind === "set_times" });
  }

  /** Let what a rule finds on a cue stay, for a reason, or not any more. */
  waive(cueId, rule, { waived, reason }) {
    return this.#write("PUT", "/waiver", { epoch: this.lease?.epoch, cue_id: cueId, rule, waived, reason });
  }

  /** Keep the lease. @param activeMs how long somebody was at work since the last time */
  async heartbeat(activeMs) {
    const answer = await this.#write("POST", "/heartbeat", { epoch: this.lease.epoch, active_ms: activeMs });
    if (answer.kind === "ok") this.lease = answer.body;
    return answer;
  }

  /** Take the task again; opens the way for writing when it works. */
  async claim() {
    const answer = await this.#ask("POST", `${this.base}/claim`, {});
    if (answer.kind === "ok") {
      this.lease = answer.body;
      this.closed = null;
    }
    return answer;
  }

  cues() {
    return this.#ask("GET", `${this.base}/cues`);
  }

  offers(cueId) {
    return this.#ask("GET", `${this.base}/cues/${encodeURIComponent(cueId)}/offers`);
  }

  /** The show's words in a cue. */
  terms(cueId) {
    return this.#ask("GET", `${this.base}/cues/${encodeURIComponent(cueId)}/terms`);
  }

  events(cueId) {
    return this.#ask("GET", `${this.base}/events?cue_id=${encodeURIComponent(cueId)}`);
  }

  comments() {
    return this.#ask("GET", `${this.base}/comments`);
  }

  /** @param comment `{cue_id or null, body, is_blocking}` */
  comment(comment) {
    return this.#ask("POST", `${this.base}/comments`, comment);
  }

  resolveComment(commentId, resolved) {
    return this.#ask("PUT", `${this.base}/comments/${encodeURIComponent(commentId)}/resolution`, { resolved });
  }

  /** Peaks, shot changes and speech of the title; refused where nobody made them. */
  timeline() {
    return this.#ask("GET", `${this.base}/timeline`);
  }

  /** The words of a transcript that were not surely heard, by cue. */
  hearing() {
    return this.#ask("GET", `${this.base}/hearing`);
  }

  /** What cutting the cues of a transcript from one to another anew would make of them. */
  resegmentation(firstCueId, lastCueId) {
    const asked = new URLSearchParams({ first_cue_id: firstCueId, last_cue_id: lastCueId });
    return this.#ask("GET", `${this.base}/resegmentation?${asked}`);
  }

  async logIn(name, password) {
    const answer = await this.#ask("POST", "/api/v1/session", { name, password });
    if (answer.kind === "ok" && this.closed === Closed.LOGIN) this.closed = null;
    return answer;
  }

  /** A write that needs login and lease; once one of them is gone, nothing more is sent. */
  async #write(method, path, body, extra = {}) {
    if (this.closed) return { kind: "paused", reason: this.closed };
    const answer = await this.#ask(method, this.base + path, body, extra);
    const reason = { 401: Closed.LOGIN, 403: Closed.LOST, 409: Closed.LOST }[answer.status];
    if (!reason) return answer;
    if (!this.closed) {
      this.closed = reason;
      this.onClosed(reason, answer.message);
    }
    return { kind: "paused", reason };
  }

  async #ask(method, url, body, { headers = {}, keepalive = false } = {}) {
    let response;
    let content;
    try {
      response = await fetch(url, {
        method,
        keepalive,
        credentials: "same-origin",
        headers: { Accept: "application/json", "Content-Type": "application/json", ...headers },
        body: body === undefined ? undefined : JSON.stringify(body),
        signal: AbortSignal.timeout(PATIENCE_MS),
      });
      content = await response.json();
    } catch {
      return { kind: "offline", message: "the server cannot be reached" };
    }
    return read(response.status, content);
  }
}

function read(status, content) {
  if (status < 300) return { kind: "ok", status, body: content, version: content.version };
  const problem = { status, message: content.message ?? "", error: content.error };
  if (status === 412) return { ...problem, kind: "stale", version: content.version, text: content.text, body: content };
  if (status >= 500 || status === 429 || status === 408) return { ...problem, kind: "offline" };
  return { ...problem, kind: "refused" };
}
