//! Values of items, as rows show them.

use pycxray::tables::{LineEntry, SourcePosition};
use pycxray::{Code, Field, HeaderField, Item, Kind, NodeId, Pyc, Role};

use crate::constant::constant;
use crate::number::counted;
use crate::safe::text_of;
use crate::{Ink, Styled, date, labels, local_kinds};

/// How long a value in a row may be, in characters.
pub(crate) const ROW: usize = 120;

/// A value and what it means, where that is not plain.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Meant {
    pub(crate) value: Styled,
    pub(crate) meaning: String,
}

impl Meant {
    fn new(value: Styled, meaning: impl Into<String>) -> Self {
        Self { value, meaning: meaning.into() }
    }

    fn plain(value: impl Into<String>) -> Self {
        Self::new(Styled::plain(value), "")
    }

    fn number(value: impl ToString) -> Self {
        Self::new(Styled::of(Ink::Number, value.to_string()), "")
    }
}

/// What an item's row says, in about `limit` characters at most. Instructions have columns of their own.
pub(crate) fn of(pyc: &Pyc, item: Item, limit: usize) -> Meant {
    match item {
        Item::Header => Meant::plain(counted(pyc.span(item).len().into(), "byte")),
        Item::HeaderField(position) => header_field(pyc, position),
        Item::Object(id) | Item::Payload(id) => object(pyc, id, limit),
        Item::TypeCode(id) => type_code(pyc, id),
        Item::Length(id) => Meant::number(length(pyc, id)),
        Item::Number(id, field) => number(pyc, id, field),
        Item::Instruction(..) => Meant::default(),
        Item::Cache(code, offset) => Meant::number(cache_value(pyc, code, offset)),
        Item::LocalKind(code, position) => local_kind(pyc, code, position),
        Item::Line(code, offset) => {
            // What an entry says depends on all before it.
            let entries = pyc.code(code).into_iter().flat_map(|code| code.line_entries());
            let mut behind = entries.skip_while(|entry| entry.offset < offset);
            behind.next().map_or(Meant::default(), |entry| line_entry(&entry))
        }
        Item::Exception(code, offset) => exception_entry(pyc, code, offset),
        Item::Trailing(_) | Item::Undecoded(_) => {
            let span = pyc.span(item);
            let bytes = counted(span.len().into(), "byte");
            Meant::new(Styled::of(Ink::Damage, bytes), preview_bytes(pyc, span))
        }
    }
}

fn header_field(pyc: &Pyc, position: u8) -> Meant {
    let header = pyc.header();
    let Some(&(field, span)) = header.fields.get(usize::from(position)) else { return Meant::default() };
    match field {
        HeaderField::Magic => {
            let value = header.magic.map(|magic| magic.to_string()).unwrap_or_default();
            Meant::new(Styled::plain(value), magic_meaning(pyc))
        }
        HeaderField::Flags => Meant::new(
            Styled::plain(header.flags.unwrap_or(0).to_string()),
            match (header.kind(), header.check_source()) {
                (pycxray::HeaderKind::Hash, Some(true)) => "hash-based, checked",
                (pycxray::HeaderKind::Hash, _) => "hash-based, unchecked",
                _ => "timestamp-based",
            },
        ),
        HeaderField::Mtime => Meant::plain(date::utc(header.mtime.unwrap_or(0).into())),
        HeaderField::SourceSize => Meant::plain(counted(header.source_size.unwrap_or(0).into(), "byte")),
        HeaderField::SourceHash => {
            let hash = header.source_hash.unwrap_or_default();
            Meant::plain(hash.iter().map(|byte| format!("{byte:02x}")).collect::<String>())
        }
        HeaderField::Cut => Meant::new(Styled::of(Ink::Damage, counted(span.len().into(), "byte")), "cut off"),
    }
}

/// Who writes the magic number.
pub(crate) fn magic_meaning(pyc: &Pyc) -> String {
    match pyc.bytes().first_chunk().and_then(|first| pycxray::magic::of(*first)) {
        Some(found) => {
            let unicode = if found.unicode { " -U" } else { "" };
            format!("{}{unicode}", found.magic.writer())
        }
        None => "of no Python known".to_owned(),
    }
}

