// The package, as somebody has it who installed it: node --test package.test.mjs, where `pycxray` can be imported.
// PYCXRAY_FIXTURES is the folder tests/fixtures of the project.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { readdirSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import test from "node:test";
import { runInNewContext } from "node:vm";
import { Worker } from "node:worker_threads";
import { check, diff, disassemble, open_container, parse, payloads, source, strings, verify } from "pycxray";

const fixtures = process.env.PYCXRAY_FIXTURES;
const fixture = (name) => readFileSync(join(fixtures, name));
const container = (name) => fixture(join("../containers", name));

test("instructions are what that version's own dis says", () => {
    let compared = 0;
    for (const folder of ["cpython-2.7", "cpython-3.6", "cpython-3.8", "cpython-3.12", "cpython-3.14"]) {
        for (const name of readdirSync(join(fixtures, folder)).filter((name) => name.endsWith(".json"))) {
            const expected = JSON.parse(fixture(join(folder, name)));
            const file = parse(fixture(join(folder, name.replace(".json", ".pyc"))));
            assert.equal(file.codes.length, expected.codes.length, name);
            for (const [position, code] of file.codes.entries()) {
                // Python 2's SLICE+1 was read from dis without what stands behind the plus sign.
                const rows = code.instructions.map((row) => [row.offset, row.opname.split("+")[0], row.arg]);
                const wanted = expected.codes[position].instructions.map(([offset, opname, arg]) => [offset, opname, arg]);
                assert.deepEqual(rows, wanted, `${folder}/${name} ${code.name}`);
                compared += rows.length;
            }
        }
    }
    assert.ok(compared > 1000, `${compared} instructions`);
});

test("objects are plain, and what a version lacks is null", () => {
    const file = parse(fixture("cpython-2.7/hello.pyc"), { name: "hello.pyc" });
    assert.deepEqual(file, JSON.parse(JSON.stringify(file)));
    assert.equal(file.schema, 1);
    assert.deepEqual(file.file, { name: "hello.pyc", size: fixture("cpython-2.7/hello.pyc").length });
    assert.deepEqual(file.python, { implementation: "CPython", version: "2.7", certain: true, candidates: ["CPython 2.7"] });
    assert.equal(file.codes[0].qualname, null);
    assert.equal(file.codes[0].exceptions, null);
});

test("the types name the fields that the objects have", () => {
    const require = createRequire(import.meta.url);
    const types = readFileSync(join(require.resolve("pycxray"), "..", "pycxray.d.ts"), "utf8");
    const fields = (name) => {
        const body = new RegExp(`export interface ${name} \\{([\\s\\S]*?)\\n\\}`).exec(types)[1];
        return [...body.matchAll(/^ {4}(\w+)\??:/gm)].map((match) => match[1]).sort();
    };
    const file = parse(fixture("cpython-3.12/py311.pyc"));
    const code = file.codes.find((code) => code.exceptions.length > 0);
    const cut = parse(fixture("cpython-3.12/hello.pyc").subarray(0, 90));
    const another = fixture("src/py311.py").toString().replaceAll("'", "\"").replace("def ", "def added(): pass\n\ndef ");
    const difference = diff(fixture("cpython-3.11/py311.pyc"), fixture("cpython-3.12/py311.pyc"));
    const [changed] = difference.codes;
    const row = changed.rows.find((row) => row.before && row.after);
    const verification = verify(fixture("cpython-3.12/py311.pyc"), another);
    const objects = {
        SourceText: source(fixture("cpython-3.12/hello.pyc")), CodeVerdict: source(fixture("cpython-3.12/hello.pyc")).codes[0],
        Difference: difference, Change: difference.changes[0], ChangeSide: difference.changes.find((change) => change.before).before,
        CodeDifference: changed, DifferenceRow: changed.rows[0], DifferenceLine: row.before,
        Verification: verification, VerifiedHeader: verification.header, Evidence: verification.evidence[0],
        FoundString: strings(fixture("cpython-3.12/hello.pyc"))[0], PycFile: file, PythonInfo: file.python, Header: file.header, Code: code, Instruction: code.instructions[0],
        Member: open_container(container("folder.tar.gz")).members()[0], Unpacked: open_container(container("folder.tar.gz")).read(0),
        PayloadsResult: payloads(container("loader-3.11.pyc")), Payload: payloads(container("loader-3.11.pyc")).payloads[0],
        ExceptionEntry: code.exceptions[0], Diagnostic: cut.diagnostics[0], CheckResult: check(fixture("cpython-3.12/hello.pyc")),
    };
    for (const [name, object] of Object.entries(objects)) {
        assert.deepEqual(Object.keys(object).sort(), fields(name), name);
    }
});

