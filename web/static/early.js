// Runs before the first paint, so that a page in the dark does not flash white while the wasm is on its way.
try {
  const theme = JSON.parse(localStorage.getItem("pycxray.theme"));
  if (theme) document.documentElement.dataset.theme = theme;
} catch {
  // Storage may be forbidden: the system's own colours do.
}

// A server that has something else in place of start.js would leave the page starting for ever.
addEventListener(
  "error",
  ({ target }) => {
    if (target.id !== "start") return;
    document.getElementById("starting").textContent = "The page did not come whole. Reloading may help.";
  },
  true,
);
