// The service worker: after the first visit the page opens without a network.
//
// A version of the page is its index.html and the files in the list that was made with it, files.json, which has a digest of
// each; what is not that is not the page, whatever the server says, and is never kept. A version is kept in one cache, its index
// put in last, so that one with an index is whole. A page gets every file from the version that it was opened with; a new
// version is fetched whole, in the background, before any page sees a part of it.

const PREFIX = "pycxray-page-";
const INDEX = new URL("./", self.registration.scope).href;

// Which version each open page was opened with; forgotten when the browser stops this worker, and then the newest does.
const versionOf = new Map();

// The version that is on its way.
let coming = null;

async function digest(bytes) {
  const digest = new Uint8Array(await crypto.subtle.digest("SHA-256", bytes));
  return Array.from(digest, (byte) => byte.toString(16).padStart(2, "0")).join("");
}

// An answer that can be kept: one that was redirected is no answer to a visit.
async function fetched(address) {
  const answer = await fetch(address, { cache: "no-cache" });
  if (!answer.ok) throw new Error(`${address} answered ${answer.status}`);
  const bytes = await answer.arrayBuffer();
  return { bytes, kept: new Response(bytes, { headers: answer.headers }) };
}

async function fetchedAs(expected, address) {
  const { bytes, kept } = await fetched(address);
  if ((await digest(bytes)) !== expected) throw new Error(`${address} is not that of this version`);
  return kept;
}

// The caches of whole versions, in the order in which they came. Each is named after that, and after the digest of its index.
async function versions() {
  const names = (await caches.keys()).filter((name) => name.startsWith(PREFIX)).sort();
  const whole = await Promise.all(names.map(async (name) => (await (await caches.open(name)).match(INDEX)) && name));
  return whole.filter(Boolean);
}

// Fetches the index and, if it is another one than that of the newest version, all that belongs to it. Answers whether it is.
async function update() {
  const index = await fetched(INDEX);
  const text = new TextDecoder().decode(index.bytes);
  const mark = `-${(await digest(index.bytes)).slice(0, 16)}`;
  if (coming || (await versions()).at(-1)?.endsWith(mark)) return false;
  const { bytes } = await fetched(new URL("files.json", INDEX));
  const files = Object.entries(JSON.parse(new TextDecoder().decode(bytes)));
  if (!files.some(([name]) => name.endsWith(".wasm") && text.includes(name))) throw new Error("the index has another list");
  coming = `${PREFIX}${String(Date.now()).padStart(15, "0")}${mark}`;
  try {
    const cache = await caches.open(coming);
    const keep = async ([name, expected]) => {
      const address = new URL(name, INDEX);
      await cache.put(address, await fetchedAs(expected, address));
    };
    await Promise.all(files.map(keep));
    await cache.put(INDEX, index.kept);
  } finally {
    coming = null;
  }
  return true;
}

// Takes away versions that no page was opened with, but for the newest, and what did not become one.
async function clean() {
  const newest = (await versions()).at(-1);
  const pages = await self.clients.matchAll({ type: "window" });
  const used = new Set(pages.map((page) => versionOf.get(page.id)));
  for (const name of await caches.keys()) {
    const kept = name === newest || name === coming || used.has(name);
    if (name.startsWith("pycxray-") && !kept) await caches.delete(name);
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
      // Without a network there is nothing to update from; with a wrong one, nothing that is the page.
      .catch(() => {}),
  );
  return index;
}

// A worker's programs say in their addresses to which page they belong: their names are the same in all versions.
async function versionWith(file) {
  for (const name of (await versions()).reverse()) {
    if (await (await caches.open(name)).match(new URL(file, INDEX))) return name;
  }
}

async function file(event) {
  const of = new URL(event.request.url).searchParams.get("of");
  const name = of ? await versionWith(of) : (versionOf.get(event.clientId) ?? (await versions()).at(-1));
  const kept = name && (await (await caches.open(name)).match(event.request, { ignoreSearch: true }));
  return kept || fetch(event.request);
}

self.addEventListener("fetch", (event) => {
  const { request } = event;
  if (request.method !== "GET" || !request.url.startsWith(INDEX)) return;
  const address = new URL(request.url);
  const isIndex = request.mode === "navigate" && [INDEX, `${INDEX}index.html`].includes(address.origin + address.pathname);
  event.respondWith(isIndex ? open(event) : file(event));
});
