//! `pycxray diff`, as its users meet it.

mod folder;

use std::path::Path;
use std::process::Command;

use folder::Folder;

fn pair(name: &str) -> String {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../compare/tests/pairs").join(name);
    path.to_string_lossy().into_owned()
}

fn run(arguments: &[&str]) -> (String, String, Option<i32>) {
    let output =
        Command::new(env!("CARGO_BIN_EXE_pycxray")).arg("diff").args(arguments).output().expect("it can be started");
    let text = |bytes| String::from_utf8(bytes).expect("output is text");
    (text(output.stdout), text(output.stderr), output.status.code())
}

#[test]
fn the_verdict_comes_first_and_the_status_tells_it() {
    let (shop, changed, again) = (pair("shop.312.pyc"), pair("shop_changed.312.pyc"), pair("shop.312.again.pyc"));
    let (text, _, status) = run(&[&shop, &changed]);
    assert_eq!(status, Some(1));
    assert!(text.lines().next().is_some_and(|line| line.contains(": 1 function changed; source hash")), "{text}");
    assert!(text.contains("@@ function total @@") && text.contains("  LOAD_CONST                 77\n"), "{text}");
    let (text, _, status) = run(&[&shop, &again]);
    assert_eq!(status, Some(1));
    assert!(text.contains(": the same program; ") && text.contains("reference flag"), "{text}");
    assert_eq!(run(&[&shop, &shop]).2, Some(0));
    assert_eq!(run(&["--program", &shop, &again]).2, Some(0));
    let (text, _, status) = run(&["--ignore", "references", &shop, &again]);
    assert_eq!((text.lines().count(), status), (1, Some(0)), "{text}");
    let (text, _, status) = run(&["--quiet", "--program", &shop, &changed]);
    assert_eq!((text.lines().count(), status), (1, Some(1)), "{text}");
}

#[test]
fn programs_read_it_as_json() {
    let (text, _, _) = run(&["--format", "json", &pair("shop.312.pyc"), &pair("shop_changed.312.pyc")]);
    let said: serde_json::Value = serde_json::from_str(&text).expect("it is JSON");
    assert_eq!(said["verdict"], "different");
    let code =
        said["codes"].as_array().expect("a list").iter().find(|code| code["fate"] == "changed").expect("one changed");
    assert_eq!(code["after"], "total");
    assert_eq!(code["rows"][0]["after"]["argrepr"], "77");
    assert_eq!(code["rows"][0]["before"], serde_json::Value::Null);
}

#[test]
fn folders_are_compared_file_by_file() {
    let folder = Folder::new("diff");
    let sides = [folder.path("one"), folder.path("two")];
    for (side, files) in sides.iter().zip([
        [("a.pyc", "shop.312.pyc"), ("b.cpython-312.pyc", "shop.312.pyc"), ("gone.pyc", "shop.312.pyc")],
        [("a.pyc", "shop_changed.312.pyc"), ("b.cpython-313.pyc", "shop.312.pyc"), ("new.pyc", "shop.312.pyc")],
    ]) {
        std::fs::create_dir_all(side).expect("a folder can be made");
        for (name, from) in files {
            std::fs::copy(pair(from), side.join(name)).expect("a file can be copied");
        }
        std::fs::write(side.join("same.txt"), "the same").expect("a file can be written");
    }
    std::fs::write(sides[0].join("notes.txt"), "one").expect("a file can be written");
    std::fs::write(sides[1].join("notes.txt"), "others").expect("a file can be written");
    let sides = sides.map(|side| side.to_string_lossy().into_owned());
    let words = "2 changed, 1 added, 1 removed, 2 the same";
    let (text, _, status) = run(&["--quiet", &sides[0], &sides[1]]);
    assert_eq!(status, Some(1));
    assert_eq!(text.lines().next(), Some(format!("{} and {}: {words}", sides[0], sides[1]).as_str()));
    for part in [
        "gone.pyc: in the first alone",
        "new.pyc: in the second alone",
        "a.pyc: 1 function changed; source hash, ",
        "notes.txt: 3 bytes before, 6 bytes after",
    ] {
        assert!(text.contains(part), "{part} is not in:\n{text}");
    }
    assert_eq!(text.lines().count(), 5, "what is the same is not told: {text}");

    let (text, _, _) = run(&["--format", "json", &sides[0], &sides[1]]);
    let said: Vec<serde_json::Value> = text.lines().map(|line| serde_json::from_str(line).expect("JSON")).collect();
    assert_eq!((&said[0]["verdict"], &said[0]["summary"]), (&"different".into(), &words.into()));
    let members = serde_json::json!({"changed": 2, "added": 1, "removed": 1, "same_program": 0, "same": 2});
    assert_eq!(said[0]["members"], members);
    let verdict = |name: &str| {
        let is_it = |object: &&serde_json::Value| object["after"].as_str().is_some_and(|after| after.ends_with(name));
        said[1..].iter().find(is_it).expect("it is there")["verdict"].clone()
    };
    let names = ["a.pyc", "b.cpython-313.pyc", "notes.txt", "same.txt", "new.pyc"];
    assert_eq!(names.map(verdict), ["different", "identical", "different", "identical", "alone"]);
}

