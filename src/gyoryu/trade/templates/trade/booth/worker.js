// Keeps the booth's pages usable without a connection. It answers only for the pages of the booth
// and for the files that they are drawn with; everything else goes to the network as ever.
"use strict";

const PAGES = "gyoryu-pages", FILES = "gyoryu-files", KEYS = "gyoryu-keys";
const OWN = /\/my\/events\/\d+\/talks\/\d+\/(new\/)?$/;
const NEEDED = [
  "{% static 'web/gyoryu.css' %}", "{% static 'web/gyoryu.js' %}", "{% static 'web/icons.svg' %}",
  "{% static 'web/mark.svg' %}", "{% static 'django_htmx/htmx-2.min.js' %}", "{% static 'trade/talks.js' %}",
];
// A page that is kept is shown when the network has not answered for so long.
const PATIENCE = 4000;

self.addEventListener("install", (event) => {
  event.waitUntil(caches.open(FILES).then((held) => held.addAll(NEEDED)).then(() => self.skipWaiting()));
});

self.addEventListener("activate", (event) => {
  event.waitUntil((async () => {
    const held = await caches.open(FILES);
    for (const one of await held.keys()) {
      if (!NEEDED.includes(new URL(one.url).pathname)) await held.delete(one);
    }
    await self.clients.claim();
  })());
});

self.addEventListener("fetch", (event) => {
  const { request } = event, url = new URL(request.url);
  if (request.method !== "GET" || url.origin !== self.location.origin) return;
  if (request.mode === "navigate" && OWN.test(url.pathname)) event.respondWith(page(request, url));
  else if (NEEDED.includes(url.pathname)) event.respondWith(file(event, url));
});

async function page(request, url) {
  const held = await caches.open(PAGES);
  const kept = () => held.match(url.pathname, { ignoreVary: true });
  const fresh = fetch(request).then(async (answer) => {
    if (answer.type === "opaqueredirect") await forget();
    else if (answer.ok) await held.put(url.pathname, answer.clone());
    return answer;
  });
  const late = new Promise((done) => setTimeout(done, PATIENCE)).then(kept);
  try {
    return (await Promise.race([fresh, late])) || (await fresh);
  } catch {
    return (await kept()) || Response.error();
  }
}

async function file(event, url) {
  const held = await caches.open(FILES);
  const kept = await held.match(url.pathname, { ignoreVary: true });
  const fresh = fetch(url.pathname).then((answer) => {
    if (answer.ok) held.put(url.pathname, answer.clone());
    return answer;
  });
  if (!kept) return fresh;
  event.waitUntil(fresh.catch(() => undefined));
  return kept;
}

// Nobody is signed in any more: the pages go, and entries that wait stay, locked.
async function forget() {
  indexedDB.deleteDatabase(KEYS);
  await caches.delete(PAGES);
}
