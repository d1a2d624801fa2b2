//! Which file of one folder, or member of one archive, is which of another.

use std::collections::HashMap;

/// A name that two lists have, or one of them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Named {
    /// What to call it: the name in the second list, if it is there.
    pub name: String,
    /// Its position in each list.
    pub positions: [Option<usize>; 2],
}

/// Pairs names: equal ones with each other, then those that differ in nothing but the tag of the interpreter
/// (`x.cpython-312.pyc`, `x.cpython-313.pyc`, `x.pyc`). In order of the names.
#[must_use]
pub fn pair_names(before: &[String], after: &[String]) -> Vec<Named> {
    let mut free: HashMap<&str, usize> =
        before.iter().enumerate().map(|(position, name)| (name.as_str(), position)).collect();
    let mut named: Vec<Named> = Vec::new();
    let mut left: Vec<usize> = Vec::new();
    for (position, name) in after.iter().enumerate() {
        match free.remove(name.as_str()) {
            Some(other) => named.push(Named { name: name.clone(), positions: [Some(other), Some(position)] }),
            None => left.push(position),
        }
    }
    let mut by_stem: HashMap<String, Vec<usize>> = HashMap::new();
    for &position in free.values() {
        by_stem.entry(without_tag(&before[position])).or_default().push(position);
    }
    for position in left {
        let name = &after[position];
        let other = by_stem.get_mut(&without_tag(name)).filter(|others| others.len() == 1).and_then(Vec::pop);
        named.push(Named { name: name.clone(), positions: [other, Some(position)] });
    }
    let removed = by_stem.into_values().flatten();
    named.extend(removed.map(|position| Named { name: before[position].clone(), positions: [Some(position), None] }));
    named.sort_by(|one, other| (&one.name, one.positions).cmp(&(&other.name, other.positions)));
    named
}

/// A name without the folder `__pycache__` and without the tags of the interpreter and of the optimization (PEP 3147, PEP 488).
fn without_tag(name: &str) -> String {
    let (folder, file) = name.rsplit_once('/').map_or(("", name), |(folder, file)| (folder, file));
    let folder = folder.strip_suffix("__pycache__").map_or(folder, |outer| outer.trim_end_matches('/'));
    let Some(stem) = file.strip_suffix(".pyc").or_else(|| file.strip_suffix(".pyo")) else { return name.to_owned() };
    let is_tag = |part: &str| part.starts_with("opt-") || part.starts_with("cpython-") || part.starts_with("pypy");
    let parts: Vec<&str> =
        stem.split('.').enumerate().filter(|(at, part)| *at == 0 || !is_tag(part)).map(|(_, part)| part).collect();
    format!("{folder}/{}.pyc", parts.join("."))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_paired_across_interpreters() {
        let list = |names: &[&str]| names.iter().map(|name| (*name).to_owned()).collect::<Vec<_>>();
        let before = list(&["a.pyc", "b/__pycache__/x.cpython-312.opt-1.pyc", "gone.pyc"]);
        let after = list(&["a.pyc", "b/__pycache__/x.cpython-313.pyc", "new.pyc"]);
        let named: Vec<_> =
            pair_names(&before, &after).into_iter().map(|named| (named.name, named.positions)).collect();
        assert_eq!(
            named,
            [
                ("a.pyc".to_owned(), [Some(0), Some(0)]),
                ("b/__pycache__/x.cpython-313.pyc".to_owned(), [Some(1), Some(1)]),
                ("gone.pyc".to_owned(), [Some(2), None]),
                ("new.pyc".to_owned(), [None, Some(2)]),
            ]
        );
    }
}