test("no bytes make it fail", () => {
    for (const bytes of [new Uint8Array(), new Uint8Array([1, 2, 3]), fixture("cpython-3.12/hello.pyc").subarray(0, 90), new ArrayBuffer(64)]) {
        assert.ok(parse(bytes).diagnostics.length > 0);
        assert.ok(check(bytes).diagnostics.length > 0);
        assert.equal(typeof disassemble(bytes), "string");
    }
    assert.deepEqual(check(fixture("cpython-3.12/hello.pyc")).diagnostics, []);
});

/** A file of CPython 3.12 with one code object: this bytecode, and names of this length that are all control characters. */
const made = (bytecode, nameLength) => {
    const number = (value) => Buffer.from(Uint32Array.of(value).buffer);
    const sized = (kind, bytes) => Buffer.concat([Buffer.from(kind), number(bytes.length), bytes]);
    const [empty, short] = [Buffer.from(")\0"), Buffer.from("z\x01n")];
    const names = Buffer.concat([Buffer.from(")\x01"), sized("a", Buffer.alloc(nameLength, 1))]);
    return Buffer.concat([
        Buffer.from("cb0d0d0a", "hex"), Buffer.alloc(12), Buffer.from([0xe3]), ...[0, 0, 0, 10, 64].map(number), sized("s", bytecode),
        empty, names, empty, sized("s", Buffer.alloc(0)), short, short, short, number(1), sized("s", Buffer.alloc(0)), sized("s", Buffer.alloc(0)),
    ]);
};
const loads = (count) => Buffer.alloc(2 * count, Buffer.from([0x65, 0]));

test("what is too much is refused or cut, and the next file is read", () => {
    const hello = fixture("cpython-3.12/hello.pyc");
    const expected = parse(hello);
    const goesOn = () => assert.deepEqual(parse(hello), expected);
    const many = made(loads(2_100_000), 256);
    assert.throws(() => parse(many), (error) => error instanceof RangeError && /2100000 instructions.*`disassemble`/.test(error.message));
    goesOn();
    const listing = disassemble(made(loads(100_000), 256), { maxOutput: 1_000_000 });
    assert.ok(listing.length < 1_000_200 && /The listing ends here, after \d+ bytes; maxOutput sets another length\.\n$/.test(listing));
    goesOn();
    // Half a gigabyte it could be; it ends where JavaScript's strings still have room.
    assert.match(disassemble(many), /The listing ends here, after \d+ bytes/);
    goesOn();
    const huge = { byteLength: 3e9 };
    Object.defineProperty(huge, Symbol.toStringTag, { value: "ArrayBuffer" });
    const [compare, hold] = [(bytes) => diff(bytes, hello), (bytes) => verify(bytes, "")];
    for (const call of [parse, disassemble, source, check, strings, open_container, payloads, compare, hold]) {
        assert.throws(() => call(huge), (error) => error instanceof RangeError && /3000000000 bytes/.test(error.message));
    }
    goesOn();
});

test("source is that of the golden files, each text with its instructions", () => {
    for (const name of ["cpython-2.7/two_later", "cpython-3.6/py36", "cpython-3.9/py38", "cpython-3.15/py315"]) {
        const bytes = fixture(`${name}.pyc`);
        const { text, is_proved, codes, ranges } = source(bytes);
        assert.equal(text, fixture(`${name}.source.py`).toString().replaceAll("\r\n", "\n"));
        assert.ok(is_proved && codes.every(({ verdict, offset }) => verdict === "proved" && offset === null), name);
        const file = parse(bytes);
        assert.equal(codes.length, file.codes.length);
        for (const [from, to, code, start, end] of ranges) {
            assert.ok(text.slice(from, to).trim() !== "" && start < end, `${name} ${from}`);
            assert.ok(file.codes[code].instructions.some(({ offset }) => offset === start), `${name} ${code} ${start}`);
        }
    }
});

