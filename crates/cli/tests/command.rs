//! The command as its users meet it: what it prints, where, and how it ends.

mod folder;

use std::io::{Read, Write};
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

use folder::Folder;

fn fixture(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/fixtures").join(name)
}

fn command() -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_pycxray"));
    for variable in ["NO_COLOR", "CLICOLOR", "CLICOLOR_FORCE"] {
        command.env_remove(variable);
    }
    command
}

fn run<S: AsRef<std::ffi::OsStr>>(arguments: &[S]) -> Output {
    command().args(arguments).stdin(Stdio::null()).output().expect("the command can be started")
}

fn stdout(output: &Output) -> String {
    String::from_utf8(output.stdout.clone()).expect("output is text")
}

fn stderr(output: &Output) -> String {
    String::from_utf8_lossy(&output.stderr).into_owned()
}

/// Writes a file of a test.
fn written(folder: &Folder, name: &str, bytes: &[u8]) -> PathBuf {
    let path = folder.path(name);
    std::fs::create_dir_all(path.parent().expect("it is in the folder")).expect("a folder can be made");
    std::fs::write(&path, bytes).expect("a file can be written");
    path
}

#[test]
fn a_file_is_summed_up() {
    let output = run(&[fixture("cpython-3.12/py38.pyc")]);
    assert_eq!(output.status.code(), Some(0));
    let text = stdout(&output);
    for part in ["CPython 3.12, 1570 bytes", "3531 (cb 0d 0d 0a)", "6 code objects", "walrus(data, /, start, *, stop)"]
    {
        assert!(text.contains(part), "{part} is not in:\n{text}");
    }
}

#[test]
fn listings_are_those_of_the_library() {
    let output = run(&[Path::new("dis"), &fixture("cpython-3.13/py313.pyc")]);
    let golden = std::fs::read_to_string(fixture("cpython-3.13/py313.dis.txt")).expect("the golden file is there");
    assert_eq!(stdout(&output), golden.replace("\r\n", "\n"));
}

#[test]
fn options_of_listings_are_passed_on() {
    let path = fixture("cpython-3.13/hello.pyc");
    let options = ["--show-caches", "--show-positions", "--file-offsets"].map(Path::new);
    let output = run(&[&[Path::new("dis")], &options[..], &[&path]].concat());
    let golden = std::fs::read_to_string(fixture("cpython-3.13/hello.full.dis.txt")).expect("the golden file is there");
    assert_eq!(stdout(&output), golden.replace("\r\n", "\n"));
}

#[test]
fn standard_input_is_a_dash() {
    let bytes = std::fs::read(fixture("cpython-3.8/hello.pyc")).expect("the fixture is there");
    let mut child = command()
        .args(["json", "-"])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .expect("the command can be started");
    child.stdin.take().expect("a pipe").write_all(&bytes).expect("the command reads");
    let output = child.wait_with_output().expect("it ends");
    assert_eq!(output.status.code(), Some(0));
    let json: serde_json::Value = serde_json::from_slice(&output.stdout).expect("JSON");
    assert_eq!(json["file"]["name"], serde_json::Value::Null);
    assert_eq!(json["python"]["version"], "3.8");
}

#[test]
fn a_damaged_file_is_shown_as_far_as_it_goes() {
    let folder = Folder::new("damaged");
    let whole = std::fs::read(fixture("cpython-3.12/three.pyc")).expect("the fixture is there");
    let cut = written(&folder, "cut.pyc", &whole[..whole.len() / 2]);
    for name in ["dis", "tree", "json"] {
        let output = run(&[Path::new(name), &cut]);
        assert_eq!(output.status.code(), Some(1), "{name}");
        assert!(stdout(&output).contains("three.py") || name == "tree", "{name} shows what there is");
        assert!(output.stdout.len() > 1000, "{name} shows what there is");
    }
    let summary = stdout(&run(&[&cut]));
    assert!(summary.contains("error at 0x"), "the summary tells what is wrong:\n{summary}");
}

#[test]
fn problems_inside_bytecode_count_for_listings_too() {
    let folder = Folder::new("bytecode");
    let mut bytes = std::fs::read(fixture("cpython-3.12/three.pyc")).expect("the fixture is there");
    // The first instruction, RESUME, becomes one that 3.12 does not have.
    let at = bytes.windows(2).position(|pair| pair == [151, 0]).expect("a RESUME");
    bytes[at] = 255;
    let path = written(&folder, "opcode.pyc", &bytes);
    for name in ["dis", "json", "check"] {
        assert_eq!(run(&[Path::new(name), &path]).status.code(), Some(1), "{name}");
    }
    assert_eq!(run(&[Path::new("check"), Path::new("--decode-only"), &path]).status.code(), Some(0));
}

