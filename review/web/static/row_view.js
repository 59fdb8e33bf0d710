// Draws what a row says: times, counters, findings, marks, and what stands in the way of saving.

import { charsPerSecond, lineWidth } from "./counting.js";
import { element, plural, spoken } from "./element.js";
import { clockText, durationText } from "./times.js";

const QUALITY_MEANS = "How likely the machine's text stays as it is, as the machine estimates it";

export function drawTimes(row) {
  const { box, startMs, endMs } = row;
  box.querySelector(".times .in").textContent = clockText(startMs);
  box.querySelector(".times .out").textContent = clockText(endMs);
  box.querySelector(".duration").textContent = durationText(endMs - startMs);
}

export function drawNumber(row) {
  const { box, number } = row;
  box.dataset.number = number;
  box.setAttribute("aria-label", `Cue ${number}`);
  box.querySelector(".cue-number").textContent = number;
  box.querySelector(".cue-play").setAttribute("aria-label", `Play cue ${number}`);
  row.field?.setAttribute("aria-label", `Cue ${number}, ${box.dataset.languageName}`);
  row.tick?.setAttribute("aria-label", `Confirmed: cue ${number}`);
}

export function drawCounters(row) {
  const { rule, maxCps, maxCpl, maxLines } = row.limits;
  const lines = row.text.split("\n");
  const speed = charsPerSecond(lines, row.endMs - row.startMs, rule);
  const widths = lines.map((line) => lineWidth(line, rule));
  row.box.querySelector(".counters").replaceChildren(
    measured("speed", speed.toFixed(1), " cps", speed > maxCps && "too fast"),
    " ",
    element(
      "span",
      { class: "widths" },
      ...widths.map((width) => measured("", String(width), "", width > maxCpl && "too wide")),
      element("span", { class: "of" }, ` of ${maxCpl}`),
    ),
    " ",
    measured("lines", String(lines.length), lines.length === 1 ? " line" : " lines", lines.length > maxLines && "too many"),
  );
}

/** How likely the machine's text stays as it is. */
export function drawQuality(row, percent) {
  row.box.querySelector(".quality")?.remove();
  if (percent === null) return;
  const made = element("span", { class: "quality", title: QUALITY_MEANS }, spoken("Estimate: "), `${percent} %`);
  made.classList.toggle("doubtful", percent < 50);
  row.box.querySelector(".counters").after(made);
}

/** What else is to be known of the cue; each mark opens the panel that tells more. */
export function drawMarks(row) {
  const marks = [];
  if (row.isStale) marks.push(mark("stale", "cue", "Source changed"));
  if (row.commentCount) marks.push(mark("commented", "comments", plural(row.commentCount, "comment")));
  const box = row.box.querySelector(".marks");
  box.replaceChildren(...marks);
  box.hidden = !marks.length;
}

/** Why the text is not saved, or nothing. */
export function drawRefusal(row, message) {
  const box = row.box.querySelector(".conflict");
  box.hidden = !message;
  box.replaceChildren(...(message ? [element("p", {}, `Not saved: ${message}`)] : []));
}

/** A text of an earlier visit that cannot be saved now. */
export function drawKept(row, text) {
  const box = row.box.querySelector(".conflict");
  box.replaceChildren(
    element("p", {}, "Kept in this browser, not saved:"),
    element("p", { class: "text-block", dir: row.dir, lang: row.lang }, text),
  );
  box.hidden = false;
}

/** Somebody else's text is stored: a person chooses. */
export function drawConflict(row, { keepMine, takeTheirs }) {
  const box = row.box.querySelector(".conflict");
  const mine = element("button", { type: "button" }, "Keep mine");
  const theirs = element("button", { type: "button" }, "Take the stored one");
  mine.addEventListener("click", keepMine);
  theirs.addEventListener("click", takeTheirs);
  box.replaceChildren(
    element("p", {}, element("strong", {}, "Conflict. "), "This cue was changed elsewhere. Yours is above; stored is:"),
    element("p", { class: "text-block theirs", dir: row.dir, lang: row.lang }, row.saver.theirs.text),
    element("p", { class: "row-buttons" }, mine, " ", theirs),
  );
  box.hidden = false;
}

function measured(name, value, unit, problem) {
  const classes = [name, problem ? "over" : ""].filter(Boolean).join(" ");
  const shown = element("span", { class: classes || null }, element("b", {}, value), unit);
  if (problem) shown.append(spoken(` (${problem})`));
  return shown;
}

function mark(name, panel, words) {
  return element("button", { type: "button", class: `mark ${name}`, "data-panel": panel }, words);
}
