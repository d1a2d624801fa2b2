// Starts the wasm. Trunk's own starter is an inline script, which the page's Content-Security-Policy forbids.
const start = document.getElementById("start");

function explain(message) {
  const note = document.getElementById("starting");
  if (note) note.textContent = message;
}

// Files dropped before the page is ready must not make the browser leave it.
for (const kind of ["dragover", "drop"]) addEventListener(kind, (event) => event.preventDefault());

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

run().catch((error) => {
  explain(
    location.protocol === "file:"
      ? "Browsers load no WebAssembly from a folder: serve it over HTTP, for example with python -m http.server."
      : `The page could not start: ${error}. Reloading may help.`,
  );
});