#[test]
fn what_cannot_be_read_is_said() {
    let output = run(&["dis", "no-such-file.pyc"]);
    assert_eq!(output.status.code(), Some(2));
    assert!(stderr(&output).contains("no-such-file.pyc"));
    assert!(output.stdout.is_empty());

    let output = run(&[fixture("cpython-3.12")]);
    assert_eq!(output.status.code(), Some(2));
    assert!(stderr(&output).contains("pycxray check"), "a folder is for check: {}", stderr(&output));
}

#[test]
fn the_rest_is_read_when_one_file_cannot_be() {
    let good = fixture("cpython-3.12/hello.pyc");
    let output = run(&[Path::new("dis"), Path::new("no-such-file.pyc"), &good]);
    assert_eq!(output.status.code(), Some(2));
    assert!(stdout(&output).contains("LOAD_NAME"));
}

#[test]
fn wrong_usage_is_told_apart() {
    for line in [&["--nonsense"][..], &[], &["--python", "9.9", "x"], &["tree", "--quiet", "x"]] {
        let output = run(line);
        assert_eq!(output.status.code(), Some(2), "{line:?}");
        assert!(stderr(&output).contains("--help"), "{line:?}");
    }
}

#[test]
fn help_teaches() {
    for line in [&["--help"][..], &["help"], &["dis", "--help"], &["help", "check"], &["json", "-h"], &["tree", "-h"]] {
        let output = run(line);
        assert_eq!(output.status.code(), Some(0), "{line:?}");
        assert!(stdout(&output).contains("Usage: pycxray"), "{line:?}");
    }
    assert!(stdout(&run(&["--version"])).starts_with("pycxray "));
    for shell in ["bash", "zsh", "fish", "powershell"] {
        assert!(stdout(&run(&["--completions", shell])).contains("decode-only"), "{shell}");
    }
}

#[test]
fn a_closed_pipe_ends_it_quietly() {
    let mut child = command()
        .arg("json")
        .arg(fixture("cpython-3.12/wide.pyc"))
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("the command can be started");
    let mut first = [0];
    let mut pipe = child.stdout.take().expect("a pipe");
    pipe.read_exact(&mut first).expect("it writes");
    drop(pipe);
    let output = child.wait_with_output().expect("it ends");
    assert_eq!(stderr(&output), "");
    assert_eq!(output.status.code(), Some(0));
}

#[test]
fn a_file_can_be_read_as_another_python() {
    let path = fixture("variants/addition-3.8-marshal4.bin");
    let output = run(&[Path::new("--python"), Path::new("3.8"), &path]);
    assert!(stdout(&output).contains("read as CPython 3.8"), "{}", stdout(&output));
    let output = run(&[Path::new("dis"), Path::new("--python=3.8"), &path]);
    assert_eq!(output.status.code(), Some(0));
    assert!(stdout(&output).contains("BINARY_ADD"));
}

#[test]
fn leaves_tile_the_file() {
    let path = fixture("cpython-3.11/py311.pyc");
    let output = run(&[Path::new("tree"), Path::new("--json"), &path]);
    let json: serde_json::Value = serde_json::from_slice(&output.stdout).expect("JSON");
    let size = std::fs::metadata(&path).expect("the fixture is there").len();
    assert_eq!(json["size"], size);
    let mut end = 0;
    for leaf in json["leaves"].as_array().expect("an array") {
        assert_eq!(leaf[0], end, "no gap and no overlap");
        end = leaf[1].as_u64().expect("a number");
        assert!(leaf[2].is_string() && leaf[3].is_string());
    }
    assert_eq!(end, size);
}

#[test]
fn the_tree_names_everything() {
    let text = stdout(&run(&[Path::new("tree"), &fixture("cpython-3.12/py38.pyc")]));
    for part in ["header", "magic = 3531", "co_argcount = 0", "co_consts", "LOAD_CONST 0  (None)", "line 2, columns"] {
        assert!(text.contains(part), "{part} is not in:\n{text}");
    }
}