fn type_code(pyc: &Pyc, id: NodeId) -> Meant {
    let node = pyc.tree().node(id);
    let byte = pyc.bytes().get(node.span.start as usize).copied().unwrap_or(0);
    let flag = if node.has_flag_ref() { " with FLAG_REF" } else { "" };
    Meant::new(Styled::of(Ink::Number, format!("{byte:#04x}")), format!("{}{flag}", node.kind.name()))
}

/// What the length or count of an object says, as a number.
pub(crate) fn length(pyc: &Pyc, id: NodeId) -> i64 {
    let span = pyc.span(Item::Length(id));
    match pyc.bytes().get(span.start as usize..span.end as usize) {
        Some(&[byte]) => byte.into(),
        Some(bytes) => bytes.first_chunk().map_or(0, |four| i32::from_le_bytes(*four).into()),
        None => 0,
    }
}

fn number(pyc: &Pyc, id: NodeId, field: Field) -> Meant {
    let Some(number) = pyc.code(id).and_then(|code| code.number(field)) else { return Meant::default() };
    if field != Field::Flags {
        return Meant::number(number);
    }
    let names = flag_names(pyc, number as u32);
    let meaning = if names.is_empty() { "none".to_owned() } else { names.join(" | ") };
    Meant::new(Styled::of(Ink::Number, format!("{:#x}", number as u32)), meaning)
}

/// The flags of a code object that are set, by name; a bit without a name as a number.
pub(crate) fn flag_names(pyc: &Pyc, flags: u32) -> Vec<String> {
    let name = |bit: u32| {
        let known = pycxray::code_flags(pyc.python()).find(|flag| flag.bit == bit);
        known.map_or_else(|| format!("{bit:#x}"), |flag| flag.name.to_owned())
    };
    (0..32).map(|bit| 1 << bit).filter(|bit| flags & bit != 0).map(name).collect()
}

/// The value of a field of an inline cache, little-endian.
pub(crate) fn cache_value(pyc: &Pyc, code: NodeId, offset: u32) -> u64 {
    let span = pyc.span(Item::Cache(code, offset));
    let bytes = pyc.bytes().get(span.start as usize..span.end as usize).unwrap_or(&[]);
    bytes.iter().rev().take(8).fold(0, |value, &byte| value << 8 | u64::from(byte))
}

fn local_kind(pyc: &Pyc, code: NodeId, position: u32) -> Meant {
    let span = pyc.span(Item::LocalKind(code, position));
    let byte = pyc.bytes().get(span.start as usize).copied().unwrap_or(0);
    let name = pyc.code(code).and_then(|code| pyc.tree().item(code.tuple(Field::Localsplusnames)?, position));
    let mut value = Styled::of(Ink::Number, format!("{byte:#04x} "));
    if let Some(name) = name {
        value = value.with_link(Ink::Name, name_text(pyc, name), Item::Object(name));
    }
    Meant::new(value, local_kinds::words(byte))
}

/// What an entry of the line table says.
pub(crate) fn line_entry(entry: &LineEntry) -> Meant {
    let meaning = if entry.end > entry.start {
        format!("bytecode {} to {}", entry.start, entry.end)
    } else {
        "no bytecode".to_owned()
    };
    Meant::new(source_position(&entry.position), if entry.damaged { "damaged".to_owned() } else { meaning })
}

/// A place in the source: `line 4, columns 17–20`.
pub(crate) fn source_position(position: &SourcePosition) -> Styled {
    let Some(line) = position.line else { return Styled::of(Ink::Muted, "no line") };
    let last = position.end_line.filter(|&last| last != line);
    let mut text = Styled::plain(if last.is_some() { "lines " } else { "line " }).with(Ink::Number, line.to_string());
    if let Some(last) = last {
        text = text.with(Ink::Plain, "–").with(Ink::Number, last.to_string());
    }
    match (position.column, position.end_column) {
        (Some(from), Some(to)) if last.is_some() => text.with(Ink::Muted, format!(", from column {from} to {to}")),
        (Some(from), Some(to)) => text.with(Ink::Muted, format!(", columns {from}–{to}")),
        _ => text,
    }
}

