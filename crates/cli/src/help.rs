//! The help: of the command as a whole, and of each of its commands.

use crate::arguments::Command;
use crate::options;

const GENERAL: &str = "\
Show what is inside a Python .pyc file, of any Python from 1.0 to 3.15 and of PyPy, without running it.

Usage: pycxray [COMMAND] [OPTIONS] FILE...

Commands:
  (none)      header, summary, problems, the shape of the code objects
  dis         listings in the manner of that version's dis
  tree        every object and every byte: the tree with offsets in the file
  json        everything, as JSON
  check       files and folders: a line for each that has problems, and a total
  help        this text, or that of a command: pycxray help dis
";

const GENERAL_END: &str = "
A FILE of '-' is standard input. A file without a header is read too: its Python is found by its contents.

Exit status: 0 fine, 1 the input has problems (whatever could be read is printed all the same), 2 usage or I/O.

Examples:
  pycxray __pycache__/hello.cpython-312.pyc
  pycxray dis hello.pyc | less
  pycxray json hello.pyc | jq '.codes[].name'
  pycxray check /usr/lib/python3
";

const DIS: &str = "\
List the instructions of every code object, as that version's dis would.

Usage: pycxray dis [OPTIONS] FILE...

The columns: source line, mark of a jump target (>>, or a label from 3.13 on), offset in the bytecode, name, argument,
and in parentheses what the argument means.
";

const DIS_END: &str = "
Examples:
  pycxray dis hello.pyc
  pycxray dis --color always hello.pyc | less -R
  pycxray dis --show-caches --show-positions hello.pyc       all that CPython 3.11 and later know
  diff <(pycxray dis old.pyc) <(pycxray dis new.pyc)         what a change of the source changed
  pycxray dis --python 3.8 code.bin                          marshalled code without a header
";

const TREE: &str = "\
Show the file as a tree: header, objects, instructions, entries of tables, each with its offsets in the file.

Usage: pycxray tree [OPTIONS] FILE...
";

const TREE_END: &str = "
With --json: {\"size\": N, \"leaves\": [[start, end, kind, role], ...]}; the leaves follow each other without a gap.

Examples:
  pycxray tree hello.pyc | less
  pycxray tree hello.pyc | grep -n co_filename
  pycxray tree --json hello.pyc | jq -c '.leaves[] | select(.[0] <= 100 and 100 < .[1])'    whose is byte 100?
";

const JSON: &str = "\
Write everything that is known of a file as JSON (schema 1): header, code objects, constants, instructions with their
lines, columns and jump targets, exception tables, problems.

Usage: pycxray json [OPTIONS] FILE...

Several files give several documents, one behind the other.
";

const JSON_END: &str = "
Examples:
  pycxray json hello.pyc | jq -r '.codes[] | \"\\(.firstlineno) \\(.qualname // .name)\"'
  pycxray json hello.pyc | jq -r '.codes[].instructions[] | select(.opname == \"IMPORT_NAME\") | .argrepr'
  pycxray json *.pyc | jq -c '{file: .file.name, python: .python.version}'
";

const CHECK: &str = "\
Decode and disassemble files, and all .pyc and .pyo files in folders: a line for each that has problems, and a total.

Usage: pycxray check [OPTIONS] PATH...

Folders are walked in the order of their names, and reported in that order. Links to folders are not followed.
";

const CHECK_END: &str = "
With --format json a line is {\"file\", \"python\", \"bytes\", \"codes\", \"instructions\", \"problems\": [{\"severity\", \"code\",
\"message\", \"span\": [start, end]}, ...]}, or {\"file\", \"error\"} where the file could not be read.

Examples:
  pycxray check /usr/lib/python3
  pycxray check --quiet . && echo fine
  pycxray check --format json build | jq -r 'select(.problems != []) | .file'
  find / -name '*.pyc' -print0 | xargs -0 -n 1000 pycxray check --format json
";

/// The help of a command, or the general one.
pub(crate) fn of(command: Option<Command>) -> String {
    let (start, end) = match command {
        None | Some(Command::Summary) => (GENERAL, GENERAL_END),
        Some(Command::Dis) => (DIS, DIS_END),
        Some(Command::Tree) => (TREE, TREE_END),
        Some(Command::Json) => (JSON, JSON_END),
        Some(Command::Check) => (CHECK, CHECK_END),
    };
    let mut text = format!("{start}\nOptions:\n");
    for option in options::ALL.iter().filter(|option| option.fits(command)) {
        text.push_str(&format!("  {:<23} {}\n", option.shown(), option.about));
    }
    text + end
}
