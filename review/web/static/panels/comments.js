// The panel of comments: on the active cue, on the whole task, on all others and on what is gone.

import { element } from "../element.js";

export class CommentsPanel {
  /** @param on `{go(row), counted(open)}` */
  constructor(panel, api, track, on) {
    this.panel = panel;
    this.api = api;
    this.track = track;
    this.on = on;
    this.row = null;
    this.comments = [];
    this.form = panel.querySelector("form");
    this.problem = panel.querySelector(".problem");
    this.form?.addEventListener("submit", (event) => this.#submit(event));
  }

  async load() {
    const answer = await this.api.comments();
    if (answer.kind === "ok") this.#take(answer.body);
    else this.#say(answer.message);
  }

  /** Cues have come or gone: their comments stand elsewhere now, or at their own again. */
  async moved() {
    if (this.comments.length) await this.load();
  }

  show(row) {
    this.row = row;
    const about = this.form?.elements.about;
    if (about) about.options[0].textContent = `Cue ${row.number}`;
    if (!this.panel.hidden) this.draw();
  }

  opened() {
    this.draw();
  }

  draw() {
    const rowOf = (comment) => this.track.get(comment.shown_on);
    const mine = (comment) => this.row && rowOf(comment) === this.row;
    const parts = [
      [`Cue ${this.row?.number ?? ""}`, this.comments.filter(mine)],
      ["The whole task", this.comments.filter((comment) => !comment.cue_id)],
      ["Other cues", this.comments.filter((comment) => rowOf(comment) && !mine(comment))],
      ["Cues that are gone", this.comments.filter((comment) => comment.cue_id && !rowOf(comment))],
    ];
    const sections = parts.filter(([, list]) => list.length).map(([title, list]) => this.#section(title, list));
    this.panel.querySelector(".threads").replaceChildren(...sections);
    this.panel.querySelector(".none").hidden = sections.length > 0;
  }

  #take(comments) {
    this.comments = comments;
    const open = comments.filter((comment) => !comment.resolved_at);
    const counts = new Map();
    for (const { shown_on: cueId } of open) counts.set(cueId, (counts.get(cueId) ?? 0) + 1);
    for (const row of this.track.rows) row.setCommentCount(counts.get(row.cueId) ?? 0);
    this.on.counted(open.length);
    this.draw();
  }

  #section(title, comments) {
    return element("section", { class: "stack tight" }, element("h2", {}, title), element("ul", { class: "comments" }, ...comments.map((one) => this.#item(one))));
  }

  #item(comment) {
    const isResolved = Boolean(comment.resolved_at);
    const at = new Date(comment.created_at).toLocaleString([], { dateStyle: "medium", timeStyle: "short" });
    const head = element("p", { class: "comment-head" }, element("bdi", {}, comment.author), " ", element("time", { datetime: comment.created_at, class: "quiet-text" }, at));
    if (comment.is_blocking && !isResolved) head.append(" ", element("span", { class: "chip error" }, "Blocks approval"));
    if (isResolved) head.append(" ", element("span", { class: "chip" }, `Resolved by ${comment.resolved_by}`));
    const item = element("li", { class: isResolved ? "resolved" : null }, head, element("p", { class: "text-block", dir: "auto" }, comment.body));
    const buttons = element("p", { class: "row-buttons" });
    const row = this.track.get(comment.shown_on);
    if (row && row !== this.row) buttons.append(button(`Go to cue ${row.number}`, () => this.on.go(row)));
    if (this.form) buttons.append(button(isResolved ? "Open again" : "Resolve", () => this.#resolve(comment, !isResolved)));
    item.append(buttons);
    return item;
  }

  async #resolve(comment, wanted) {
    await this.#done(await this.api.resolveComment(comment.comment_id, wanted));
  }

  async #submit(event) {
    event.preventDefault();
    const { about, body, blocking } = this.form.elements;
    const cueId = about.value === "cue" ? (this.row?.cueId ?? null) : null;
    const answer = await this.api.comment({ cue_id: cueId, body: body.value, is_blocking: blocking.checked });
    if (await this.#done(answer)) this.form.reset();
    this.show(this.row);
  }

  async #done(answer) {
    const isDone = answer.kind === "ok";
    this.#say(isDone ? "" : (answer.message ?? "The task cannot be written right now."));
    if (isDone) await this.load();
    return isDone;
  }

  #say(words) {
    this.problem.textContent = words;
    this.problem.hidden = !words;
  }
}

function button(label, act) {
  const made = element("button", { type: "button", class: "fix" }, label);
  made.addEventListener("click", act);
  return made;
}