#[test]
fn folders_are_walked() {
    let folder = Folder::new("walk");
    let good = std::fs::read(fixture("cpython-3.12/hello.pyc")).expect("the fixture is there");
    written(&folder, "b/good.pyc", &good);
    written(&folder, "a/cut.pyc", &good[..20]);
    written(&folder, "a/notes.txt", b"not looked at");
    let check = |arguments: &[&str]| {
        let output =
            command().arg("check").args(arguments).arg(folder.as_ref()).output().expect("the command can be started");
        (output.status.code(), stdout(&output))
    };
    let (status, text) = check(&[]);
    assert_eq!(status, Some(1));
    let lines: Vec<&str> = text.lines().collect();
    assert_eq!(lines.len(), 2, "a line for the file with problems, and the total:\n{text}");
    assert!(lines[0].contains("cut.pyc") && lines[0].contains("error at 0x"));
    assert!(lines[1].starts_with("2 files") && lines[1].ends_with("1 with problems"));

    let (status, text) = check(&["--quiet"]);
    assert_eq!((status, text.lines().count()), (Some(1), 1));

    let (_, text) = check(&["--format", "json"]);
    let rows: Vec<serde_json::Value> =
        text.lines().map(|line| serde_json::from_str(line).expect("an object a line")).collect();
    assert_eq!(rows.len(), 2);
    assert!(rows[0]["problems"][0]["message"].is_string());
    assert_eq!(rows[1]["problems"].as_array().map(Vec::len), Some(0));
}

#[test]
fn many_threads_say_what_one_says() {
    let folder = fixture("");
    let check = |jobs: &str| {
        let output = command().args(["check", "--format", "json", "--jobs", jobs]).arg(&folder).output();
        stdout(&output.expect("the command can be started"))
    };
    let alone = check("1");
    assert!(alone.lines().count() > 150);
    assert_eq!(check("7"), alone);
}

#[test]
fn an_empty_folder_is_no_problem() {
    let folder = Folder::new("empty");
    let output = command().arg("check").arg(folder.as_ref()).output().expect("the command can be started");
    assert_eq!(output.status.code(), Some(0));
    assert!(stderr(&output).contains("no .pyc files"));
    assert!(stdout(&output).starts_with("0 files"));
}

#[test]
fn colours_are_for_terminals() {
    let path = fixture("cpython-3.12/hello.pyc");
    let colored = |when: &str| stdout(&run(&[Path::new("--color"), Path::new(when), &path])).contains('\x1b');
    assert!(colored("always"));
    assert!(!colored("never"));
    assert!(!colored("auto"), "a pipe is no terminal");
}

/// Names, constants, paths, and the name of the file itself hold what would colour a terminal, clear it, give it a title, turn
/// text round or stay invisible.
#[test]
fn nothing_from_a_file_reaches_the_terminal_as_a_command() {
    let regression = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/regressions");
    let bytes = std::fs::read(regression.join("names-that-a-terminal-would-obey.pyc")).expect("a file");
    let folder = Folder::new("obeyed");
    let name = if cfg!(unix) { "\u{1b}[31mred\u{9b}2J\u{202e}\u{200b}\r.pyc" } else { "red\u{202e}\u{200b}.pyc" };
    let path = written(&folder, name, &bytes);
    let damaged = written(&folder, &format!("damaged {name}"), &bytes[..bytes.len() - 20]);
    let missing = folder.as_ref().join(format!("missing {name}"));
    let commands: [&[&str]; 9] = [
        &[],
        &["dis"],
        &["dis", "--show-caches", "--show-positions", "--file-offsets"],
        &["tree"],
        &["tree", "--json"],
        &["json"],
        &["check"],
        &["check", "--format", "json"],
        &["check", "--quiet"],
    ];
    for command in commands {
        let words = command.iter().map(Path::new);
        let output = run(&words.chain([path.as_path(), &damaged, &missing]).collect::<Vec<_>>());
        for text in [stdout(&output), stderr(&output)] {
            let obeyed = text.chars().find(|&c| {
                (c.is_control() && c != '\n')
                    || matches!(c, '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{feff}')
            });
            assert_eq!(obeyed, None, "{command:?}: {text}");
        }
        assert_eq!(output.status.code(), Some(2), "{command:?}: one file is missing");
    }
}