test("source can keep lines, and other Pythons have none yet", () => {
    const bytes = fixture("cpython-3.12/py38.pyc");
    const line = (text) => text.split("\n").findIndex((line) => line.startsWith("def early("));
    const original = readFileSync(join(fixtures, "src/py38.py"), "utf8");
    assert.equal(line(source(bytes, { keepLines: true }).text), line(original));
    assert.equal(source(fixture("cpython-2.4/hello.pyc")), null);
    assert.equal(source(new Uint8Array([1, 2, 3])), null);
});

test("two files are compared by what they do", () => {
    const [old, now] = ["cpython-3.11/py311.pyc", "cpython-3.12/py311.pyc"].map(fixture);
    assert.deepEqual(diff(now, now), { verdict: "identical", summary: diff(now, now).summary, changes: [], codes: [] });
    const later = Buffer.from(now);
    later[8] ^= 1;
    assert.equal(diff(now, later).verdict, "same-program");
    assert.deepEqual(diff(now, later).changes.map((change) => [change.class, change.what]), [["header", "mtime"]]);
    assert.equal(diff(now, later, { ignore: ["header"] }).verdict, "same");
    const found = diff(old, now);
    assert.equal(found.verdict, "different");
    assert.ok(found.codes.some((code) => code.rows.some((row) => row.kind === "changed" || row.kind === "added")));
    assert.throws(() => diff(old, now, { ignore: ["nonsense"] }), (error) => error instanceof RangeError && /set-order/.test(error.message));
    assert.throws(() => diff(old, now, { ignore: "header" }), TypeError);
    assert.throws(() => diff(old, now, { ingore: [] }), TypeError);
    assert.throws(() => diff(old), TypeError);
});

test("a file is held against its source", () => {
    const file = fixture("cpython-3.12/hello.pyc");
    const text = fixture("src/hello.py");
    assert.equal(verify(file, text).verdict, "proved");
    const { verdict, proved, proofs } = verify(file, text.toString());
    assert.deepEqual([verdict, proved, proofs.map((proof) => proof.outcome)], ["proved", 1, ["proved"]]);
    const found = verify(file, "print('another')\n");
    assert.equal(found.contents, "inconsistent");
    for (const { message, span } of found.evidence) {
        assert.ok(message.length > 0 && span[0] < span[1] && span[1] <= file.length);
    }
    assert.equal(verify(fixture("cpython-2.7/hello.pyc"), text).contents, "cannot tell");
    assert.throws(() => verify(file), TypeError);
});

test("strings say what they look like", () => {
    const found = strings(fixture("cpython-3.12/hello.pyc"));
    assert.ok(found.some((one) => one.text === "total" && one.is_name && one.look === "plain"));
    assert.ok(found.every((one) => one.span[0] < one.span[1]));
});

test("a frozen program is opened down to its modules", () => {
    const program = open_container(container("pyinstaller-4.10-3.9.bin"));
    assert.equal(program.kind, "a program frozen by PyInstaller");
    assert.deepEqual(program.diagnostics, []);
    const script = program.members().find((member) => member.name === "prog");
    assert.deepEqual([script.role, script.python, script.is_library], ["script", "CPython 3.9", false]);
    const own = program.read(script.index);
    const file = program.export(script.index);
    assert.equal(file.trouble, null);
    assert.deepEqual(file.bytes.subarray(file.bytes.length - own.bytes.length), own.bytes, "a header is put in front, no more");
    assert.equal(parse(file.bytes).header.kind, "timestamp");
    assert.deepEqual(parse(own.bytes, { python: script.python }).python.version, "3.9");

    const modules = program.open(program.members().find((member) => member.name === "PYZ-00.pyz").index);
    const basket = modules.members().find((member) => member.name === "basket");
    assert.ok(parse(modules.export(basket.index).bytes).codes.length > 1);
    assert.equal(program.open(script.index), undefined, "it holds no more");
    for (const wrong of [-1, 0.5, NaN, 1e9]) {
        assert.throws(() => program.read(wrong), (error) => error instanceof RangeError && /there is no member/.test(error.message));
    }
    modules.free();
    program.free();
    assert.throws(() => program.members());
});

