//! What things are called.

use pycxray::{Field, Item, NodeId, Pyc, Role};

use crate::protocol::Crumb;
use crate::text::text_of;

/// How long a name may be in a path or a title.
const NAME: usize = 80;

/// How many code objects around one are named.
const CRUMBS: usize = 32;

/// What a field of a code object is called in the tree.
pub(crate) fn field(field: Field) -> &'static str {
    match field {
        Field::Code => "bytecode",
        Field::Consts => "constants",
        Field::Linetable => "line table",
        Field::Exceptiontable => "exception table",
        other => other.name(),
    }
}

/// What an item is to its parent, as its row in the tree says.
pub(crate) fn row(pyc: &Pyc, item: Item) -> String {
    let label = match item {
        Item::Header => "header",
        Item::HeaderField(position) => {
            pyc.header().fields.get(usize::from(position)).map_or("", |(field, _)| field.name())
        }
        Item::Object(id) => return object(pyc, id),
        Item::TypeCode(_) => "type code",
        Item::Length(id) if pyc.tree().node(id).kind.is_container() => "count",
        Item::Length(_) => "length",
        Item::Payload(_) => "payload",
        Item::Number(_, number) => field(number),
        Item::Instruction(_, offset) => return offset.to_string(),
        Item::Cache(code, offset) => cache(pyc, code, offset).map_or("cache", |(name, _)| name),
        Item::LocalKind(_, position) => return format!("[{position}]"),
        Item::Line(_, offset) | Item::Exception(_, offset) => return format!("+{offset}"),
        Item::Trailing(_) => "trailing bytes",
        Item::Undecoded(_) => "not decoded",
    };
    label.to_owned()
}

fn object(pyc: &Pyc, id: NodeId) -> String {
    let node = pyc.tree().node(id);
    let label = match node.role {
        Role::Root if node.kind.is_code() => "code",
        Role::Root => "object",
        Role::Recovered => "recovered code",
        Role::Item => return format!("[{}]", node.index),
        Role::Key => return format!("key {}", node.index),
        Role::Value => return format!("value {}", node.index),
        Role::Terminator => "end",
        Role::Start => "start",
        Role::Stop => "stop",
        Role::Step => "step",
        Role::Field(name) => field(name),
    };
    label.to_owned()
}

/// The name of a code object, cut; `code` for one without.
pub(crate) fn code_name(pyc: &Pyc, id: NodeId) -> String {
    let name = pyc.code(id).and_then(|code| code.text(Field::Name)).map(|name| text_of(name, NAME));
    name.filter(|name| !name.is_empty()).unwrap_or_else(|| "code".to_owned())
}

/// An instruction as paths call it: `46 LOAD_GLOBAL`.
pub(crate) fn instruction(pyc: &Pyc, code: NodeId, offset: u32) -> String {
    match pyc.instruction_at(code, offset) {
        Some(instruction) => format!("{} {}", instruction.offset, opname(pyc, instruction.opcode)),
        None => offset.to_string(),
    }
}

/// The name of an opcode, `<231>` for one that this Python has not, as `dis` writes it.
pub(crate) fn opname(pyc: &Pyc, opcode: u8) -> String {
    pyc.python().opcode(opcode).map_or_else(|| format!("<{opcode}>"), |known| known.name.to_owned())
}

/// The name and the size, in bytes, of the cache field at this offset of the bytecode.
pub(crate) fn cache(pyc: &Pyc, code: NodeId, offset: u32) -> Option<(&'static str, u32)> {
    let instruction = pyc.instruction_at(code, offset)?;
    let mut at = instruction.offset + instruction.size;
    for field in pyc.python().opcode(instruction.opcode)?.caches {
        let size = u32::from(field.units) * 2;
        if (at..at + size).contains(&offset) {
            return Some((field.name, size));
        }
        at += size;
    }
    None
}

