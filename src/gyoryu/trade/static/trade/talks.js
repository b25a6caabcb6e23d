// The booth without a connection: what is noted is kept on the device, encrypted with a key that
// only its owner is given, and sent once when the network returns. docs/decisions/0126.
"use strict";

(() => {
  const booth = document.getElementById("booth");
  if (!booth || !window.isSecureContext || !window.indexedDB || !navigator.serviceWorker) return;

  const at = booth.dataset, form = document.getElementById("talk");
  const words = Object.fromEntries(
    [...document.querySelectorAll("#talk-words > [data-word]")].map((one) => [one.dataset.word, one.textContent]),
  );
  const say = (word, n) => words[word].replace("{n}", n);
  const ENTRIES = "gyoryu-entries", KEYS = "gyoryu-keys", PAGES = "gyoryu-pages", STORE = "rows";
  const SOON = 5000, LATER = 60000;

  // What the device holds

  const opened = (name) => new Promise((done, fail) => {
    const asked = indexedDB.open(name, 1);
    asked.onupgradeneeded = () => asked.result.createObjectStore(STORE, { keyPath: "key" });
    asked.onsuccess = () => done(asked.result);
    asked.onerror = () => fail(asked.error);
  });

  async function within(name, mode, act) {
    const held = await opened(name);
    held.onversionchange = () => held.close();
    try {
      const step = held.transaction(STORE, mode), asked = act(step.objectStore(STORE));
      return await new Promise((done, fail) => {
        step.oncomplete = () => done(asked.result);
        step.onabort = step.onerror = () => fail(step.error);
      });
    } finally {
      held.close();
    }
  }

  const put = (row) => within(ENTRIES, "readwrite", (rows) => rows.put(row));
  const drop = (key) => within(ENTRIES, "readwrite", (rows) => rows.delete(key));
  const everyone = async () => (await within(ENTRIES, "readonly", (rows) => rows.getAll())).sort((a, b) => a.saved - b.saved);

  // Who it belongs to

  let secret = null, token = "", online = null, signedOut = false, sent = 0, others = 0;

  async function remember(mark, text) {
    const bytes = Uint8Array.from(atob(text), (char) => char.charCodeAt(0));
    secret = await crypto.subtle.importKey("raw", bytes, "AES-GCM", false, ["encrypt", "decrypt"]);
    await within(KEYS, "readwrite", (rows) => { rows.clear(); return rows.put({ key: mark, secret }); });
  }

  async function recall() {
    const row = await within(KEYS, "readonly", (rows) => rows.get(at.mark));
    if (row) secret = row.secret;
  }

  async function forget() {
    secret = null;
    await within(KEYS, "readwrite", (rows) => rows.clear());
    await caches.delete(PAGES);
  }

  // Ask who is signed in now. A page that was kept may be another's, and a session may be over.
  async function ask() {
    let reply;
    try {
      reply = await fetch(at.keyAt, { redirect: "manual", cache: "no-store", signal: AbortSignal.timeout(10000) });
    } catch {
      online = false;
      return false;
    }
    online = true;
    if (reply.type === "opaqueredirect") {
      signedOut = true;
      return false;
    }
    if (!reply.ok) return false;
    const told = await reply.json();
    if (told.mark !== at.mark) {
      await forget();
      location.reload();
      return false;
    }
    signedOut = false;
    token = told.token;
    await remember(told.mark, told.key);
    return true;
  }

  // Locked and unlocked

  async function lock(bytes) {
    const iv = crypto.getRandomValues(new Uint8Array(12));
    return { iv, box: await crypto.subtle.encrypt({ name: "AES-GCM", iv }, secret, bytes) };
  }
  const unlock = ({ iv, box }) => crypto.subtle.decrypt({ name: "AES-GCM", iv }, secret, box);
  const told = async (row) => JSON.parse(new TextDecoder().decode(await unlock(row.told)));
  const tell = (what) => lock(new TextEncoder().encode(JSON.stringify(what)));

  // Sending

  let timer = 0, pause = SOON, sending = false;
  const plan = () => { clearTimeout(timer); timer = setTimeout(send, pause); pause = Math.min(pause * 2, LATER); };

  async function send() {
    if (sending) return;
    sending = true;
    try {
      // Two windows of one browser do not send the same; what they do send twice is taken in once.
      await navigator.locks.request("gyoryu-talks", { ifAvailable: true }, async (alone) => alone && sendAll());
    } finally {
      sending = false;
    }
    const left = await show();
    if (left || online === false) plan();
  }

  async function sendAll() {
    if (!(await ask())) return;
    pause = SOON;
    await show();
    for (const row of await everyone()) {
      if (row.mark === at.mark && row.state === "waiting" && !(await sendOne(row))) break;
    }
  }

  async function sendOne(row) {
    const { fields, ...rest } = await told(row), body = new FormData();
    for (const [name, value] of fields) body.append(name, value);
    body.append("mark", at.mark);
    if (row.card) body.append("card", new File([await unlock(row.card.told)], row.card.name, { type: row.card.type }));
    // Noted before it goes: if the answer is lost, nobody knows whether it arrived.
    await put({ ...row, tried: true });
    let reply;
    try {
      reply = await fetch(row.to, {
        method: "POST", body, redirect: "manual", headers: { "X-CSRFToken": token }, signal: AbortSignal.timeout(60000),
      });
    } catch {
      online = false;
      return false;
    }
    if (reply.type === "opaqueredirect") {
      signedOut = true;
      return false;
    }
    if (reply.ok) {
      await drop(row.key);
      sent += 1;
      return true;
    }
    if (![400, 404, 409, 413, 422].includes(reply.status)) return false;
    const why = await reasons(reply);
    await put({ ...row, tried: reply.status === 409, state: "refused", told: await tell({ ...rest, fields, why }) });
    return true;
  }

  async function reasons(reply) {
    try {
      const { reasons: found } = await reply.json();
      if (found && found.length) return found;
    } catch { /* It was no answer of the booth's. */ }
    return [words[{ 404: "not-open", 413: "too-large" }[reply.status] || "odd"]];
  }

  // What is shown

  async function show() {
    const rows = await everyone(), own = rows.filter((row) => row.mark === at.mark);
    others = rows.length - own.length;
    const shown = secret ? await Promise.all(own.map(async (row) => [row, await told(row)])) : [];
    const count = (state) => own.filter((row) => row.state === state).length;
    const waiting = count("waiting"), refused = count("refused");
    state(waiting, refused);
    list(shown);
    return waiting;
  }

  function state(waiting, refused) {
    const box = document.getElementById("talk-state"), [title, text, tone] = situation(waiting, refused);
    box.hidden = !title;
    if (!title) return;
    if (tone) box.dataset.tone = tone; else delete box.dataset.tone;
    const use = box.querySelector("use");
    use.setAttribute("href", use.getAttribute("href").replace(/#.*/, `#${{ soon: "off", bad: "alert", live: "done" }[tone] || "info"}`));
    box.querySelector("h2").textContent = title;
    const line = box.querySelector("p");
    line.textContent = others ? `${text} ${say("others", others)}`.trim() : text;
    if (signedOut) {
      const link = document.createElement("a");
      link.href = `${at.signIn}?next=${encodeURIComponent(at.list)}`;
      link.textContent = words["sign-in"];
      line.append(" ", link);
    }
  }

  function situation(waiting, refused) {
    const count = waiting ? ` ${say("waiting", waiting)}` : "";
    if (signedOut) return [words["signed-out"], words["signed-out-text"] + count, "soon"];
    if (online === false) return [words.offline, words["offline-text"] + count, "soon"];
    if (refused) return [say("refused", refused), words["refused-text"] + count, "bad"];
    if (waiting) return [words[online ? "sending" : "kept"], say("waiting", waiting), ""];
    if (sent) return [words.sent, say("sent-text", sent), "live"];
    return others ? [words.kept, "", ""] : ["", "", ""];
  }

  function list(shown) {
    const box = document.getElementById("talk-kept"), rows = box.querySelector("ul");
    box.hidden = !shown.length;
    rows.replaceChildren(...shown.map(([row, what]) => {
      const line = document.getElementById("talk-row").content.cloneNode(true).firstElementChild;
      line.querySelector("b").textContent = what.label;
      const standing = row.state !== "waiting" ? `state-${row.state}` : row.tried ? "state-tried" : "state-waiting";
      line.querySelector(".meta").textContent = [words[standing], ...(what.why || [])].join(" · ");
      const fix = line.querySelector("[data-fix]"), away = line.querySelector("[data-drop]");
      // What may have arrived is not changed: the same key with another content would be refused.
      if (row.tried) fix.remove();
      else {
        fix.href = `${at.form}#fix=${row.key}`;
        if (form) fix.addEventListener("click", (event) => { event.preventDefault(); correct(row.key); });
      }
      if (row.tried && row.state === "waiting") away.remove();
      else away.addEventListener("click", async () => { if (confirm(words.sure)) { await drop(row.key); await show(); } });
      return line;
    }));
  }

  // The form

  const field = (name) => form.elements[name];
  const asArray = (one) => (one instanceof RadioNodeList ? [...one] : [one]);
  let held = null;

  const chosen = () => {
    const option = field("with_whom").selectedOptions[0], key = option ? option.value : "";
    const text = option ? option.textContent : "";
    if (key === "new") return { buyer: field("buyer_name").value || words["new-buyer"], where: "" };
    if (!key.startsWith("m")) return { buyer: key ? text : "", where: "" };
    const [when, table, ...buyer] = text.split(" · ");
    return { buyer: buyer.join(" · "), where: ` · ${when} · ${table}` };
  };

  function dress() {
    const { buyer, where } = chosen(), who = document.getElementById("talk-who"), place = document.getElementById("talk-where");
    who.textContent = who.dataset.company + (buyer ? ` × ${buyer}` : "");
    place.textContent = place.dataset.event + where;
    const fresh = field("with_whom").value === "new", spoken = field("product").value === "other";
    for (const [name, wanted] of [["buyer_name", fresh], ["buyer_country", fresh], ["about", spoken]]) {
      field(name).closest(".field").hidden = !wanted;
      field(name).required = wanted;
    }
    const unsaid = field("unsaid").checked;
    field("amount").disabled = field("currency").disabled = unsaid;
    field("amount").setCustomValidity(unsaid || field("amount").value.trim() ? "" : words.amount);
    document.getElementById("talk-amount").textContent = unsaid ? "" : inWords();
  }

  function inWords() {
    const number = Number(field("amount").value.replace(/[\s,]/g, "")), currency = field("currency").value;
    if (!field("amount").value.trim() || !Number.isFinite(number) || number < 10000) return "";
    const name = words[currency] || currency;
    if (document.documentElement.lang !== "ko") {
      return `= ${new Intl.NumberFormat("en", { notation: "compact", compactDisplay: "long" }).format(number)} ${name}`;
    }
    let rest = Math.floor(number);
    const parts = [];
    for (const [unit, word] of [[1e12, "조"], [1e8, "억"], [1e4, "만"]]) {
      if (rest >= unit) parts.push(`${Math.floor(rest / unit).toLocaleString("ko")}${word}`);
      rest %= unit;
    }
    return `= ${rest ? "약 " : ""}${parts.join(" ")} ${name}`;
  }

  async function keep() {
    dress();
    if (!form.reportValidity()) return;
    const { buyer, where } = chosen(), who = document.getElementById("talk-who").dataset.company;
    if (!held) field("said_at").value = new Date().toISOString();
    const fields = [...new FormData(form)].filter(
      ([name, value]) => typeof value === "string" && !["csrfmiddlewaretoken", "mark"].includes(name),
    );
    const file = field("card").files[0], row = {
      key: field("once").value, mark: at.mark, to: at.sendTo, state: "waiting", tried: false,
      saved: held ? held.saved : Date.now(), told: await tell({ fields, label: `${who} × ${buyer}`, where }),
      card: file ? { name: file.name, type: file.type, told: await lock(await file.arrayBuffer()) } : held && held.card,
    };
    await put(row);
    clear();
    await show();
    window.scrollTo({ top: 0 });
    send();
  }

  function clear() {
    held = null;
    form.reset();
    for (const one of form.querySelectorAll("input[type=radio], input[type=checkbox]")) one.checked = false;
    for (const name of ["with_whom", "buyer_name", "buyer_country", "product", "about", "amount", "next_due", "note", "said_at"]) {
      field(name).value = "";
    }
    field("once").value = crypto.randomUUID();
    history.replaceState(null, "", at.form);
    for (const one of form.querySelectorAll(".error, .errors")) one.remove();
    dress();
  }

  async function correct(key) {
    const row = await within(ENTRIES, "readonly", (rows) => rows.get(key));
    if (!row || row.mark !== at.mark || row.tried || !secret) return;
    const { fields } = await told(row);
    clear();
    // It does not go while it is being corrected.
    held = { ...row, state: "open" };
    await put(held);
    await show();
    for (const [name, value] of fields) {
      for (const one of asArray(field(name))) {
        if (one.type === "radio" || one.type === "checkbox") one.checked = one.checked || one.value === value;
        else one.value = value;
      }
    }
    dress();
    form.querySelector("select").focus();
  }

  function begin() {
    const asked = new URLSearchParams(location.search).get("with");
    if (asked && field("with_whom").querySelector(`option[value="${CSS.escape(asked)}"]`)) field("with_whom").value = asked;
    document.getElementById("talk-save").textContent = document.getElementById("talk-save").dataset.kept;
    // A page that was kept has the key of the entry it was first used for.
    if (!form.querySelector(".errors")) field("once").value = crypto.randomUUID();
    form.addEventListener("input", dress);
    form.addEventListener("change", dress);
    dress();
    if (location.hash.startsWith("#fix=")) correct(location.hash.slice(5));
  }

  // Keeps both pages, so that each opens later without a connection.
  async function warm() {
    await navigator.serviceWorker.ready;
    const pages = await caches.open(PAGES);
    for (const address of [at.list, at.form]) {
      const reply = await fetch(address, { redirect: "manual" });
      if (reply.ok) await pages.put(address, reply);
    }
    booth.dataset.ready = "1";
  }

  async function start() {
    await navigator.serviceWorker.register(at.worker);
    await recall();
    await show();
    const here = await ask();
    if (form && secret) {
      form.addEventListener("submit", (event) => { event.preventDefault(); keep(); });
      begin();
    }
    await show();
    if (here) warm().catch(() => undefined);
    send();
    for (const name of ["online", "offline"]) {
      window.addEventListener(name, () => { online = name === "online" ? online : false; pause = SOON; send(); });
    }
    document.addEventListener("visibilitychange", () => { if (!document.hidden) send(); });
  }

  start();
})();
