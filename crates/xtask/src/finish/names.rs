//! The names by which the program calls its bindings. wasm-bindgen makes them unique among all programs there are, by
//! sixteen digits that do not compress; here they need be unique in the page alone.

use crate::wasm_module::{CUSTOM, HEAD, IMPORTS, number, push_number, push_section, push_sized, sections, sized};
use std::collections::HashMap;

/// Gives short names to what `program` imports from `bindings`, and leaves out what only tools read. `None`, and nothing is
/// changed, if either is not as wasm-bindgen writes it.
pub(super) fn shorten(program: &[u8], bindings: &str) -> Option<(Vec<u8>, String)> {
    let sections = sections(program)?;
    let imports = sections.iter().find_map(|(id, content)| (*id == IMPORTS).then_some(*content))?;
    let imports = imports_of(imports)?;
    let short: HashMap<&str, String> = imports.iter().map(|import| import.name).zip((0..).map(short_name)).collect();
    let bindings = renamed(bindings, &short)?;

    let mut module = HEAD.to_vec();
    for (id, content) in sections {
        match id {
            CUSTOM => {}
            IMPORTS => push_section(&mut module, id, &with_names(&imports, &short)),
            _ => push_section(&mut module, id, content),
        }
    }
    Some((module, bindings))
}

/// Something that is imported.
struct Import<'m> {
    /// From which module.
    from: &'m [u8],
    name: &'m str,
    /// What it is: its kind and type, as the file has it.
    what: &'m [u8],
}

fn imports_of(section: &[u8]) -> Option<Vec<Import<'_>>> {
    let (count, mut rest) = number(section)?;
    let mut imports = Vec::with_capacity(count.min(rest.len()));
    for _ in 0..count {
        let (from, behind) = sized(rest)?;
        let (name, behind) = sized(behind)?;
        // Functions alone, of which the type's number is all there is to say: wasm-bindgen imports nothing else.
        let (_, next) = number(behind.strip_prefix(&[0])?)?;
        let what = &behind[..behind.len() - next.len()];
        imports.push(Import { from, name: std::str::from_utf8(name).ok()?, what });
        rest = next;
    }
    rest.is_empty().then_some(imports)
}

fn with_names(imports: &[Import<'_>], names: &HashMap<&str, String>) -> Vec<u8> {
    let mut section = Vec::new();
    push_number(&mut section, imports.len());
    for import in imports {
        push_sized(&mut section, import.from);
        push_sized(&mut section, names.get(import.name).map_or(import.name, String::as_str).as_bytes());
        section.extend_from_slice(import.what);
    }
    section
}

/// `$0`, `$1`, … `$z`, `$10`: no name of wasm-bindgen's begins that way.
fn short_name(mut number: u32) -> String {
    let mut name = Vec::new();
    loop {
        name.insert(0, char::from_digit(number % 36, 36).unwrap_or('0'));
        number /= 36;
        if number == 0 {
            return format!("${}", String::from_iter(name));
        }
    }
}

/// Names in a script replaced by others. `None` if one does not occur just once.
fn renamed(script: &str, names: &HashMap<&str, String>) -> Option<String> {
    let is_part = |character: char| character.is_alphanumeric() || character == '_' || character == '$';
    let mut out = String::with_capacity(script.len());
    let mut seen = 0;
    let mut rest = script;
    while let Some(start) = rest.find(is_part) {
        let end = rest[start..].find(|character| !is_part(character)).map_or(rest.len(), |length| start + length);
        let word = &rest[start..end];
        out.push_str(&rest[..start]);
        match names.get(word) {
            Some(short) => {
                out.push_str(short);
                seen += 1;
            }
            None => out.push_str(word),
        }
        rest = &rest[end..];
    }
    out.push_str(rest);
    (seen == names.len()).then_some(out)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn program(names: &[&str]) -> Vec<u8> {
        let mut imports = vec![names.len() as u8];
        for name in names {
            push_sized(&mut imports, b"./bindings.js");
            push_sized(&mut imports, name.as_bytes());
            imports.extend([0, 5]);
        }
        let mut module = HEAD.to_vec();
        push_section(&mut module, 1, b"types");
        push_section(&mut module, IMPORTS, &imports);
        push_section(&mut module, CUSTOM, b"\x09producers");
        push_section(&mut module, 10, b"code");
        module
    }

    #[test]
    fn both_sides_get_the_same_names() {
        let bindings = "const imports = { __wbg_log_0123456789abcdef: f, __wbg_log_fedcba9876543210: g };";
        let names = ["__wbg_log_0123456789abcdef", "__wbg_log_fedcba9876543210"];
        let (module, script) = shorten(&program(&names), bindings).unwrap();
        assert_eq!(script, "const imports = { $0: f, $1: g };");
        let expected = program(&["$0", "$1"]);
        let without_custom: Vec<_> = sections(&expected).unwrap().into_iter().filter(|(id, _)| *id != CUSTOM).collect();
        assert_eq!(sections(&module).unwrap(), without_custom);
    }

    #[test]
    fn what_is_not_as_expected_stays() {
        let twice = "{ a: f, b: g }; a";
        assert!(shorten(&program(&["a", "b"]), twice).is_none(), "which of the two is meant?");
        assert!(shorten(&program(&["a", "b"]), "{ a: f }").is_none(), "one is missing");
        assert!(shorten(b"MZ", "").is_none());
    }

    #[test]
    fn names_are_all_different() {
        let names: Vec<String> = (0..2000).map(short_name).collect();
        assert_eq!(&names[34..38], ["$y", "$z", "$10", "$11"]);
        assert_eq!(names.iter().collect::<std::collections::HashSet<_>>().len(), names.len());
    }
}
