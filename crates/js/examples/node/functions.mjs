// Lists the functions of a .pyc file and the globals that each one reads: node functions.mjs FILE
import { readFileSync } from "node:fs";
import { parse } from "pycxray";

const path = process.argv[2];
if (!path) {
    console.error("usage: node functions.mjs FILE");
    process.exit(2);
}
const file = parse(readFileSync(path), { name: path });
console.log(`${path}: ${file.python.implementation} ${file.python.version}, ${file.codes.length} code objects`);
for (const code of file.codes) {
    const parameters = (code.varnames ?? []).slice(0, (code.argcount ?? 0) + (code.kwonlyargcount ?? 0));
    console.log(`${code.qualname ?? code.name}(${parameters.join(", ")})  line ${code.firstlineno}`);
    // `argrepr` is what that version's dis says: "print + NULL", say, where a call follows.
    const loads = code.instructions.filter((row) => row.opname === "LOAD_GLOBAL" || row.opname === "LOAD_NAME");
    const used = new Set(loads.map((row) => row.argrepr.replace(/^NULL \+ | \+ NULL$/, "")));
    if (used.size > 0) {
        console.log(`    reads ${[...used].join(", ")}`);
    }
}
for (const { severity, message } of file.diagnostics) {
    console.log(`${severity}: ${message}`);
}
