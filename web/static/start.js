// Starts the wasm. Trunk's own starter is an inline script, which the page's Content-Security-Policy forbids.
const start = document.getElementById("start");

function explain(message) {
  const note = document.getElementById("starting");
  if (note) note.textContent = message;
}

// Files dropped before the page is ready must not make the browser leave it.
for (const kind of ["dragover", "drop"]) addEventListener(kind, (event) => event.preventDefault());

// What fails at a file is the engine, and the page goes on. Should the page itself ever fail, it says so: an exception on
// the way through the program leaves it half done.
function noticeFailure(error) {
  const ends = error instanceof WebAssembly.RuntimeError || error?.stack?.includes("wasm-function");
  if (!ends || document.getElementById("failed")) return;
  const note = document.createElement("div");
  note.id = "failed";
  note.className = "notice";
  note.setAttribute("role", "alert");
  const again = document.createElement("button");
  again.type = "button";
  again.className = "btn small primary";
  again.textContent = "Start again";
  again.addEventListener("click", () => location.reload());
  note.append("pycxray has failed and cannot go on; no file was harmed.", again);
  document.body.append(note);
}
window.onerror = (_message, _source, _line, _column, error) => noticeFailure(error);
window.onunhandledrejection = ({ reason }) => noticeFailure(reason);

async function program(address, priority) {
  const answer = await fetch(address, { credentials: "same-origin", priority });
  if (!answer.ok) throw new Error(`${answer.url} answered ${answer.status}`);
  if (answer.headers.get("content-type")?.startsWith("application/wasm")) return WebAssembly.compileStreaming(answer);
  // A server that does not know wasm: the slower way.
  return WebAssembly.compile(await answer.arrayBuffer());
}

async function run() {
  if (typeof WebAssembly !== "object") {
    explain("This browser has no WebAssembly, or it is switched off; pycxray needs it.");
    return;
  }
  const module = program(start.dataset.wasm, "auto");
  // The engine comes next: at the same time they would hold each other up. The page takes it from here, and says so if it does
  // not come.
  start.engine = module.then(() => program(start.dataset.engineWasm, "low"));
  start.engine.catch(() => {});
  const bindings = await import(new URL(start.dataset.js, document.baseURI).href);
  await bindings.default({ module_or_path: await module });
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
  .then(async () => {
    takeFiles();
    // Not before the engine has come: what is kept is more than that, and would be fetched in between.
    await Promise.allSettled([start.engine]);
    keepForLater();
  })
  .catch(cannotStart);
