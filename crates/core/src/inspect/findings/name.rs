//! Names that no compiler writes, or that are not what they seem.

use super::script;
use crate::DiagnosticCode;
use crate::code::Item;
use crate::diagnostic::Severity;
use crate::inspect::report::{Report, quoted};
use crate::python::Python;
use crate::span::Span;
use crate::text::is_invisible;
use crate::version::{Implementation, Version};

/// How many bytes of a name are looked at: an identifier is never that long.
const LOOKED_AT: usize = 4096;
/// `continue`, `nonlocal`.
const LONGEST_KEYWORD: usize = 8;

/// What a name names.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Use {
    /// In `co_names`: globals, attributes, and modules with dots between their parts.
    Name,
    /// A local, cell or free variable.
    Variable,
    /// `co_name`.
    CodeName,
    /// `co_qualname`.
    QualifiedName,
}

/// Looks at a name.
pub(super) fn look_at(name: &[u8], used: Use, python: &Python, place: (Span, Item), report: &mut Report) {
    let version = python.version;
    let head = &name[..name.len().min(LOOKED_AT)];
    if is_plain(head, version) {
        return;
    }
    let text = String::from_utf8_lossy(head);
    let hidden = text.chars().find(|&c| is_invisible(c) || script::turns_text(c));
    if let Some(hidden) = hidden {
        let what = if script::turns_text(hidden) { "changes the direction of text" } else { "is invisible" };
        report.findings.push(
            Severity::Warning,
            DiagnosticCode::InvisibleName,
            place,
            format_args!("The name {} has a character that {what}: U+{:04X}.", quoted(name), u32::from(hidden)),
        );
        return;
    }
    if !is_written(&text, used, python) {
        let what = if is_keyword(&text, version) { "it is a keyword" } else { "it is no identifier" };
        report.findings.push(
            Severity::Warning,
            DiagnosticCode::OddName,
            place,
            format_args!("No compiler writes the name {}: {what}.", quoted(name)),
        );
        return;
    }
    if is_disguised(&text) {
        report.findings.push(
            Severity::Warning,
            DiagnosticCode::MixedScriptName,
            place,
            format_args!("The name {} has letters that only look Latin.", quoted(name)),
        );
    } else if text.chars().any(script::is_right_to_left) {
        report.findings.push(
            Severity::Note,
            DiagnosticCode::RightToLeftName,
            place,
            format_args!("The name {} has letters that are written from right to left.", quoted(name)),
        );
    }
}

/// The usual: an identifier of ASCII characters.
fn is_plain(name: &[u8], version: Version) -> bool {
    let [first, rest @ ..] = name else { return false };
    let is_keyword = || std::str::from_utf8(name).is_ok_and(|name| is_keyword(name, version));
    (first.is_ascii_alphabetic() || *first == b'_')
        && rest.iter().all(|byte| byte.is_ascii_alphanumeric() || *byte == b'_')
        && !(name.len() <= LONGEST_KEYWORD && is_keyword())
}

/// Whether some compiler writes such a name.
fn is_written(name: &str, used: Use, python: &Python) -> bool {
    let version = python.version;
    match used {
        // `from . import x` imports the module of no name; `import a.b` one with a dot. Up to 1.5, `from m import *` names `*`.
        Use::Name => {
            name.is_empty()
                || name.split('.').all(|part| is_part(part, version))
                || is_made_up(name, python)
                || (name == "*" && version < Version::new(2, 0))
        }
        Use::Variable | Use::CodeName => is_part(name, version) || is_made_up(name, python),
        Use::QualifiedName => name.split('.').all(|part| is_part(part, version) || is_made_up(part, python)),
    }
}

fn is_part(name: &str, version: Version) -> bool {
    (is_identifier(name) && !is_keyword(name, version)) || is_bracketed(name)
}

fn is_identifier(name: &str) -> bool {
    let mut chars = name.chars();
    chars.next().is_some_and(|first| first == '_' || first.is_alphabetic())
        && name.chars().all(|c| {
            (c == '_' || c.is_alphanumeric() || (!c.is_ascii() && script::is_mark(c)))
                && !script::is_never_normalized(c)
        })
}

/// Whether a word has a meaning in the grammar of this version, so that no name can be written so. Left out are those that an
/// import from `__future__` makes names.
fn is_keyword(word: &str, version: Version) -> bool {
    match word {
        "and" | "break" | "class" | "continue" | "def" | "del" | "elif" | "else" | "except" | "finally" | "for"
        | "from" | "global" | "if" | "import" | "in" | "is" | "lambda" | "not" | "or" | "pass" | "raise" | "return"
        | "try" | "while" => true,
        "assert" => version >= Version::new(1, 5),
        "yield" => version >= Version::new(2, 3),
        "as" | "with" => version >= Version::new(2, 6),
        "nonlocal" => version >= Version::new(3, 0),
        // Compilers looked the constants up by name before, and left the names behind.
        "None" | "True" | "False" | "async" | "await" => version >= Version::new(3, 7),
        _ => false,
    }
}

/// `<lambda>`, `<listcomp>`, `<module>`, `<locals>`, `<generic parameters of f>`.
fn is_bracketed(name: &str) -> bool {
    let Some(inner) = name.strip_prefix('<').and_then(|name| name.strip_suffix('>')) else { return false };
    let subject = inner.strip_prefix("generic parameters of ");
    matches!(inner, "lambda" | "listcomp" | "setcomp" | "dictcomp" | "genexpr" | "genexp" | "module" | "locals")
        || subject.is_some_and(is_identifier)
}

/// Names that compilers make up for things without one.
fn is_made_up(name: &str, python: &Python) -> bool {
    let digits = |rest: &str| !rest.is_empty() && rest.bytes().all(|byte| byte.is_ascii_digit());
    match name {
        // A module up to 2.4; annotation scopes and type parameters of 3.12 and later.
        "?" | ".type_params" | ".generic_base" | ".defaults" | ".kwdefaults" | ".format" => true,
        // Generator expressions had names of their own when they were new (`Python/symtable.c`, 2.4).
        "[outmost-iterable]" | "<generator expression>" => python.version == Version::new(2, 4),
        // The cell that `super()` finds the class in (`pypy/interpreter/astcompiler/symtable.py`).
        "@__class__" => python.implementation == Implementation::PyPy,
        // The argument of a comprehension, or a parameter that is unpacked (`.0`); a list under way (`_[1]`, 2.0 – 2.6).
        _ => {
            name.strip_prefix('.').is_some_and(digits)
                || name.strip_prefix("_[").and_then(|rest| rest.strip_suffix(']')).is_some_and(digits)
        }
    }
}

/// Whether a word of it mixes Latin letters with some that only look so, or consists of such letters alone.
fn is_disguised(name: &str) -> bool {
    name.split(|c: char| !c.is_alphabetic()).any(|word| {
        let alike = word.chars().filter(|&c| script::looks_latin(c)).count();
        alike > 0 && (word.chars().any(script::is_latin) || (alike > 1 && alike == word.chars().count()))
    })
}
