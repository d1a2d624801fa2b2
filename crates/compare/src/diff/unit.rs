//! The code objects of a file, as they nest.

use pycxray::{Code, Field, NodeId, Pyc};

use super::values::{Key, Objects, ValueId, Values, Whole};

/// A code object.
#[derive(Clone, Debug)]
pub(super) struct Unit {
    pub(super) id: NodeId,
    /// The one around it, by position.
    pub(super) parent: Option<usize>,
    /// Those directly in it, by position.
    pub(super) children: Vec<usize>,
    /// Its name, as a value.
    pub(super) name: ValueId,
    /// What it does, apart from its name and from where it stands.
    pub(super) content: ValueId,
}

/// The numbers that say what a code object is.
const NUMBERS: [Field; 4] = [Field::Argcount, Field::Posonlyargcount, Field::Kwonlyargcount, Field::Flags];
/// The objects that do.
const OBJECTS: [Field; 9] = [
    Field::Code,
    Field::Consts,
    Field::Names,
    Field::Varnames,
    Field::Cellvars,
    Field::Freevars,
    Field::Localsplusnames,
    Field::Localspluskinds,
    Field::Exceptiontable,
];

/// The code objects of a file, in its order: one before those in it.
pub(super) fn units<'p>(values: &mut Values<'p>, objects: &mut Objects<'p>) -> Vec<Unit> {
    let pyc = objects.pyc;
    let mut units: Vec<Unit> = Vec::with_capacity(pyc.codes().len());
    let mut around: Vec<usize> = Vec::new();
    for &id in pyc.codes() {
        let Some(code) = pyc.code(id) else { continue };
        let start = code.span().start;
        while around.last().is_some_and(|&outer| pyc.tree().node(units[outer].id).span.end <= start) {
            around.pop();
        }
        let (parent, position) = (around.last().copied(), units.len());
        if let Some(parent) = parent {
            units[parent].children.push(position);
        }
        let name = values.id(Key::Text(code.text(Field::Name).unwrap_or_default()));
        let content = content(values, objects, &code);
        units.push(Unit { id, parent, children: Vec::new(), name, content });
        around.push(position);
    }
    units
}

fn content<'p>(values: &mut Values<'p>, objects: &mut Objects<'p>, code: &Code<'p>) -> ValueId {
    let absent = |values: &mut Values<'p>| values.id(Key::Nothing);
    let mut parts = Vec::with_capacity(NUMBERS.len() + OBJECTS.len());
    for field in NUMBERS {
        parts.push(match code.number(field) {
            Some(number) => values.id(Key::Int(number)),
            None => absent(values),
        });
    }
    for field in OBJECTS {
        parts.push(match code.object(field) {
            Some(object) => objects.value(values, object),
            None => absent(values),
        });
    }
    values.many(Whole::Content, parts)
}

/// What sort of code object it is, for sentences.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Sort {
    /// A module.
    Module,
    /// A class body.
    Class,
    /// A function, lambda or comprehension.
    Function,
}

impl Sort {
    /// That of a code object: a function has local variables of its own (`CO_NEWLOCALS`), a module is within nothing.
    pub(super) fn of(code: &Code<'_>) -> Self {
        const OPTIMIZED: i64 = 1;
        let flags = code.number(Field::Flags).unwrap_or(0);
        match code.text(Field::Name) {
            Some(b"<module>" | b"?") => Self::Module,
            _ if flags & OPTIMIZED != 0 => Self::Function,
            _ => Self::Class,
        }
    }

    /// One word.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Module => "module",
            Self::Class => "class",
            Self::Function => "function",
        }
    }

    /// The word for several.
    pub(super) const fn plural(self) -> &'static str {
        match self {
            Self::Module => "modules",
            Self::Class => "classes",
            Self::Function => "functions",
        }
    }
}

/// How many bytes of a name are shown.
const NAME: usize = 200;
/// How many names a path has at the most.
const NAMES: usize = 20;

/// The qualified name of a code object: its own, or in versions that have none the names of those around it and its.
pub(super) fn qualname(pyc: &Pyc, units: &[Unit], position: usize) -> String {
    let Some(code) = units.get(position).and_then(|unit| pyc.code(unit.id)) else { return "?".to_owned() };
    if let Some(name) = code.text(Field::Qualname) {
        return pycxray::shown(name, NAME);
    }
    let mut names = vec![pycxray::shown(code.text(Field::Name).unwrap_or(b"?"), NAME)];
    let mut around = units[position].parent;
    while let Some(outer) = around.filter(|_| names.len() < NAMES) {
        around = units[outer].parent;
        let Some(code) = pyc.code(units[outer].id).filter(|code| Sort::of(code) != Sort::Module) else { continue };
        if Sort::of(&code) == Sort::Function {
            names.push("<locals>".to_owned());
        }
        names.push(pycxray::shown(code.text(Field::Name).unwrap_or(b"?"), NAME));
    }
    names.reverse();
    names.join(".")
}
