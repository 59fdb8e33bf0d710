// On every page: what only works with scripts appears, and times are the reader's own.

document.documentElement.classList.add("has-scripts");

for (const time of document.querySelectorAll("time[datetime]")) {
  const at = new Date(time.dateTime);
  if (Number.isNaN(at.getTime())) continue;
  const full = at.toLocaleString([], { dateStyle: "medium", timeStyle: "short" });
  if ("keep" in time.dataset) time.title = full;
  else if ("clock" in time.dataset) time.textContent = at.toLocaleTimeString([], { timeStyle: "short" });
  else time.textContent = full;
}

// A filter applies when it is chosen; without scripts there is the button.
for (const form of document.querySelectorAll("form.filters")) {
  form.addEventListener("change", () => form.requestSubmit());
}