test("what holds nothing is no container", () => {
    for (const bytes of [new Uint8Array(), fixture("cpython-3.12/hello.pyc"), Buffer.from("import os\n")]) {
        assert.equal(open_container(bytes), undefined);
        assert.deepEqual(payloads(bytes), { payloads: [], is_complete: true });
    }
    assert.throws(() => open_container("program.exe"), TypeError);
    assert.throws(() => payloads(new Uint8Array(), { pyhton: "3.9" }), TypeError);
});

test("payloads are told with their chain and their bytes", () => {
    const loaders = [["../containers/loader-3.11.pyc", ["base64", "zlib"]], ["../field/loader.py", []]];
    for (const [name, chain] of loaders) {
        const bytes = fixture(name);
        const [payload, ...others] = payloads(bytes).payloads;
        assert.deepEqual(others, []);
        assert.deepEqual([payload.chain, payload.kind], [chain, "a marshalled code object"], name);
        assert.equal(payload.trouble, null);
        assert.ok(parse(payload.bytes).codes.length > 0);
        assert.ok(payload.spans.every(([start, end]) => 0 <= start && start < end && end <= bytes.length));
        assert.deepEqual(open_container(bytes).read(0).bytes, payload.bytes, "it is a member of the file too");
    }
    const dump = Buffer.from(fixture("cpython-3.12/hello.pyc").toString("hex"));
    assert.deepEqual(payloads(dump).payloads[0].chain, ["hex"]);
});

test("options choose, and wrong ones are told", () => {
    const bytes = fixture("cpython-3.12/hello.pyc");
    assert.match(disassemble(bytes), /LOAD_CONST +0 +\(10\)/);
    assert.match(disassemble(bytes, { showCaches: true }), /counter/);
    assert.doesNotMatch(disassemble(bytes), /counter/);
    assert.equal(parse(bytes, { python: "PyPy 3.9" }).python.implementation, "PyPy");
    assert.equal(parse(bytes, { python: "3.11" }).python.version, "3.11");
    assert.equal(parse(bytes, { python: "pypy3.9" }).python.implementation, "PyPy");
    const absent = { name: undefined, python: null, textLimit: undefined, showCaches: undefined, fileOffsets: null };
    assert.equal(disassemble(bytes, absent), disassemble(bytes));
    assert.deepEqual(parse(bytes, null), parse(bytes));
    assert.ok(parse(fixture("cpython-3.12/constants.pyc"), { textLimit: 3 }).codes.some((code) => code.consts.some((text) => text.includes("…"))));

    const refused = [
        [{ python: "4.0" }, RangeError, /no Python is known as "4\.0": say "3\.12"/],
        [{ python: 3.9 }, TypeError, /`python` is a string, not a number/],
        [{ pyhton: "3.9" }, TypeError, /no option `pyhton`, but name, python/],
        [{ name: ["x"] }, TypeError, /`name` is a string, not an Array/],
        [{ showCaches: "yes" }, TypeError, /`showCaches` is true or false, not a string/],
        [{ textLimit: "5" }, TypeError, /`textLimit` is a number, not a string/],
        [{ textLimit: -1 }, RangeError, /`textLimit` is a whole number from 0 to 4294967295, not -1/],
        [{ textLimit: 1.5 }, RangeError, /not 1\.5/],
        [{ textLimit: NaN }, RangeError, /not NaN/],
        [{ maxOutput: 1e9 }, RangeError, /`maxOutput` is a whole number from 0 to 268435456/],
        ["3.9", TypeError, /the options are an object, not a string/],
    ];
    for (const [options, name, message] of refused) {
        for (const call of [parse, disassemble, check]) {
            assert.throws(() => call(bytes, options), (error) => error instanceof name && message.test(error.message), JSON.stringify(options));
        }
    }
});

