// The thread of a program beside the page: the engine, the prover or the verifier. The page sends the address of its bindings, and the
// program: compiled already, or its address; all that follows is between the page and the program.
addEventListener(
  "message",
  async ({ data: [bindings, module] }) => {
    try {
      const program = await import(bindings);
      await program.default({ module_or_path: module });
    } catch (error) {
      // A rejection would stay in here; an error is heard by the page.
      reportError(error);
    }
  },
  { once: true },
);
