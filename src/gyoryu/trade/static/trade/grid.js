// Dragging a meeting to another place of the grid. What it would break is asked of the server and
// said above the grid; a move that breaks nothing is made at once. Without this script, and by
// keyboard, each meeting opens a page with the same choice.
"use strict";

document.addEventListener("DOMContentLoaded", () => {
  const grid = document.querySelector("table.grid[data-move]");
  const said = document.getElementById("asked");
  if (!grid || !said) return;
  let pair = "";

  const cell = (event) => event.target.closest("td[data-place]");

  grid.addEventListener("dragstart", (event) => {
    const from = cell(event);
    if (!from || !from.dataset.pair) return;
    pair = from.dataset.pair;
    from.classList.add("dragged");
    event.dataTransfer.effectAllowed = "move";
    event.dataTransfer.setData("text/plain", pair);
  });

  grid.addEventListener("dragover", (event) => {
    const to = cell(event);
    if (!pair || !to) return;
    event.preventDefault();
    for (const one of grid.querySelectorAll(".over")) if (one !== to) one.classList.remove("over");
    to.classList.add("over");
  });

  grid.addEventListener("dragend", () => {
    pair = "";
    for (const one of grid.querySelectorAll(".over, .dragged")) one.classList.remove("over", "dragged");
  });

  grid.addEventListener("drop", async (event) => {
    const to = cell(event);
    if (!pair || !to || to.dataset.pair === pair) return;
    event.preventDefault();
    const asked = new URLSearchParams({ pair, when: to.dataset.place, table: to.dataset.table });
    const page = `${grid.dataset.move}?${asked}`;
    let reply = null;
    try {
      reply = await fetch(`${page}&part=1`, { headers: { "X-Requested-With": "fetch" } });
    } catch {
      reply = null;
    }
    // Signed out, or no connection: the page of its own says what is wrong.
    if (!reply || !reply.ok || reply.redirected) {
      window.location.assign(page);
      return;
    }
    said.innerHTML = await reply.text();
    const form = said.querySelector("form[data-ready]");
    if (form) form.requestSubmit();
    else said.querySelector("h2").focus();
  });
});