/// What is wrong with the command line is quoted as carefully.
#[cfg(unix)]
#[test]
fn nothing_from_the_command_line_reaches_the_terminal_as_a_command() {
    for line in [
        &["--\u{1b}[2J"][..],
        &["--color", "\u{1b}[2J", "x"],
        &["--python", "\u{1b}[2J", "x"],
        &["--jobs", "\u{9b}2J", "x"],
    ] {
        let output = run(line);
        assert_eq!(output.status.code(), Some(2));
        assert!(!stderr(&output).chars().any(|c| c.is_control() && c != '\n'), "{line:?}: {}", stderr(&output));
    }
}

#[test]
fn listings_are_coloured_for_terminals() {
    let path = fixture("cpython-3.13/py313.pyc");
    let colored = stdout(&run(&[Path::new("dis"), Path::new("--color=always"), &path]));
    let mut plain = String::new();
    for (position, part) in colored.split("\x1b[").enumerate() {
        plain.push_str(if position == 0 { part } else { part.split_once('m').expect("an end").1 });
    }
    assert!(plain.len() < colored.len());
    assert_eq!(plain, stdout(&run(&[Path::new("dis"), &path])), "colours change nothing else");
    let output = command().env("CLICOLOR_FORCE", "1").arg("dis").arg(&path).output().expect("it can be started");
    assert_eq!(stdout(&output), colored);
}

#[test]
fn standard_input_is_read_once() {
    let output = run(&["dis", "-", "-"]);
    assert_eq!(output.status.code(), Some(2));
    assert!(stderr(&output).contains("only once"));
}

#[test]
fn each_file_has_its_object() {
    let folder = Folder::new("objects");
    let good = std::fs::read(fixture("cpython-3.12/hello.pyc")).expect("the fixture is there");
    let paths =
        [written(&folder, "good.pyc", &good), folder.as_ref().join("missing.pyc"), written(&folder, "empty.pyc", b"")];
    let output = command().args(["check", "--format", "json"]).args(&paths).output().expect("it can be started");
    assert_eq!(output.status.code(), Some(2), "one could not be read");
    assert!(stderr(&output).contains("missing.pyc"));
    let rows: Vec<serde_json::Value> =
        stdout(&output).lines().map(|line| serde_json::from_str(line).expect("an object a line")).collect();
    assert_eq!(rows.len(), 3);
    assert_eq!(rows[0]["python"], "CPython 3.12");
    assert!(rows[1]["error"].is_string() && rows[1]["problems"].is_null());
    assert_eq!((&rows[2]["python"], &rows[2]["problems"][0]["code"]), (&serde_json::Value::Null, &"empty-file".into()));
}

/// What only some systems have in their folders.
#[cfg(unix)]
#[test]
fn odd_things_in_folders_do_no_harm() {
    use std::ffi::OsStr;
    use std::os::unix::ffi::OsStrExt;
    use std::os::unix::fs::symlink;

    let folder = Folder::new("odd");
    let good = std::fs::read(fixture("cpython-3.12/hello.pyc")).expect("the fixture is there");
    written(&folder, "folder.pyc/inside.pyc", &good);
    written(&folder, "good.pyc", &good);
    symlink("..", folder.as_ref().join("folder.pyc/round.pyc")).expect("a link can be made");
    symlink("good.pyc", folder.as_ref().join("link.pyc")).expect("a link can be made");
    let _socket =
        std::os::unix::net::UnixListener::bind(folder.as_ref().join("socket.pyc")).expect("a socket can be made");
    let made = Command::new("mkfifo").arg(folder.as_ref().join("pipe.pyc")).status().expect("mkfifo is there");
    assert!(made.success(), "nothing waits for a writer");
    // Some systems want names to be text.
    let has_odd_name = std::fs::write(folder.as_ref().join(OsStr::from_bytes(b"odd\xff\n.pyc")), &good).is_ok();
    let output = command().args(["check", "--format=json"]).arg(folder.as_ref()).output().expect("it can be started");
    assert_eq!((stderr(&output).as_str(), output.status.code()), ("", Some(0)));
    let text = stdout(&output);
    let names = ["inside.pyc", "good.pyc", "link.pyc", "odd\\udcff\\n.pyc"];
    assert_eq!(text.lines().count(), names.len() - usize::from(!has_odd_name), "{text}");
    assert!(names.iter().all(|name| !has_odd_name || text.contains(&format!("/{name}\""))), "{text}");

    symlink("nowhere", folder.as_ref().join("broken.pyc")).expect("a link can be made");
    let output = command().arg("check").arg(folder.as_ref()).output().expect("it can be started");
    assert_eq!(output.status.code(), Some(2));
    assert!(stderr(&output).contains("broken.pyc"));
}

