// Starts the wasm. Trunk's own starter is an inline script, which the page's Content-Security-Policy forbids.
const start = document.getElementById("start");

function explain(message) {
  const note = document.getElementById("starting");
  if (note) note.textContent = message;
}

// Files dropped before the page is ready must not make the browser leave it.
for (const kind of ["dragover", "drop"]) addEventListener(kind, (event) => event.preventDefault());

// Should the program itself ever fail, the page says so instead of standing still.
function noticeFailure(error) {
  if (!(error instanceof WebAssembly.RuntimeError) || document.getElementById("failed")) return;
  const note = document.createElement("div");
  note.id = "failed";
  note.className = "notice";
  note.setAttribute("role", "alert");
  note.textContent = "pycxray has failed and cannot go on; the file was not harmed. Reload the page to start afresh.";
  document.body.append(note);
}
addEventListener("error", (event) => noticeFailure(event.error));
addEventListener("unhandledrejection", (event) => noticeFailure(event.reason));

async function run() {
  if (typeof WebAssembly !== "object") {
    explain("This browser has no WebAssembly, or it is switched off; pycxray needs it.");
    return;
  }
  const response = fetch(start.dataset.wasm, { credentials: "same-origin" });
  const bindings = await import(new URL(start.dataset.js, document.baseURI).href);
  const answer = await response;
  if (!answer.ok) throw new Error(`${answer.url} answered ${answer.status}`);
  // Streaming wants the right media type; servers that do not know wasm get the slower way.
  const streams = answer.headers.get("content-type")?.startsWith("application/wasm");
  const module = streams ? await WebAssembly.compileStreaming(answer) : await WebAssembly.compile(await answer.arrayBuffer());
  await bindings.default({ module_or_path: module });
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

run()
  .then(() => {
    takeFiles();
    keepForLater();
  })
  .catch((error) => {
    explain(
      location.protocol === "file:"
        ? "Browsers load no WebAssembly from a folder: serve it over HTTP, for example with python -m http.server."
        : `The page could not start: ${error}. Reloading may help.`,
    );
  });
