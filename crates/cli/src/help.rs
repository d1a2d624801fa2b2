//! The help, and what shells need to complete a command line.

use crate::arguments::Command;

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

Options:
      --python VERSION   read the file as this Python's, whatever it says: 3.9, pypy3.9
      --color WHEN       auto, always or never; auto is on a terminal, and not if NO_COLOR is set
      --completions SHELL
                         print completions for bash, zsh or fish
  -h, --help             this text; after a command, its own
  -V, --version          the version

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

Options:
      --show-caches      a row for each field of the inline caches (3.11 and later)
      --show-positions   from where to where in the source: line:column-line:column (3.11 and later)
      --file-offsets     where in the file each instruction is, in hexadecimal
      --python VERSION   read the file as this Python's
";

const TREE: &str = "\
Show the file as a tree: header, objects, instructions, entries of tables, each with its offsets in the file.

Usage: pycxray tree [OPTIONS] FILE...

Options:
      --json             the leaves alone, which tile the file: {\"size\": N, \"leaves\": [[start, end, kind, role], ...]}
      --python VERSION   read the file as this Python's
";

const JSON: &str = "\
Write everything that is known of a file as JSON (schema 1): header, code objects, constants, instructions with their
lines, columns and jump targets, exception tables, problems.

Usage: pycxray json [OPTIONS] FILE...

Several files give several documents, one behind the other.

Options:
      --python VERSION   read the file as this Python's
";

const CHECK: &str = "\
Decode and disassemble files, and all .pyc and .pyo files in folders: a line for each that has problems, and a total.

Usage: pycxray check [OPTIONS] PATH...

Options:
  -q, --quiet            the total alone
      --decode-only      decode the objects, but not instructions and tables
      --format FORMAT    text, or json: an object for every file, one a line
  -j, --jobs N           so many files at a time; as many as there are processors unless given
      --python VERSION   read the files as this Python's
";

/// The help of a command, or the general one.
pub(crate) fn of(command: Option<Command>) -> String {
    match command {
        None | Some(Command::Summary) => GENERAL,
        Some(Command::Dis) => DIS,
        Some(Command::Tree) => TREE,
        Some(Command::Json) => JSON,
        Some(Command::Check) => CHECK,
    }
    .to_owned()
}

/// What a command is called.
pub(crate) const fn name(command: Command) -> &'static str {
    match command {
        Command::Summary => "FILE",
        Command::Dis => "dis",
        Command::Tree => "tree",
        Command::Json => "json",
        Command::Check => "check",
    }
}

const BASH: &str = r#"_pycxray() {
    local word=${COMP_WORDS[COMP_CWORD]} before=${COMP_WORDS[COMP_CWORD-1]}
    case $before in
        --color) COMPREPLY=($(compgen -W "auto always never" -- "$word")); return ;;
        --format) COMPREPLY=($(compgen -W "text json" -- "$word")); return ;;
        --completions) COMPREPLY=($(compgen -W "bash zsh fish" -- "$word")); return ;;
    esac
    case $word in
        -*) COMPREPLY=($(compgen -W "--python --color --show-caches --show-positions --file-offsets --json --quiet --decode-only --format --jobs --completions --help --version" -- "$word")) ;;
        *) COMPREPLY=($(compgen -f -- "$word"))
           [ "$COMP_CWORD" = 1 ] && COMPREPLY+=($(compgen -W "dis tree json check help" -- "$word")) ;;
    esac
}
complete -o filenames -F _pycxray pycxray
"#;

const ZSH: &str = r#"#compdef pycxray
_pycxray() {
    _arguments \
        '--python[read the file as this Python]:version:' \
        '--color[when to colour]:when:(auto always never)' \
        '--show-caches[dis\: inline caches]' \
        '--show-positions[dis\: source positions]' \
        '--file-offsets[dis\: offsets in the file]' \
        '--json[tree\: the leaves as JSON]' \
        '(-q --quiet)'{-q,--quiet}'[check\: the total alone]' \
        '--decode-only[check\: no disassembly]' \
        '--format[check\: text or json]:format:(text json)' \
        '(-j --jobs)'{-j,--jobs}'[check\: files at a time]:number:' \
        '--completions[print completions]:shell:(bash zsh fish)' \
        '(-h --help)'{-h,--help}'[help]' \
        '(-V --version)'{-V,--version}'[version]' \
        '1:command or file:_alternative "commands:command:(dis tree json check help)" "files:file:_files"' \
        '*:file:_files'
}
compdef _pycxray pycxray
"#;

const FISH: &str = r#"complete -c pycxray -n __fish_use_subcommand -a dis -d 'listings'
complete -c pycxray -n __fish_use_subcommand -a tree -d 'every object and every byte'
complete -c pycxray -n __fish_use_subcommand -a json -d 'everything, as JSON'
complete -c pycxray -n __fish_use_subcommand -a check -d 'problems of files and folders'
complete -c pycxray -l python -x -d 'read the file as this Python'
complete -c pycxray -l color -x -a 'auto always never' -d 'when to colour'
complete -c pycxray -l show-caches -d 'dis: inline caches'
complete -c pycxray -l show-positions -d 'dis: source positions'
complete -c pycxray -l file-offsets -d 'dis: offsets in the file'
complete -c pycxray -l json -d 'tree: the leaves as JSON'
complete -c pycxray -s q -l quiet -d 'check: the total alone'
complete -c pycxray -l decode-only -d 'check: no disassembly'
complete -c pycxray -l format -x -a 'text json' -d 'check: how to report'
complete -c pycxray -s j -l jobs -x -d 'check: files at a time'
complete -c pycxray -l completions -x -a 'bash zsh fish' -d 'print completions'
complete -c pycxray -s h -l help -d 'help'
complete -c pycxray -s V -l version -d 'version'
"#;

/// Completions for a shell.
pub(crate) fn completions(shell: &str) -> Result<String, String> {
    match shell {
        "bash" => Ok(BASH.to_owned()),
        "zsh" => Ok(ZSH.to_owned()),
        "fish" => Ok(FISH.to_owned()),
        other => Err(format!("--completions is bash, zsh or fish, not '{other}'")),
    }
}