#[cfg(unix)]
#[test]
fn json_names_a_file_by_all_bytes_of_its_name() {
    use std::ffi::OsStr;
    use std::os::unix::ffi::OsStrExt;

    let folder = Folder::new("names");
    let odd = folder.as_ref().join(OsStr::from_bytes(b"caf\xff.pyc"));
    let good = std::fs::read(fixture("cpython-3.12/hello.pyc")).expect("the fixture is there");
    if std::fs::write(&odd, &good).is_err() {
        return; // Some systems want names to be text.
    }
    // One that differs in a byte of its name alone is another file.
    std::fs::write(folder.as_ref().join(OsStr::from_bytes(b"caf\xfe.pyc")), &good).expect("it can be written");
    let source = written(&folder, "caf.py", b"print(1)\n");
    let [folder, odd] = [folder.as_ref(), odd.as_path()].map(Path::as_os_str);
    let json = OsStr::new("--format=json");
    let commands: [&[&OsStr]; 5] = [
        &["json".as_ref(), odd],
        &["check".as_ref(), json, odd],
        &["verify".as_ref(), json, odd, source.as_ref()],
        &["diff".as_ref(), json, odd, odd],
        &["diff".as_ref(), json, folder, folder],
    ];
    for command in commands {
        let text = stdout(&run(command));
        assert!(text.contains("/caf\\udcff.pyc\""), "{command:?}: {text}");
        assert_eq!(text.contains("/caf\\udcfe.pyc\""), command.last() == Some(&folder), "{command:?}: {text}");
    }
}

/// What bash makes of a word at the end of a line.
#[cfg(unix)]
#[test]
fn bash_completes_what_fits() {
    let completed = |line: &[&str]| -> Vec<String> {
        // What bash does with what `complete` has told it: the function, and files where that finds nothing.
        let script = "eval \"$($0 --completions bash)\"; COMP_WORDS=(pycxray \"$@\"); COMP_CWORD=$#; word=${!#}; \
                      function=$(complete -p pycxray | sed 's/.*-F \\([^ ]*\\).*/\\1/'); \
                      $function pycxray \"$word\" \"${COMP_WORDS[COMP_CWORD-1]}\"; \
                      [ ${#COMPREPLY[@]} = 0 ] && COMPREPLY=($(compgen -f -- \"$word\")); \
                      printf '%s\\n' \"${COMPREPLY[@]}\"";
        let mut bash = Command::new("bash");
        bash.current_dir(fixture("cpython-3.12")).args(["--norc", "-c", script, env!("CARGO_BIN_EXE_pycxray")]);
        let output = bash.args(line).output().expect("bash can be started");
        assert_eq!(stderr(&output), "");
        stdout(&output).lines().map(str::to_owned).collect()
    };
    assert_eq!(completed(&["dis", "--show-c"]), ["--show-caches"]);
    assert_eq!(completed(&["tree", "--j"]), ["--json"]);
    assert_eq!(completed(&["json", "--q"]), [""], "an option of another command");
    assert_eq!(completed(&["--color", "a"]), ["auto", "always"]);
    assert_eq!(completed(&["check", "--format", "=", "j"]), ["json"]);
    assert_eq!(completed(&["help", "ch"]), ["check"]);
    assert_eq!(completed(&["tre"]), ["tree"]);
    assert_eq!(completed(&["dis", "hello.p"]), ["hello.pyc"]);
}

