// Runs before the first paint, so that a page in the dark does not flash white while the wasm is on its way.
try {
  const theme = JSON.parse(localStorage.getItem("pycxray.theme"));
  if (theme) document.documentElement.dataset.theme = theme;
} catch {
  // Storage may be forbidden: the system's own colours do.
}
