// What a script adds to pages that work without one: focus on a form's errors, and suggestions
// that keep the chosen record's number.
"use strict";

document.addEventListener("DOMContentLoaded", () => {
  const errors = document.querySelector(".notice.errors");
  if (errors) errors.focus();
});

// A double click sends a form once. The button says so to assistive technology and stays in place.
document.addEventListener("submit", (event) => {
  const form = event.target;
  if (form.method !== "post" || form.dataset.sent) {
    if (form.dataset.sent) event.preventDefault();
    return;
  }
  form.dataset.sent = "1";
  window.addEventListener("pageshow", () => delete form.dataset.sent, { once: true });
});