#[test]
fn a_file_is_held_against_its_source() {
    let folder = Folder::new("verify");
    let pyc = std::fs::read(fixture("cpython-3.12/hello.pyc")).expect("the fixture is there");
    let source = std::fs::read(fixture("src/hello.py")).expect("the source is there");
    let cached = written(&folder, "lib/__pycache__/hello.cpython-312.pyc", &pyc);
    let beside = written(&folder, "lib/hello.py", &source);
    let other = written(&folder, "other.py", b"print('something else')\n");
    written(&folder, "lib/alone.pyc", &pyc);

    let output = run(&["verify".as_ref(), cached.as_os_str()]);
    assert_eq!((output.status.code(), stderr(&output)), (Some(0), String::new()));
    let said = stdout(&output);
    assert!(said.contains(": proved\n"), "{said}");
    assert!(said.ends_with("  1 of 1 code object is proved to do what the source says.\n"), "{said}");

    let output = run(&["verify".as_ref(), cached.as_os_str(), other.as_os_str()]);
    assert_eq!(output.status.code(), Some(1));
    assert!(stdout(&output).contains(": inconsistent\n"), "{}", stdout(&output));

    let words: [&std::ffi::OsStr; 5] =
        ["verify".as_ref(), "--format".as_ref(), "json".as_ref(), cached.as_os_str(), beside.as_os_str()];
    let said: serde_json::Value = serde_json::from_str(&stdout(&run(&words))).expect("it is JSON");
    assert_eq!((&said["verdict"], &said["evidence"]), (&"proved".into(), &serde_json::json!([])));

    let output = run(&["verify".as_ref(), "--tree".as_ref(), folder.as_ref().as_os_str()]);
    assert_eq!(output.status.code(), Some(0));
    let total =
        "1 file with a source: 1 proved, 0 consistent, 0 inconsistent, 0 that cannot be told; 1 without a source\n";
    assert_eq!(stdout(&output), total);

    let output = run(&["verify".as_ref(), cached.as_os_str(), "nowhere.py".as_ref()]);
    assert_eq!(output.status.code(), Some(2));
}

/// One that takes a byte on disk, for what it takes in memory.
#[test]
fn a_huge_file_is_refused_before_it_is_read() {
    let folder = Folder::new("huge");
    let path = written(&folder, "huge.pyc", b"");
    let file = std::fs::File::options().write(true).open(&path).expect("the file is there");
    file.set_len(3 << 30).expect("a file may have holes");
    for command in ["dis", "check"] {
        let output = run(&[Path::new(command), &path]);
        assert_eq!(output.status.code(), Some(2), "{command}");
        assert!(stderr(&output).contains("larger than 1 GiB"), "{command}: {}", stderr(&output));
    }
}

#[test]
fn output_ends_where_it_may_be_no_longer_and_says_so() {
    let (path, other) = (fixture("cpython-3.12/py38.pyc"), fixture("cpython-3.8/hello.pyc"));
    for command in ["dis", "tree", "json"] {
        let whole = run(&[Path::new(command), &path]);
        let cut = run(&[Path::new(command), Path::new("--max-output=3000"), &path, &other]);
        assert_eq!(cut.status.code(), Some(1), "{command}");
        assert!(
            stderr(&cut)
                .contains("py38.pyc: the output ends, as it would have more than 3000 bytes; --max-output raises that"),
            "{command}"
        );
        let (whole, cut) = (stdout(&whole), stdout(&cut));
        let same = whole.lines().zip(cut.lines()).take_while(|(one, other)| one == other).count();
        assert!(same < whole.lines().count() && cut.len() < whole.len() + 6000, "{command}: it is cut");
        let enough = format!("--max-output={}", whole.len());
        assert_eq!(run(&[Path::new(command), Path::new(&enough), &path]).status.code(), Some(0), "{command}");
    }
}

#[test]
fn a_tree_to_verify_must_be_a_folder() {
    let file = fixture("cpython-3.12/hello.pyc").to_string_lossy().into_owned();
    for path in ["no-such-folder", &file] {
        for format in ["text", "json"] {
            let output = run(&["verify", "--format", format, "--tree", path]);
            assert_eq!((output.status.code(), output.stdout.len()), (Some(2), 0), "{path}");
            assert!(stderr(&output).contains("folder"), "{}", stderr(&output));
        }
    }
    let output = run(&["verify", "-", "-"]);
    assert_eq!(output.status.code(), Some(2));
    assert!(stderr(&output).contains("can be read only once"), "{}", stderr(&output));
}

#[test]
fn the_nearest_dis_is_no_exact_one() {
    let said = |name: &str| {
        let output = run(&[Path::new("dis"), Path::new("--exact"), &fixture(name)]);
        assert_eq!(output.status.code(), Some(0));
        stderr(&output)
    };
    assert_eq!(said("cpython-3.12/hello.pyc"), "");
    assert!(said("cpython-3.0/hello.pyc").contains("what dis of CPython 3.0 prints is not known letter for letter"));
}
