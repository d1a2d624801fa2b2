//! Which source belongs to a file, by their names.

/// The path of the source that a `.pyc` file at `path` would have, with `/` between folders: `a/x.py` for `a/x.pyc`, and for
/// `a/__pycache__/x.cpython-312.opt-1.pyc` (PEP 3147, PEP 488). `None` if `path` is not that of a `.pyc` or `.pyo` file.
///
/// ```
/// use pycxray_compare::source_path;
/// assert_eq!(source_path("lib/__pycache__/x.cpython-312.opt-1.pyc").as_deref(), Some("lib/x.py"));
/// assert_eq!(source_path("lib/x.pyc").as_deref(), Some("lib/x.py"));
/// assert_eq!(source_path("__pycache__/a.b.pypy39.pyc").as_deref(), Some("a.b.py"));
/// assert_eq!(source_path("lib/x.py"), None);
/// ```
#[must_use]
pub fn source_path(path: &str) -> Option<String> {
    let (folder, name) = match path.rsplit_once('/') {
        Some((folder, name)) => (Some(folder), name),
        None => (None, path),
    };
    let stem = name.strip_suffix(".pyc").or_else(|| name.strip_suffix(".pyo")).filter(|stem| !stem.is_empty())?;
    let (folder, in_cache) = match folder {
        Some("__pycache__") => (None, true),
        Some(folder) => match folder.strip_suffix("/__pycache__") {
            Some(outer) => (Some(outer), true),
            None => (Some(folder), false),
        },
        None => (None, false),
    };
    let stem = if in_cache { without_tag(stem) } else { stem };
    Some(match folder {
        Some(folder) => format!("{folder}/{stem}.py"),
        None => format!("{stem}.py"),
    })
}

/// The name of a module in `__pycache__` without the tag of the interpreter and of the optimization.
fn without_tag(stem: &str) -> &str {
    let stem = match stem.rsplit_once('.') {
        Some((before, last)) if last.starts_with("opt-") => before,
        _ => stem,
    };
    stem.rsplit_once('.').map_or(stem, |(before, _)| before)
}