/// The entry of the exception table at this offset of the table.
pub(crate) fn exception_entry_at(pyc: &Pyc, code: NodeId, offset: u32) -> Option<pycxray::tables::ExceptionEntry> {
    pyc.code(code)?.exception_entries().from(offset).next()
}

fn exception_entry(pyc: &Pyc, code: NodeId, offset: u32) -> Meant {
    let Some(entry) = exception_entry_at(pyc, code, offset) else { return Meant::default() };
    Meant::new(exception_text(code, &entry), if entry.damaged { "damaged" } else { "" })
}

/// An entry of the exception table: `4 to 10 -> 24 [1] lasti`.
pub(crate) fn exception_text(code: NodeId, entry: &pycxray::tables::ExceptionEntry) -> Styled {
    let lasti = if entry.lasti { " lasti" } else { "" };
    Styled::default()
        .with_link(Ink::Number, entry.start.to_string(), Item::Instruction(code, entry.start))
        .with(Ink::Muted, " to ")
        .with(Ink::Number, entry.end.to_string())
        .with(Ink::Muted, " → ")
        .with_link(Ink::Jump, entry.target.to_string(), Item::Instruction(code, entry.target))
        .with(Ink::Muted, format!(" [{}]{lasti}", entry.depth))
}

fn preview_bytes(pyc: &Pyc, span: pycxray::Span) -> String {
    let bytes = pyc.bytes().get(span.start as usize..span.end as usize).unwrap_or(&[]);
    let mut text = bytes.iter().take(16).map(|byte| format!("{byte:02x}")).collect::<Vec<_>>().join(" ");
    if bytes.len() > 16 {
        text.push_str(" …");
    }
    text
}

fn object(pyc: &Pyc, id: NodeId, limit: usize) -> Meant {
    let node = pyc.tree().node(id);
    if let Some(target) = pyc.tree().target(id) {
        let meant = object(pyc, target, limit);
        let link = Styled::default().with_link(Ink::Muted, "→ ", Item::Object(target));
        return Meant { value: link.and(meant.value), ..meant };
    }
    if let Some((code, field)) = pyc.table(id) {
        return table(pyc, id, code, field);
    }
    match node.kind {
        Kind::Code | Kind::OldCode => code_value(pyc, id),
        Kind::Ref | Kind::StringRef => Meant::new(Styled::of(Ink::Damage, "leads nowhere"), ""),
        Kind::Null => Meant::new(Styled::of(Ink::Muted, "NULL"), ""),
        Kind::Invalid => {
            let byte = pyc.bytes().get(node.span.start as usize).copied().unwrap_or(0);
            Meant::new(Styled::of(Ink::Damage, format!("{byte:#04x}")), "no type code")
        }
        Kind::Unknown => Meant::new(Styled::of(Ink::Damage, "an object that could not be written"), ""),
        _ if !node.is_complete() => Meant::new(constant(pyc, id, limit), "cut off"),
        _ if matches!(node.role, Role::Field(_)) && node.kind.is_container() => {
            let text = constant(pyc, id, limit.min(60)).to_string();
            Meant::new(Styled::of(Ink::Number, count_of(pyc, id).to_string()), text)
        }
        _ => Meant::new(constant(pyc, id, limit), ""),
    }
}

fn table(pyc: &Pyc, id: NodeId, code: NodeId, field: Field) -> Meant {
    let size = pyc.tree().node(id).payload().len();
    let bytes = counted(size.into(), "byte");
    let entries = match field {
        Field::Code => counted(pyc.bytecode_index(code).count() as u64, "instruction"),
        Field::Localspluskinds => counted(size.into(), "variable"),
        Field::Linetable if pyc.python().format.lines != pycxray::python::LineTable::Pep657 => {
            counted(size.div_ceil(2).into(), "entry")
        }
        _ => {
            let payload = pyc.tree().node(id).payload();
            let table = pyc.bytes().get(payload.start as usize..payload.end as usize).unwrap_or(&[]);
            // Bit 7 marks the first byte of an entry.
            counted(table.iter().filter(|&&byte| byte & 0x80 != 0).count() as u64, "entry")
        }
    };
    Meant::plain(format!("{entries}, {bytes}"))
}