#[test]
fn trouble_has_a_status_of_its_own() {
    let (_, error, status) = run(&[&pair("shop.py"), &pair("shop.312.pyc")]);
    assert_eq!(status, Some(2));
    assert!(error.contains("shop.py: it is"), "{error}");
    assert_eq!(run(&[&pair("nothing.pyc"), &pair("shop.312.pyc")]).2, Some(2));
    let (_, error, status) = run(&["--ignore", "everything", "a", "b"]);
    assert_eq!(status, Some(2));
    assert!(error.contains("set-order"), "{error}");
}

#[test]
fn output_ends_where_it_may_and_says_so() {
    let (shop, changed) = (pair("shop.312.pyc"), pair("shop_changed.312.pyc"));
    let half = run(&[&shop, &changed]).0.len() / 2;
    let (text, complaint, status) = run(&["--max-output", &half.to_string(), &shop, &changed]);
    assert!(!text.is_empty() && text.len() <= half && text.ends_with('\n'), "{text}");
    assert!(
        complaint
            .contains(&format!("the output ends, as it would have more than {half} bytes; --max-output raises that")),
        "{complaint}"
    );
    assert_eq!(status, Some(1), "they differ all the same");
}

#[test]
fn what_is_wrong_with_an_archive_is_told() {
    let folder = Folder::new("diff-cut");
    let whole = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/containers/shop-1.0-py3-none-any.whl");
    let bytes = std::fs::read(&whole).expect("it is there");
    let cut = folder.path("cut.zip");
    std::fs::write(&cut, &bytes[..60]).expect("it can be written");
    let (_, said, status) = run(&[&whole.to_string_lossy(), &cut.to_string_lossy()]);
    assert_eq!(status, Some(1));
    assert!(said.contains("cut.zip: error at 0x"), "{said}");
}

/// The name by which tracebacks call a function, from 3.11 on.
#[test]
fn qualified_names_are_compared() {
    let folder = Folder::new("diff-qualname");
    let whole = pair("shop.312.pyc");
    let mut bytes = std::fs::read(&whole).expect("it is there");
    let name = b"Basket.weigh";
    let at = bytes.windows(name.len()).position(|part| part == name).expect("a qualified name");
    bytes[at + 7] = b'W';
    let path = folder.path("renamed.pyc");
    std::fs::write(&path, bytes).expect("it can be written");
    let (text, _, status) = run(&["--program", &whole, &path.to_string_lossy()]);
    assert_eq!(status, Some(1));
    assert!(text.contains("-co_qualname 'Basket.weigh'\n+co_qualname 'Basket.Weigh'"), "{text}");
}
