// The engine's thread: the same program as the page's, which finds itself in a worker. The page sends it, already compiled,
// with the address of its bindings; all that follows is between the two halves of the program.
addEventListener(
  "message",
  async ({ data: [bindings, module] }) => {
    const program = await import(bindings);
    await program.default({ module_or_path: module });
  },
  { once: true },
);
