"use strict";
// Sorts tables by a heading and opens or closes all sections. The pages say everything without it.
(() => {
  const value = (row, column) => {
    const cell = row.cells[column];
    const given = cell.dataset.v;
    if (given !== undefined) return Number(given);
    return cell.classList.contains("n") ? null : cell.textContent.trim();
  };
  // "4 lower" comes before "10 lower".
  const words = new Intl.Collator(document.documentElement.lang, { numeric: true });
  const compare = (a, b) => (typeof a === "number" && typeof b === "number" ? a - b : words.compare(a, b));
  const missing = (v) => v === null || v === "" || v === "–";

  const sort = (table, column, heading) => {
    const body = table.tBodies[0];
    const upward = heading.getAttribute("aria-sort") !== "ascending";
    const rows = [...body.rows].map((row) => [value(row, column), row]);
    rows.sort(([a], [b]) => {
      if (missing(a) || missing(b)) return missing(a) - missing(b);
      return upward ? compare(a, b) : compare(b, a);
    });
    body.append(...rows.map(([, row]) => row));
    for (const other of table.tHead.rows[0].cells) other.removeAttribute("aria-sort");
    heading.setAttribute("aria-sort", upward ? "ascending" : "descending");
  };

  for (const table of document.querySelectorAll("table[data-sortable]")) {
    [...table.tHead.rows[0].cells].forEach((heading, column) => {
      const button = document.createElement("button");
      button.type = "button";
      button.append(...heading.childNodes);
      heading.append(button);
      button.addEventListener("click", () => sort(table, column, heading));
    });
  }

  // Where a narrow screen stacks a table's cells, older browsers forget that it is a table: its roles say so.
  const roles = { table: "table", thead: "rowgroup", tbody: "rowgroup", tr: "row", td: "cell" };
  for (const part of document.querySelectorAll(".stacks :is(table, thead, tbody, tr, th, td)"))
    part.setAttribute("role", roles[part.localName] ?? (part.scope === "row" ? "rowheader" : "columnheader"));

  for (const button of document.querySelectorAll("button[data-sections]")) {
    button.hidden = false;
    button.addEventListener("click", () => {
      const open = button.dataset.sections === "open";
      for (const section of document.querySelectorAll("details")) section.open = open;
    });
  }

  // Following a link into a closed section opens it.
  const reveal = () => {
    const target = location.hash && document.getElementById(location.hash.slice(1));
    for (let at = target; at; at = at.parentElement) if (at.tagName === "DETAILS") at.open = true;
  };
  addEventListener("hashchange", reveal);
  reveal();
})();