/// What an item is called in the path to what is chosen.
pub(crate) fn crumb(pyc: &Pyc, item: Item) -> String {
    match item {
        Item::Object(id) if is_code(pyc, id) => code_name(pyc, id),
        Item::Instruction(code, offset) => instruction(pyc, code, offset),
        Item::Line(_, offset) | Item::Exception(_, offset) => format!("entry at {offset}"),
        _ => row(pyc, item),
    }
}

/// What an item adds to a path such as `<module>.co_consts[2].co_code[46]`.
pub(crate) fn path_step(pyc: &Pyc, item: Item) -> String {
    match item {
        Item::Object(id) => {
            let node = pyc.tree().node(id);
            match node.role {
                Role::Root | Role::Recovered if node.kind.is_code() => code_name(pyc, id),
                Role::Root | Role::Recovered => "object".to_owned(),
                Role::Item => format!("[{}]", node.index),
                Role::Field(field) => format!(".co_{}", field.name()),
                _ => format!(".{}", in_a_word(&object(pyc, id))),
            }
        }
        Item::Number(_, field) => format!(".co_{}", field.name()),
        Item::Instruction(_, offset)
        | Item::LocalKind(_, offset)
        | Item::Line(_, offset)
        | Item::Exception(_, offset) => {
            format!("[{offset}]")
        }
        Item::Header | Item::Trailing(_) | Item::Undecoded(_) => in_a_word(&row(pyc, item)),
        _ => format!(".{}", in_a_word(&row(pyc, item))),
    }
}

fn in_a_word(label: &str) -> String {
    let mut word = String::new();
    for c in label.chars() {
        word.push(if c == ' ' { '_' } else { c });
    }
    word
}

/// A code object's qualified name as bytes: `co_qualname` where it has that, else made of the names of those that it is in.
pub(crate) fn qualname(pyc: &Pyc, id: NodeId) -> String {
    let Some(code) = pyc.code(id) else { return String::new() };
    if let Some(name) = code.text(Field::Qualname) {
        return text_of(name, NAME);
    }
    let mut name = code_name(pyc, id);
    let mut inner = id;
    while let Some(outer) = outer_code(pyc, inner) {
        // A module's name is no part of it; the bodies of functions alone are optimized (CO_OPTIMIZED).
        let is_function =
            pyc.code(outer).and_then(|code| code.number(Field::Flags)).is_some_and(|flags| flags & 1 != 0);
        if is_function {
            name = format!("{}.<locals>.{name}", code_name(pyc, outer));
        } else if outer_code(pyc, outer).is_some() {
            name = format!("{}.{name}", code_name(pyc, outer));
        }
        if name.len() > 4 * NAME {
            break;
        }
        inner = outer;
    }
    name
}

/// Whether an object is a code object.
pub(crate) fn is_code(pyc: &Pyc, id: NodeId) -> bool {
    pyc.tree().node(id).kind.is_code()
}

/// The code objects that one is nested in, outermost first, itself last.
pub(crate) fn outer_crumbs(pyc: &Pyc, code: Option<NodeId>) -> Vec<Crumb> {
    let codes = std::iter::successors(code, |&code| outer_code(pyc, code)).take(CRUMBS);
    let crumb = |id| Crumb { label: code_name(pyc, id), item: Item::Object(id).into() };
    let mut crumbs: Vec<Crumb> = codes.map(crumb).collect();
    crumbs.reverse();
    crumbs
}

/// The code object that another object is in.
pub(crate) fn outer_code(pyc: &Pyc, id: NodeId) -> Option<NodeId> {
    let mut id = pyc.tree().parent(id)?;
    while !is_code(pyc, id) {
        id = pyc.tree().parent(id)?;
    }
    Some(id)
}

/// The code object that an item is, or is in.
pub(crate) fn code_of(pyc: &Pyc, item: Item) -> Option<NodeId> {
    let id = item.object()?;
    if is_code(pyc, id) { Some(id) } else { outer_code(pyc, id) }
}
