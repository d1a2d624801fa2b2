import init, { disassemble, parse } from "./pycxray/web.js";

const [input, summary, listing] = ["file", "summary", "listing"].map((id) => document.getElementById(id));

function show(name, bytes) {
    const { python, codes, diagnostics } = parse(bytes, { name });
    summary.textContent = `${name}: ${python.implementation} ${python.version}, ${codes.length} code objects, ${diagnostics.length} problems`;
    listing.textContent = disassemble(bytes);
}

input.addEventListener("change", async () => {
    const [file] = input.files;
    if (file) {
        show(file.name, await file.arrayBuffer());
    }
});

await init();
// Something to look at before a file is chosen.
const example = await fetch("hello.pyc");
if (example.ok) {
    show("hello.pyc", await example.arrayBuffer());
}