fn code_value(pyc: &Pyc, id: NodeId) -> Meant {
    let name = labels::code_name(pyc, id);
    let Some(code) = pyc.code(id) else { return Meant::default() };
    let mut value = Styled::default();
    let top = matches!(pyc.tree().node(id).role, Role::Root | Role::Recovered);
    if !top {
        value.push(Ink::Muted, "code ");
    }
    value.push(Ink::Strong, name);
    value = value.and(parameters(&code));
    if top && let Some(file) = code.text(Field::Filename) {
        value.push(Ink::Plain, format!(" {}", text_of(file, ROW)));
    }
    let line = code.number(Field::Firstlineno).map(|line| format!("line {line}"));
    Meant::new(value, if top { String::new() } else { line.unwrap_or_default() })
}

/// `CO_VARARGS`: the last positional parameter takes all that is left over, as a tuple.
const VARARGS: i64 = 4;
/// `CO_VARKEYWORDS`: the last parameter takes the keyword arguments left over, as a dict.
const VARKEYWORDS: i64 = 8;
/// `CO_OPTIMIZED`: the body of a function.
const OPTIMIZED: i64 = 1;

/// How many parameters are written at most.
const PARAMETERS: i64 = 12;

/// The parameters of a function: `(data, /, start, *, stop)`. Nothing for a module or class.
pub(crate) fn parameters(code: &Code<'_>) -> Styled {
    let flags = code.number(Field::Flags).unwrap_or(0);
    let number = |field| code.number(field).unwrap_or(0).clamp(0, 0xffff);
    let (positional, only, keyword) =
        (number(Field::Argcount), number(Field::Posonlyargcount), number(Field::Kwonlyargcount));
    let stars = i64::from(flags & VARARGS != 0) + i64::from(flags & VARKEYWORDS != 0);
    if flags & OPTIMIZED == 0 && positional + keyword + stars == 0 {
        return Styled::default();
    }
    let field = if code.object(Field::Localsplusnames).is_some() { Field::Localsplusnames } else { Field::Varnames };
    let shown = (positional + keyword + stars).min(PARAMETERS) as usize;
    let names: Vec<NodeId> = code.items(field).take((positional + keyword + stars) as usize).collect();
    let name = |position: i64| names.get(position as usize).map_or("?".to_owned(), |&name| name_text(code.pyc(), name));
    let mut words: Vec<(&str, Option<i64>)> = Vec::new();
    for position in 0..positional {
        words.push(("", Some(position)));
        if position + 1 == only {
            words.push(("/", None));
        }
    }
    if flags & VARARGS != 0 {
        words.push(("*", Some(positional + keyword)));
    } else if keyword > 0 {
        words.push(("*", None));
    }
    words.extend((positional..positional + keyword).map(|position| ("", Some(position))));
    if flags & VARKEYWORDS != 0 {
        words.push(("**", Some(positional + keyword + i64::from(flags & VARARGS != 0))));
    }
    let mut text = Styled::plain("(");
    for (at, (prefix, position)) in words.iter().enumerate() {
        if at > 0 {
            text.push(Ink::Plain, ", ");
        }
        if at > shown + 2 {
            text.push(Ink::Muted, "…");
            break;
        }
        text.push(Ink::Plain, *prefix);
        if let Some(position) = position {
            text.push(Ink::Plain, name(*position));
        }
    }
    text.with(Ink::Plain, ")")
}

/// The text of a name in one of a code object's tuples of names.
pub(crate) fn name_text(pyc: &Pyc, id: NodeId) -> String {
    pyc.text(id).map_or_else(|| "?".to_owned(), |text| text_of(text, 80))
}

/// How many items a container has.
pub(crate) fn count_of(pyc: &Pyc, id: NodeId) -> u64 {
    let node = pyc.tree().node(id);
    if node.is_complete() && node.kind.length_size() > 0 {
        return length(pyc, id).max(0) as u64;
    }
    // A dict counts keys, and its end is none of them.
    let children = pyc.tree().children(id).filter(|&child| pyc.tree().node(child).role != Role::Terminator);
    let dict = matches!(node.kind, Kind::Dict | Kind::FrozenDict);
    children.filter(|&child| !dict || pyc.tree().node(child).role == Role::Key).count() as u64
}
