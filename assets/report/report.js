"use strict";
// Without this script everything can be read; with it, tables sort and filter.
for (const choice of document.querySelectorAll(".choice")) {
  choice.addEventListener("change", () => {
    document.documentElement.lang = choice.value;
    document.title = choice.dataset.title;
  });
}

function compare(a, b, column) {
  const [one, other] = [a, b].map((row) => row.cells[column]);
  const [x, y] = [one, other].map((cell) => cell.dataset.v);
  if (x !== undefined && y !== undefined) return x - y;
  if (x !== undefined || y !== undefined) return x === undefined ? 1 : -1;
  return one.textContent.localeCompare(other.textContent);
}

function sort(table, header) {
  const up = header.getAttribute("aria-sort") !== "ascending";
  for (const other of table.tHead.rows[0].cells) other.removeAttribute("aria-sort");
  header.setAttribute("aria-sort", up ? "ascending" : "descending");
  const body = table.tBodies[0];
  const rows = [...body.rows].sort((a, b) => compare(a, b, header.cellIndex) * (up ? 1 : -1));
  body.append(...rows);
}

for (const button of document.querySelectorAll("th button")) {
  const header = button.closest("th");
  button.addEventListener("click", () => sort(header.closest("table"), header));
}

for (const filter of document.querySelectorAll(".filter")) {
  filter.hidden = false;
  const input = filter.querySelector("input");
  const body = document.getElementById(input.dataset.table).tBodies[0];
  input.addEventListener("input", () => {
    const wanted = input.value.toLowerCase();
    for (const row of body.rows) row.hidden = !row.textContent.toLowerCase().includes(wanted);
  });
}