test("bytes come in many shapes", () => {
    const bytes = fixture("cpython-3.12/hello.pyc");
    const expected = parse(bytes);
    const copy = () => Uint8Array.from(bytes).buffer;
    const shared = new SharedArrayBuffer(bytes.length);
    new Uint8Array(shared).set(bytes);
    // Those of another frame are no instances of this one's classes.
    const foreign = runInNewContext("Uint8Array.from(bytes)", { bytes: [...bytes] });
    assert.ok(!(foreign instanceof Uint8Array));
    const padded = new Uint8Array(bytes.length + 20);
    padded.set(bytes, 7);
    const shapes = [
        new Uint8Array(bytes), copy(), shared, new Uint8Array(shared), new DataView(copy()), new Uint8ClampedArray(copy()),
        new Int8Array(copy()), foreign, foreign.buffer, padded.subarray(7, 7 + bytes.length), new DataView(padded.buffer, 7, bytes.length),
    ];
    for (const [position, shape] of shapes.entries()) {
        assert.deepEqual(parse(shape), expected, `shape ${position}`);
    }
    const transferred = copy();
    structuredClone(transferred, { transfer: [transferred] });
    assert.equal(parse(transferred).diagnostics[0].code, "empty-file");

    const refused = [
        [undefined, /not undefined/], [null, /not null/], ["hello.pyc", /not a string/], [[1, 2, 3], /not an Array/], [5, /not a number/],
        [Promise.resolve(bytes), /not a Promise; await it/], [new Blob([bytes]), /not a Blob; await its arrayBuffer\(\)/],
    ];
    for (const [value, message] of refused) {
        assert.throws(() => parse(value), (error) => error instanceof TypeError && message.test(error.message), String(value));
    }
});

test("memory is given back", () => {
    const bytes = new Uint8Array(1 << 20).fill(0x4e);
    bytes.set(fixture("cpython-3.12/hello.pyc"));
    const used = () => process.memoryUsage().arrayBuffers + process.memoryUsage().external;
    for (let round = 0; round < 3; round++) check(bytes);
    const before = used();
    for (let round = 0; round < 30; round++) {
        check(bytes);
        assert.throws(() => parse(bytes, { python: "4.0" }));
    }
    // 30 MiB went in.
    assert.ok(used() - before < 8 << 20, `${used() - before} bytes more`);
});

test("it works in a worker", async () => {
    const source = `const { parentPort } = require("node:worker_threads");
        parentPort.once("message", async (bytes) => parentPort.postMessage((await import("pycxray")).parse(bytes)));`;
    const worker = new Worker(source, { eval: true });
    const bytes = fixture("cpython-3.12/py38.pyc");
    const answer = new Promise((resolve, reject) => worker.once("message", resolve).once("error", reject));
    worker.postMessage(new Uint8Array(bytes));
    assert.deepEqual(await answer, parse(bytes));
    await worker.terminate();
});

test("the module for pages takes the program from wherever it is", async () => {
    const { default: init, ...web } = await import("pycxray/web");
    const program = readFileSync(createRequire(import.meta.url).resolve("pycxray/pycxray_bg.wasm"));
    await init({ module_or_path: program });
    const bytes = fixture("cpython-3.12/hello.pyc");
    assert.equal(web.disassemble(bytes), disassemble(bytes));
});

test("require gives the same", () => {
    const required = createRequire(import.meta.url)("pycxray");
    const bytes = fixture("cpython-3.8/hello.pyc");
    assert.deepEqual(required.parse(bytes), parse(bytes));
});

test("the example lists functions", () => {
    const example = join(import.meta.dirname ?? new URL(".", import.meta.url).pathname, "functions.mjs");
    const output = execFileSync(process.execPath, [example, join(fixtures, "cpython-3.12/py38.pyc")], { encoding: "utf8" });
    assert.match(output, /CPython 3\.12, 6 code objects/);
    assert.match(output, /^walrus\(data, start, stop\) {2}line 2$/m);
});
