// What a script adds to pages that work without one: focus on a form's errors, suggestions that keep
// the chosen record's number, and a lock on what the device keeps.
"use strict";

document.addEventListener("DOMContentLoaded", () => {
  const errors = document.querySelector(".notice.errors");
  if (errors) errors.focus();
});

// Somebody is asked to sign in: what pages keep here for use without a connection is locked, and
// only who it belongs to is given its key again.
document.addEventListener("DOMContentLoaded", () => {
  if (!document.querySelector("[data-locks-device]")) return;
  if (window.indexedDB) indexedDB.deleteDatabase("gyoryu-keys");
  if (window.caches) caches.delete("gyoryu-pages");
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

// Who goes back to a form that was saved gets it from the server anew, and the browser puts back what
// was typed. The form's key is put back with it, so that saving it once more makes no second record.
document.addEventListener("DOMContentLoaded", () => {
  const key = document.querySelector("form[data-known-again] [name=once]");
  if (!key) return;
  if (history.state && history.state.once) key.value = history.state.once;
  else history.replaceState({ ...history.state, once: key.value }, "");
});

// A long form keeps itself: what was typed is sent a moment after typing stops, and again and again
// while there is no connection. Nothing is kept in the browser: offices share computers.
const WAIT = 1500, AGAIN = 4000;

document.addEventListener("DOMContentLoaded", () => {
  const form = document.querySelector("form[data-autosave]");
  if (!form) return;
  const told = form.querySelector("[data-saved]");
  let timer = 0, dirty = false, sending = false;

  const plan = (wait) => { clearTimeout(timer); timer = setTimeout(save, wait); };

  // Files go with a button; everything typed goes by itself.
  const typed = () => {
    const fields = new URLSearchParams();
    for (const [name, value] of new FormData(form)) if (typeof value === "string") fields.append(name, value);
    return fields;
  };

  const save = async () => {
    if (!dirty || sending || form.dataset.sent) return;
    sending = true;
    dirty = false;
    told.textContent = form.dataset.saving;
    try {
      const reply = await fetch(form.dataset.autosave, {
        method: "POST", body: typed(), redirect: "manual", headers: { "X-Requested-With": "fetch" },
      });
      if (reply.type === "opaqueredirect") {
        dirty = true;
        told.textContent = form.dataset.signedOut;
      } else if (reply.ok || reply.status === 409) {
        told.textContent = (await reply.json()).said;
      } else throw new Error(String(reply.status));
    } catch {
      dirty = true;
      told.textContent = form.dataset.offline;
      plan(AGAIN);
    }
    sending = false;
    if (dirty) plan(AGAIN);
  };

  form.addEventListener("input", () => { dirty = true; plan(WAIT); });
  window.addEventListener("online", () => plan(0));
  form.addEventListener("submit", () => { dirty = false; });
  window.addEventListener("beforeunload", (event) => { if (dirty && !form.dataset.sent) event.preventDefault(); });
});
