// What was found on a cue: drawn as chips, counted, and told with what can be done about it.

import { element } from "./element.js";

export class RowFindings {
  /** @param list the row's <ul>, filled by the server */
  constructor(list) {
    this.list = list;
    this.counts = null;
  }

  draw(findings) {
    this.list.replaceChildren(...findings.map(chip));
    this.counts = null;
  }

  /** How many of a severity stand open; what somebody let stay does not count. */
  count(severity) {
    this.counts ??= countsOf(this.list.children);
    return this.counts[severity] ?? 0;
  }

  /** What is wrong and what to do, one entry per finding. */
  get all() {
    return [...this.list.children].map((one) => ({
      label: one.textContent.trim(),
      words: one.dataset.advice,
      source: one.title,
      rule: one.dataset.rule,
      severity: one.dataset.severity,
      isWaived: one.classList.contains("waived"),
      fix: one.dataset.fix,
    }));
  }
}

function countsOf(chips) {
  const counts = {};
  for (const { classList } of chips) for (const name of classList) counts[name] = (counts[name] ?? 0) + 1;
  return counts;
}

function chip({ rule, severity, label, detail, advice, source, fix, waived_by: waivedBy, waiver }) {
  const stays = waivedBy ? ` May stay, says ${waivedBy}: ${waiver}` : "";
  const made = element("li", { class: `chip ${waivedBy ? "waived" : severity}`, title: source }, label);
  Object.assign(made.dataset, { rule, severity, advice: advice + stays });
  if (fix) made.dataset.fix = fix;
  if (detail) made.append(" ", element("b", {}, detail));
  return made;
}
