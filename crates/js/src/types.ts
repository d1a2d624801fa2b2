/** Offsets in the file: the first byte, and the byte behind the last. */
export type Span = [start: number, end: number];

/** The bytes of a file: a `Uint8Array`, of which Node's `Buffer` is one, an `ArrayBuffer`, or any other view of one. */
export type Bytes = ArrayBufferView | ArrayBufferLike;

/** How a file is to be read. */
export interface ParseOptions {
    /** Its name, to be found again in the outcome. */
    name?: string;
    /** The Python to read it as, whatever its header says: `"3.9"`, `"PyPy 3.9"`. */
    python?: string;
    /** How many bytes of text one constant may have; longer ones are cut. 65,536 unless told otherwise. */
    textLimit?: number;
    /**
     * How many bytes a listing may have, up to 256 MiB; a longer one ends with a sentence that says so. 8 MiB and 200 times the
     * file's size unless told otherwise.
     */
    maxOutput?: number;
}

/** What a listing shows besides. */
export interface DisassembleOptions extends ParseOptions {
    /** The fields of inline caches, each on a row of its own (3.11+). */
    showCaches?: boolean;
    /** From where to where an instruction is in the source (3.11+). */
    showPositions?: boolean;
    /** Where each instruction is in the file. */
    fileOffsets?: boolean;
}

/** Everything that is known of a file. What its Python does not have is `null`. */
export interface PycFile {
    schema: 1;
    file: { name: string | null; size: number };
    python: PythonInfo;
    header: Header;
    /** The code objects: one comes before those in its constants, depth first. */
    codes: Code[];
    diagnostics: Diagnostic[];
}

/** Which Python the file is read as. */
export interface PythonInfo {
    implementation: string;
    version: string;
    /** Whether no other Python comes into question. */
    certain: boolean;
    /** All that come into question, the likeliest first. */
    candidates: string[];
}

/** What precedes the marshalled object. */
export interface Header {
    kind: "timestamp" | "hash" | "none";
    magic: number | null;
    /** The flags of PEP 552. */
    flags: number | null;
    /** When the source was changed last: seconds since 1970, UTC. */
    mtime: number | null;
    source_size: number | null;
    /** SipHash of the source, in hexadecimal. */
    source_hash: string | null;
    check_source: boolean | null;
    span: Span;
}

/** A code object, by the names that Python gives its fields. */
export interface Code {
    name: string | null;
    qualname: string | null;
    filename: string | null;
    firstlineno: number | null;
    argcount: number | null;
    posonlyargcount: number | null;
    kwonlyargcount: number | null;
    nlocals: number | null;
    stacksize: number | null;
    flags: number | null;
    flag_names: string[] | null;
    names: (string | null)[] | null;
    varnames: (string | null)[] | null;
    freevars: (string | null)[] | null;
    cellvars: (string | null)[] | null;
    /** The `repr` of each constant. */
    consts: string[];
    span: Span;
    instructions: Instruction[];
    exceptions: ExceptionEntry[] | null;
}

/** An instruction. Offsets are in bytes of bytecode, as that version's `dis` gives them. */
export interface Instruction {
    offset: number;
    opcode: number;
    opname: string;
    arg: number | null;
    /** What the argument means, in the words of that version's `dis`. */
    argrepr: string;
    line: number | null;
    /** Line, end line, column, end column (3.11+). */
    position: [number | null, number | null, number | null, number | null] | null;
    /** Where it jumps to. */
    target: number | null;
    span: Span;
}

/** An entry of the exception table (3.11+). Offsets are in bytes of bytecode. */
export interface ExceptionEntry {
    start: number;
    end: number;
    target: number;
    depth: number;
    lasti: boolean;
    span: Span;
}

/** Something that is to be said of a file. */
export interface Diagnostic {
    severity: "error" | "warning" | "note";
    /** A name that stays the same from release to release. */
    code: string;
    message: string;
    span: Span;
}

/** What is wrong with a file, and what is worth knowing of it apart from that. */
export interface CheckResult {
    /** Damage: something is missing, or shown otherwise than its writer meant it. */
    diagnostics: Diagnostic[];
    /** What is whole but unusual: what no compiler writes, and what an analyst wants to know. */
    findings: Diagnostic[];
}

/** A text or byte string of a file. */
export interface FoundString {
    /** The text; what cannot be seen, and what is no text, as escapes. */
    text: string;
    look: "url" | "host" | "path" | "registry-key" | "encoded" | "plain";
    /** Whether it is a name of the program, not a constant. */
    is_name: boolean;
    /** Its length in bytes, also where the text is cut. */
    length: number;
    /** The name of the code object that it stands in. */
    code: string | null;
    span: Span;
}

/**
 * Everything that is known of a file. Besides wrong options it fails (RangeError) only for files of more than 1 GiB, and of more
 * than two million instructions and objects.
 */
export function parse(bytes: Bytes, options?: ParseOptions): PycFile;

/** The listing of a file's code objects, as text. */
export function disassemble(bytes: Bytes, options?: DisassembleOptions): string;

/** What is wrong with a file, and what is unusual about it. */
export function check(bytes: Bytes, options?: ParseOptions): CheckResult;

/** The texts and byte strings of a file, each once, in the order of the file, with what they look like. It fails as `parse` does. */
export function strings(bytes: Bytes, options?: ParseOptions): FoundString[];
