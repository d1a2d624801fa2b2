//! What a file's JSON and the interpreter's say differently.

use serde_json::Value;

/// Fields of a code object that are compared as they are.
const FIELDS: [&str; 14] = [
    "name",
    "qualname",
    "filename",
    "firstlineno",
    "argcount",
    "posonlyargcount",
    "kwonlyargcount",
    "nlocals",
    "stacksize",
    "flags",
    "names",
    "varnames",
    "freevars",
    "cellvars",
];

/// What no file can tell, by name: Python 1.6 has the magic number of 1.5 and wrote the very same bytes, but 17 digits of a
/// float where that has 12.
const UNDECIDABLE: [(&str, &str, &str); 1] = [("cpython-1.6", "3.1415899999999999", "3.14159")];

/// The text with `<code object NAME, file …` for `<code object NAME at ADDRESS, file …`.
fn without_addresses(text: &str) -> String {
    let mut kept = String::with_capacity(text.len());
    for (position, part) in text.split(", file \"").enumerate() {
        if position > 0 {
            kept.push_str(", file \"");
        }
        let address = part.rsplit_once(" at ").filter(|(before, address)| {
            let digits = address.trim_start_matches("0x");
            let is_address = digits.len() >= 6 && digits.bytes().all(|digit| digit.is_ascii_hexdigit());
            is_address && before.contains("<code object ")
        });
        kept.push_str(address.map_or(part, |(before, _)| before));
    }
    kept
}

/// A `repr` without what no file can tell: addresses, and the order in which a set iterates.
fn normal(text: &str, folder: &str) -> String {
    let mut text = without_addresses(text);
    for (_, theirs, ours) in UNDECIDABLE.iter().filter(|(of, ..)| *of == folder) {
        if text == *theirs {
            text = (*ours).to_owned();
        }
    }
    if text.contains("frozenset({") {
        let mut characters: Vec<char> = text.chars().collect();
        characters.sort_unstable();
        text = characters.into_iter().collect();
    }
    text
}

/// Where two texts of `dis.dis` begin to differ, in a sentence; addresses apart, and the order in which a set iterates.
#[must_use]
pub fn first_different_line(folder: &str, expected: &str, actual: &str) -> Option<String> {
    let lines =
        |text: &str| -> Vec<String> { text.trim_end().split('\n').map(|line| normal_line(line, folder)).collect() };
    let (theirs, ours) = (lines(expected), lines(actual));
    let at = (0..theirs.len().max(ours.len())).find(|&at| theirs.get(at) != ours.get(at))?;
    Some(format!("line {} that dis.dis prints is {:?}, not {:?}", at + 1, ours.get(at), theirs.get(at)))
}

/// A line without addresses, of other objects too: `<code object f at 0x7f36, file …`.
fn normal_line(line: &str, folder: &str) -> String {
    let mut kept = String::with_capacity(line.len());
    let mut rest = line;
    while let Some(at) = rest.find(" at 0x") {
        kept.push_str(&rest[..at]);
        rest = rest[at + " at 0x".len()..].trim_start_matches(|digit: char| digit.is_ascii_hexdigit());
    }
    kept.push_str(rest);
    // 2.7 writes a set's items between brackets alone.
    if kept.contains("set([") {
        let mut characters: Vec<char> = kept.chars().collect();
        characters.sort_unstable();
        return characters.into_iter().collect();
    }
    normal(&kept, folder)
}

