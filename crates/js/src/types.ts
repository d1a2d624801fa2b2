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

/** How source is written. */
export interface SourceOptions extends ParseOptions {
    /** Whether each statement stands on its original line, so that tracebacks fit. */
    keepLines?: boolean;
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

/** Which Python the file is read as. Of what is no `.pyc` file, none is: both texts are empty, and there are no candidates. */
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

/** The source of a file. */
export interface SourceText {
    schema: 1;
    /** Python of the version that wrote the file. What has no source stands in its place as a comment and a `raise`. */
    text: string;
    /** Whether all of it is proved to mean the same as the bytecode. */
    is_proved: boolean;
    codes: CodeVerdict[];
    /**
     * Which text stands for which instructions, an inner range before the one around it: text from, text to, number of the code
     * object, bytecode from, bytecode to (in bytes of bytecode). `text.slice(range[0], range[1])` is that text.
     */
    ranges: [textFrom: number, textTo: number, code: number, from: number, to: number][];
}

/** How true the source of a code object is. */
export interface CodeVerdict {
    /** Its number: `parse(bytes).codes[code]`. */
    code: number;
    name: string;
    verdict: "proved" | "differs" | "not-reconstructed" | "not-compared";
    /** Where in its bytecode it differs, or begins to be not reconstructed. */
    offset: number | null;
    /** The same in words. */
    says: string;
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

/** A member of a container. */
export interface Member {
    /** What `read`, `export` and `open` take: its place, counted from 0. */
    index: number;
    /** What the container calls it. Text, never a path: it may begin with `/`, or hold `..`. No two members have the same. */
    name: string;
    /** What it is to the container; `script`, `module` and `package` are code objects without a header. */
    role: "file" | "script" | "module" | "package" | "binary" | "setting" | "payload";
    /** What it is by its first bytes, in words: `Python source`. */
    kind: string;
    /** The Python that compiled it, if it is bytecode and that is known: `CPython 3.12`. */
    python: string | null;
    /** How many bytes it claims to have unpacked, if the container says so. */
    size: number | null;
    /** Whether it belongs to the standard library, a known package or the packer, not to the program's author. */
    is_library: boolean;
    /** Where its bytes lie in the container, packed as they are, or in what the container's stream unpacks to. */
    span: Span | null;
}

/** Bytes that were unpacked: at most 256 MiB. */
export interface Unpacked {
    /** As far as they could be had: what precedes damage is there. */
    bytes: Uint8Array;
    /** Why there are no more of them, as a sentence. */
    trouble: string | null;
}

/**
 * An archive, a frozen program, or a file with payloads in its constants. It holds memory until it is garbage, or until `free` is
 * called.
 */
export class Container {
    private constructor();
    /** What it is, in words: `a wheel (a zip archive)`. */
    readonly kind: string;
    /** What is wrong with the container itself. */
    readonly diagnostics: Diagnostic[];
    /** Its members in its own order, 100,000 of them at most. */
    members(): Member[];
    /** The bytes of a member as they stand there. */
    read(index: number): Unpacked;
    /** A member as a file of its own: code that lacks its header gets one with the magic number of its siblings. */
    export(index: number): Unpacked;
    /** Opens a member that holds something itself, eight deep; `undefined` for what does not. */
    open(index: number): Container | undefined;
    /** Gives its memory back. */
    free(): void;
    [Symbol.dispose](): void;
}

/** Something that encoded bytes in a file come to. */
export interface Payload {
    /** How it is decoded, the outermost encoding first: `base64`, `zlib`. */
    chain: string[];
    /** What comes out at the end, in words: `a marshalled code object`. */
    kind: string;
    /** The constants that hold it, or the literals of a source: several if they are joined. */
    spans: Span[];
    /** What comes out. */
    bytes: Uint8Array;
    /** Why there is no more of it, as a sentence. */
    trouble: string | null;
}

/** What was found in the constants of a file. */
export interface PayloadsResult {
    /** In the order of the file. */
    payloads: Payload[];
    /** Whether every constant was tried. What they are decoded to is 64 MiB at most, in all. */
    is_complete: boolean;
}

/** A class of difference between two files. All but the last are about how a program is written, not about what it does. */
export type DifferenceClass =
    | "header" | "references" | "set-order" | "filename" | "positions" | "constant-order" | "encoding" | "python" | "program";

/** How two files are to be compared. */
export interface DiffOptions {
    /** Classes of difference to leave out. */
    ignore?: DifferenceClass[];
}

/** What differs between two files. */
export interface Difference {
    verdict: "identical" | "same" | "same-program" | "different";
    /** The same in a few words: `"1 function changed; mtime differs"`. */
    summary: string;
    /** What differs in the files as a whole. */
    changes: Change[];
    /** The code objects in which anything differs. */
    codes: CodeDifference[];
}

/** Something that differs. */
export interface Change {
    class: DifferenceClass;
    /** What differs, as the field calls it: `"mtime"`, `"co_consts"`. */
    what: string;
    /** How many of them do; the sides are those of the first. */
    count: number;
    before: ChangeSide | null;
    after: ChangeSide | null;
}

/** What stands in one of two files. */
export interface ChangeSide {
    /** It in words, such as its `repr`. */
    text: string;
    span: Span | null;
}

/** A code object of two files, or of one of them. */
export interface CodeDifference {
    /** Its qualified name in the first file. */
    before: string | null;
    /** Its qualified name in the second file. */
    after: string | null;
    /** What it is: `"module"`, `"function"`, `"class"`. */
    sort: string;
    fate: "kept" | "changed" | "removed" | "added";
    /** Whether it has another name, or stands elsewhere. */
    renamed: boolean;
    /** Whether its instructions were compared: those of very large ones are not. */
    compared: boolean;
    changes: Change[];
    /** The instructions that differ. */
    rows: DifferenceRow[];
    /** How many more of them do: a difference has some 200 000 in all. */
    more_rows: number;
}

/** An instruction of two files, or of one of them. */
export interface DifferenceRow {
    kind: "changed" | "removed" | "added";
    before: DifferenceLine | null;
    after: DifferenceLine | null;
}

/** An instruction of one of two files. */
export interface DifferenceLine {
    offset: number;
    line: number | null;
    opname: string;
    argrepr: string;
    span: Span;
}

/**
 * `"proved"`: every code object does what the source says, for files of CPython 3.6 to 3.15. `"consistent"` is no proof: code that leaves
 * every name, constant and line alone may not be told apart.
 */
export type Verdict = "proved" | "consistent" | "inconsistent" | "cannot tell";

/** Whether a file can have been made of a source. */
export interface Verification {
    /** Header and contents taken together. */
    verdict: Verdict;
    header: VerifiedHeader;
    /** What the contents alone come to. */
    contents: Verdict;
    /** How many code objects were held against the source. */
    compared: number;
    /** What speaks against it, the first 200. */
    evidence: Evidence[];
    /** How much more does. */
    more: number;
    /** Why it cannot be told, or what was left aside, in sentences. */
    reasons: string[];
    /** How many code objects are proved to do what the source says. */
    proved: number;
    /** The proof of each code object, those around before those inside; none where nothing can be proved of the file. */
    proofs: Proof[];
    /** Why nothing can be proved of the file. */
    unproved: string | null;
}

/** Whether a code object is proved to do what the source says. */
export interface Proof {
    /** Its qualified name. */
    name: string;
    outcome: "proved" | "differs" | "not compared";
    /** Where it differs, in bytes of the bytecode. */
    offset: number | null;
    /** What differs, or why it was not compared. */
    reason: string | null;
    /** The bytes of the instruction at which it differs, or of the code object. */
    span: Span;
    /** The line of that instruction, or the first one of the code object, as the file has it. */
    line: number | null;
}

/** What a header says of a source. */
export interface VerifiedHeader {
    /** Whether it is that of another source. */
    inconsistent: boolean;
    /** What was found, and what it proves. */
    message: string;
}

/** Something that a file has and a source has not, or the other way round. */
export interface Evidence {
    message: string;
    /** The bytes of the file that it is about. */
    span: Span;
    /** The line of the source, counted from 1; `null` where the source has nothing of it. */
    line: number | null;
}

/**
 * Everything that is known of a file. Besides wrong options it fails (RangeError) only for files of more than 1 GiB, and of more
 * than two million instructions and objects.
 */
export function parse(bytes: Bytes, options?: ParseOptions): PycFile;

/** The listing of a file's code objects, as text. */
export function disassemble(bytes: Bytes, options?: DisassembleOptions): string;

/**
 * The source of a file, proved to mean the same as its bytecode, code object by code object; where it is not, it says so. For files
 * of CPython 2.7 and 3.6 to 3.15 and of PyPy 3.9 to 3.11; `null` for those of other Pythons. It fails as `parse` does.
 */
export function source(bytes: Bytes, options?: SourceOptions): SourceText | null;

/** What is wrong with a file, and what is unusual about it. */
export function check(bytes: Bytes, options?: ParseOptions): CheckResult;

/** The texts and byte strings of a file, each once, in the order of the file, with what they look like. It fails as `parse` does. */
export function strings(bytes: Bytes, options?: ParseOptions): FoundString[];

/** What differs between two files: what the program does, apart from how it is written. It fails as `parse` does. */
export function diff(before: Bytes, after: Bytes, options?: DiffOptions): Difference;

/** Whether a file can have been made of a source, given as its bytes or as text, which is taken as UTF-8. Nothing is run. */
export function verify(bytes: Bytes, source: Bytes | string, options?: ParseOptions): Verification;

/**
 * Opens what holds something: zip archives (wheels, eggs, zip applications), tar archives, compressed streams, programs frozen by
 * PyInstaller, py2exe and cx_Freeze, and files with payloads in their constants. `undefined` for what holds nothing.
 */
export function open_container(bytes: Bytes, options?: ParseOptions): Container | undefined;

/** What hides, encoded and compressed, in the constants of a file, in the literals of a source, or in a text. Nothing is run. */
export function payloads(bytes: Bytes, options?: ParseOptions): PayloadsResult;
