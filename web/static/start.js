// Starts the wasm. Trunk's own starter is an inline script, which the page's Content-Security-Policy forbids.
const start = document.getElementById("start");

function explain(message) {
  const note = document.getElementById("starting");
  if (note) note.textContent = message;
}

// Files dropped before the page is ready must not make the browser leave it.
for (const kind of ["dragover", "drop"]) addEventListener(kind, (event) => event.preventDefault());

// Should the program itself ever fail, the page says so, and offers to begin again with the files that were open.
const blank = document.getElementById("app").cloneNode(true);
const { title } = document;
const handed = [];
let module, life;
let lives = 0;
let beginning = false;

// Which files the program was given: of those in tabs, another can be given the same.
addEventListener("drop", (event) => handed.push(...(event.dataTransfer?.files ?? [])), true);
addEventListener("change", (event) => handed.push(...(event.target.files ?? [])), true);
addEventListener("pycxray:files", (event) => handed.push(...event.detail), true);

// Whatever the program listens to ends with it.
const listen = EventTarget.prototype.addEventListener;
EventTarget.prototype.addEventListener = function (kind, heard, options) {
  const chosen = typeof options === "object" ? options : { capture: options };
  listen.call(this, kind, heard, life ? { ...chosen, signal: life.signal } : options);
};

function filesInTabs() {
  const left = [...handed];
  const all = [...document.querySelectorAll("#app [role=tab][title]")].map((tab) => {
    const at = left.findLastIndex((file) => file.name === tab.title);
    return { file: at < 0 ? null : left.splice(at, 1)[0], active: tab.getAttribute("aria-selected") === "true" };
  });
  // A file that is in no tab was on its way; else it was the one on screen that the program failed at.
  const coming = handed.at(-1) && !all.some(({ file }) => file === handed.at(-1)) ? handed.at(-1) : null;
  const failed = lives > 1 || !coming ? all.find(({ active }) => active)?.file : null;
  return { at: coming ?? failed, others: all.map(({ file }) => file).filter((file) => file && file !== failed) };
}

function noticeFailure(error) {
  // Any exception on the way through the program ends it: one of its own, or too deep a stack.
  const ends = error instanceof WebAssembly.RuntimeError || error?.stack?.includes("wasm-function");
  // What a program that has failed hears of its end is of no interest.
  if (!ends || beginning || document.getElementById("failed")) return;
  const { at, others } = filesInTabs();
  const note = document.createElement("div");
  note.id = "failed";
  note.className = "notice";
  note.setAttribute("role", "alert");
  const words = `pycxray has failed${at ? ` at ${at.name}` : ""} and cannot go on; no file was harmed.`;
  const again = document.createElement("button");
  again.type = "button";
  again.className = "btn small primary";
  again.textContent = others.length ? "Go on with the other files" : "Start again";
  again.addEventListener("click", () => {
    note.remove();
    goOnWith(others).catch(cannotStart);
  });
  note.append(words, again);
  document.body.append(note);
}
window.onerror = (_message, _source, _line, _column, error) => noticeFailure(error);
window.onunhandledrejection = ({ reason }) => reason instanceof WebAssembly.RuntimeError && noticeFailure(reason);

async function live() {
  life = new AbortController();
  lives += 1;
  // Every life has bindings of its own: what differs in its address is another module.
  const bindings = await import(new URL(start.dataset.js + (lives > 1 ? `?${lives}` : ""), document.baseURI).href);
  await bindings.default({ module_or_path: await module });
}

async function goOnWith(files) {
  beginning = true;
  life.abort();
  for (let timer = setTimeout(() => {}); timer > 0; timer -= 1) clearTimeout(timer);
  handed.length = 0;
  document.title = title;
  document.getElementById("app").replaceWith(blank.cloneNode(true));
  await live();
  beginning = false;
  if (files.length) dispatchEvent(new CustomEvent("pycxray:files", { detail: files }));
}

async function run() {
  if (typeof WebAssembly !== "object") {
    explain("This browser has no WebAssembly, or it is switched off; pycxray needs it.");
    return;
  }
  module = fetch(start.dataset.wasm, { credentials: "same-origin" }).then(compile);
  await live();
}

async function compile(answer) {
  if (!answer.ok) throw new Error(`${answer.url} answered ${answer.status}`);
  if (answer.headers.get("content-type")?.startsWith("application/wasm")) return WebAssembly.compileStreaming(answer);
  // A server that does not know wasm: the slower way.
  return WebAssembly.compile(await answer.arrayBuffer());
}

// Files that the system opens with the installed page.
function takeFiles() {
  globalThis.launchQueue?.setConsumer(async (launch) => {
    const files = await Promise.all((launch.files ?? []).map((handle) => handle.getFile()));
    if (files.length) dispatchEvent(new CustomEvent("pycxray:files", { detail: files }));
  });
}

// The next visit needs no network; a new version announces itself. See offline.js.
function keepForLater() {
  const workers = navigator.serviceWorker;
  if (!workers || !isSecureContext) return;
  workers.addEventListener("message", (event) => {
    if (event.data?.type === "pycxray:update") dispatchEvent(new Event("pycxray:update"));
  });
  workers.controller?.postMessage({ type: "pycxray:started" });
  // Refused in private windows of some browsers; the page works without.
  workers.register("offline.js").catch(() => {});
}

function cannotStart(error) {
  explain(
    location.protocol === "file:"
      ? "Browsers load no WebAssembly from a folder: serve it over HTTP, for example with python -m http.server."
      : `The page could not start: ${error}. Reloading may help.`,
  );
}

run()
  .then(() => {
    takeFiles();
    keepForLater();
  })
  .catch(cannotStart);
