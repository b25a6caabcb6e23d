// Shortcuts of the review screen. The page works without this script by its forms and links;
// they can be switched off, and never fire in a field or together with Ctrl, Alt or Meta.
"use strict";

(() => {
  const KEY = "review-shortcuts";
  let on = true;

  function remembered() {
    try {
      return localStorage.getItem(KEY) !== "off";
    } catch {
      return true;
    }
  }

  function remember() {
    try {
      localStorage.setItem(KEY, on ? "on" : "off");
    } catch {
      // A browser that keeps nothing asks again next time.
    }
  }

  function cards() {
    return [...document.querySelectorAll(".candidate:not([data-done])")];
  }

  function now() {
    return document.querySelector(".candidate[aria-current]");
  }

  function choose(card) {
    if (!card) return;
    for (const other of document.querySelectorAll(".candidate[aria-current]")) other.removeAttribute("aria-current");
    card.setAttribute("aria-current", "true");
    for (const mark of document.querySelectorAll("mark")) {
      const link = mark.querySelector("a");
      mark.classList.toggle("now", link !== null && link.hash === `#${card.id}`);
    }
    card.focus({ preventScroll: true });
    card.scrollIntoView({ block: "nearest" });
    const mark = document.querySelector("mark.now");
    if (mark) mark.scrollIntoView({ block: "nearest" });
  }

  function step(by) {
    const all = cards();
    const at = all.indexOf(now());
    choose(all[Math.max(0, Math.min(all.length - 1, at + by))]);
  }

  function accept() {
    const form = now()?.querySelector("form[data-key=a]");
    if (!form) return follow("e");
    const open = [...form.querySelectorAll("input[type=radio]")];
    // A choice that is not made yet is asked for, never made by a key.
    if (open.length && !open.some((one) => one.checked)) {
      open[0].focus();
      return;
    }
    if (form.querySelector("button")) form.requestSubmit();
    else follow("e");
  }

  function follow(key) {
    now()?.querySelector(`a[data-key=${key}]`)?.click();
  }

  function help() {
    const told = document.getElementById("keys-help");
    if (told) told.hidden = !told.hidden;
  }

  function typing(target) {
    return target instanceof Element && target.closest("input, textarea, select, [contenteditable]") !== null;
  }

  const keys = {
    j: () => step(1),
    k: () => step(-1),
    a: accept,
    e: () => follow("e"),
    r: () => follow("r"),
    n: () => document.querySelector("a[rel=next]")?.click(),
    "?": help,
  };

  document.addEventListener("keydown", (event) => {
    if (!on || event.ctrlKey || event.altKey || event.metaKey || event.repeat || typing(event.target)) return;
    const act = keys[event.key.length === 1 ? event.key.toLowerCase() : ""];
    if (!act) return;
    event.preventDefault();
    act();
  });

  document.addEventListener("click", (event) => {
    const link = event.target instanceof Element ? event.target.closest("mark a") : null;
    if (link) choose(document.getElementById(link.hash.slice(1)));
  });

  document.addEventListener("DOMContentLoaded", () => {
    const shown = document.getElementById("keys");
    const button = document.getElementById("keys-switch");
    if (!shown || !button) return;
    shown.hidden = false;
    on = remembered();
    const say = () => {
      button.setAttribute("aria-pressed", String(on));
      button.textContent = on ? button.dataset.on : button.dataset.off;
    };
    say();
    button.addEventListener("click", () => {
      on = !on;
      remember();
      say();
    });
  });
})();
