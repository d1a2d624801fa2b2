// The service worker: after the first visit the page opens without a network.
//
// A version of the page is all that its index.html names, kept together in one cache whose name is the digest of that
// index.html. A page gets every file from the version that it was opened with; a new version is fetched whole, in the
// background, before any page sees a part of it.

const PREFIX = "pycxray-";
const INDEX = new URL("./", self.registration.scope).href;

// Which version each open page was opened with; forgotten when the browser stops this worker, and then the newest does.
const versionOf = new Map();

// The version that is on its way.
let coming = null;

async function nameOf(text) {
  const digest = new Uint8Array(await crypto.subtle.digest("SHA-256", new TextEncoder().encode(text)));
  return PREFIX + Array.from(digest.slice(0, 8), (byte) => byte.toString(16).padStart(2, "0")).join("");
}

function filesIn(text) {
  const named = [...text.matchAll(/\b(?:src|href|data-js|data-wasm|data-engine)=["']?([^"'\s>]+)/g)].map((match) => match[1]);
  const addresses = named.map((name) => new URL(name, INDEX)).filter((address) => address.href.startsWith(INDEX));
  return [...new Set(addresses.map((address) => address.href.split("#")[0]))].filter((address) => address !== INDEX);
}

// Versions in the order in which they came, complete ones only: the index is put in last.
async function versions() {
  const names = (await caches.keys()).filter((name) => name.startsWith(PREFIX));
  const complete = await Promise.all(names.map(async (name) => (await (await caches.open(name)).match(INDEX)) && name));
  return complete.filter(Boolean);
}

// Fetches the index and, if it is a new one, all that belongs to it. Answers whether there is a new version.
async function update() {
  const index = await fetch(INDEX, { cache: "no-cache" });
  if (!index.ok) return false;
  const text = await index.clone().text();
  const name = await nameOf(text);
  if (name === coming || (await versions()).includes(name)) return false;
  coming = name;
  try {
    const cache = await caches.open(name);
    await Promise.all(
      filesIn(text).map(async (address) => {
        const file = await fetch(address, { cache: "no-cache" });
        if (!file.ok) throw new Error(`${address} answered ${file.status}`);
        await cache.put(address, file);
      }),
    );
    await cache.put(INDEX, index);
  } finally {
    coming = null;
  }
  return true;
}

// Takes away versions that no page was opened with, but for the newest.
async function clean() {
  const newest = (await versions()).at(-1);
  const pages = await self.clients.matchAll({ type: "window" });
  const used = new Set(pages.map((page) => versionOf.get(page.id)));
  for (const name of await caches.keys()) {
    const kept = name === newest || name === coming || used.has(name);
    if (name.startsWith(PREFIX) && !kept) await caches.delete(name);
  }
}

async function announce() {
  for (const page of await self.clients.matchAll({ type: "window" })) page.postMessage({ type: "pycxray:update" });
}

// A page asks once it listens: what was announced before that, it missed. The page before it is gone by then.
self.addEventListener("message", (event) => {
  const own = versionOf.get(event.source?.id);
  const tell = async () => own && own !== (await versions()).at(-1) && event.source.postMessage({ type: "pycxray:update" });
  event.waitUntil(tell().then(clean));
});

self.addEventListener("install", (event) => {
  self.skipWaiting();
  event.waitUntil(update());
});

self.addEventListener("activate", (event) => event.waitUntil(self.clients.claim()));

async function open(event) {
  const newest = (await versions()).at(-1);
  const index = newest && (await (await caches.open(newest)).match(INDEX));
  if (!index) return fetch(event.request);
  versionOf.set(event.resultingClientId, newest);
  event.waitUntil(
    update()
      .then((isNew) => isNew && announce())
      // Without a network there is nothing to update from.
      .catch(() => {}),
  );
  return index;
}

async function file(event) {
  const name = versionOf.get(event.clientId) ?? (await versions()).at(-1);
  const kept = name && (await (await caches.open(name)).match(event.request.url.split("#")[0]));
  return kept || fetch(event.request);
}

self.addEventListener("fetch", (event) => {
  const { request } = event;
  if (request.method !== "GET" || !request.url.startsWith(INDEX)) return;
  const address = new URL(request.url);
  const isIndex = request.mode === "navigate" && [INDEX, `${INDEX}index.html`].includes(address.origin + address.pathname);
  event.respondWith(isIndex ? open(event) : file(event));
});