/// What the code objects of a file's JSON and the interpreter's say differently, a sentence each. `folder` names the interpreter,
/// as the fixtures' folders do.
#[must_use]
pub fn differences(folder: &str, expected: &[Value], actual: &[Value]) -> Vec<String> {
    let mut found = Vec::new();
    if expected.len() != actual.len() {
        return vec![format!("{} code objects, not {}", actual.len(), expected.len())];
    }
    for (want, got) in expected.iter().zip(actual) {
        let title = got["name"].to_string();
        let mut differ = |what: &str, want: &Value, got: &Value| {
            if want != got {
                found.push(format!("{title}: {what} is {got}, not {want}"));
            }
        };
        for field in FIELDS {
            if !want[field].is_null() {
                differ(field, &want[field], &got[field]);
            }
        }
        let reprs = |code: &Value| -> Vec<String> {
            let reprs = code["consts"].as_array().into_iter().flatten().filter_map(Value::as_str);
            reprs
                .map(|text| if text.starts_with("<code") { "<code>".to_owned() } else { normal(text, folder) })
                .collect()
        };
        differ("consts", &reprs(want).into(), &reprs(got).into());
        let (theirs, ours) = (want["instructions"].as_array(), got["instructions"].as_array());
        let (theirs, ours) = (theirs.expect("an array"), ours.expect("an array"));
        differ("the number of instructions", &theirs.len().into(), &ours.len().into());
        let complete = !want["exceptions"].is_null();
        for (want, got) in theirs.iter().zip(ours) {
            let place = |what: &str| format!("{what} at {} {}", want[0], want[1]);
            // How many places of a slice are on the stack, the files of old interpreters leave out: SLICE for SLICE+2.
            let opname = |value: &Value| Value::from(value.as_str().and_then(|name| name.split('+').next()));
            differ(&place("offset"), &want[0], &got["offset"]);
            differ(&place("opname"), &opname(&want[1]), &opname(&got["opname"]));
            differ(&place("arg"), &want[2], &got["arg"]);
            let text = |value: &Value| Value::from(normal(value.as_str().unwrap_or_default(), folder));
            differ(&place("argrepr"), &text(&want[3]), &text(&got["argrepr"]));
            // Up to 3.10 an interpreter's own dis is silent on some of these.
            let spoken = |value: &Value| complete || !value.is_null();
            if spoken(&want[4]) {
                differ(&place("line"), &want[4], &got["line"]);
            }
            let position = |value: &Value| match value.as_array() {
                Some(parts) if parts.iter().any(|part| !part.is_null()) => value.clone(),
                _ => Value::Null,
            };
            if spoken(&position(&want[5])) {
                differ(&place("position"), &position(&want[5]), &position(&got["position"]));
            }
            if spoken(&want[6]) {
                differ(&place("target"), &want[6], &got["target"]);
            }
        }
        if complete {
            let entries = got["exceptions"].as_array().into_iter().flatten();
            let keys = ["start", "end", "target", "depth", "lasti"];
            let entries: Vec<Value> =
                entries.map(|entry| keys.iter().map(|key| entry[*key].clone()).collect()).collect();
            differ("the exception table", &want["exceptions"], &entries.into());
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::{first_different_line, without_addresses};

    #[test]
    fn texts_are_compared_line_by_line() {
        let same = first_different_line(
            "cpython-3.12",
            "a\n <code object f at 0x7f, line 1>\n",
            "a\n <code object f, line 1>",
        );
        assert_eq!(same, None);
        let different = first_different_line("cpython-3.12", "a\nb", "a").unwrap_or_default();
        assert!(different.starts_with("line 2 that dis.dis prints is None, not Some(\"b\")"), "{different}");
    }

    #[test]
    fn addresses_alone_are_left_out() {
        assert_eq!(
            without_addresses("<code object at at 0x7f36, file \"a b\", line 1>"),
            "<code object at at 0x7f36, file \"a b\", line 1>"
        );
        assert_eq!(
            without_addresses("<code object at at 0x7f3618, file \"a\", line 1>"),
            "<code object at, file \"a\", line 1>"
        );
        assert_eq!(
            without_addresses("<code object f at 55ab12cd, file \"a\", line 1>"),
            "<code object f, file \"a\", line 1>"
        );
        assert_eq!(without_addresses("'meet me at 0x123456, file \"x\"'"), "'meet me at 0x123456, file \"x\"'");
    }
}
