// The thread of a program beside the page: the engine, the prover or the verifier. It is named after the address of the program's
// bindings, which it fetches while the program is on its way. The page sends that: compiled already, or its address; all that
// follows is between the page and the program.
const bindings = import(self.name);

addEventListener(
  "message",
  async ({ data: program }) => {
    try {
      await (await bindings).default({ module_or_path: program });
    } catch (error) {
      // A rejection would stay in here; an error is heard by the page.
      reportError(error);
    }
  },
  { once: true },
);
