//! Values of items, as rows show them.

use std::fmt::Write;

use pycxray::magic::{self, Found};
use pycxray::tables::{LineEntry, SourcePosition};
use pycxray::{Code, Field, HeaderField, Item, Kind, NodeId, Pyc, Role, Span};

use crate::constant::constant;
use crate::item::{byte_at, bytes};
use crate::number::{counted, push_hex};
use crate::protocol::{Style, Styled};
use crate::text::text_of;
use crate::{date, labels, local_kinds};

/// How long a value in a row may be, in characters.
pub(crate) const ROW: usize = 120;

/// A value and what it means, where that is not plain.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct ValueText {
    pub(crate) value: Styled,
    pub(crate) meaning: String,
}

/// What an item's row says, in about `limit` characters at most. Instructions have columns of their own, and entries of the line
/// table depend on all before them: see [`File::value_of`].
pub(crate) fn of(pyc: &Pyc, item: Item, limit: usize) -> ValueText {
    let mut text = ValueText::default();
    let ValueText { value, meaning } = &mut text;
    match item {
        Item::Header => write_size(value, Style::Plain, pyc.span(item).len()),
        Item::HeaderField(position) => write_header_field(&mut text, pyc, position),
        Item::Object(id) | Item::Payload(id) => write_object(&mut text, pyc, id, limit),
        Item::TypeCode(id) => write_type_code(&mut text, pyc, id),
        Item::Length(id) => {
            value.number(length(pyc, id));
        }
        Item::Number(id, field) => write_number(&mut text, pyc, id, field),
        Item::Instruction(..) | Item::Line(..) => {}
        Item::Cache(code, offset) => {
            value.write(Style::Number, format_args!("{}", cache_value(pyc, code, offset)));
        }
        Item::LocalKind(code, position) => write_local_kind(&mut text, pyc, code, position),
        Item::Exception(code, offset) => {
            if let Some(entry) = exception_entry_at(pyc, code, offset) {
                *value = exception_text(code, &entry);
                meaning.push_str(if entry.damaged { "damaged" } else { "" });
            }
        }
        Item::Trailing(_) | Item::Undecoded(_) => {
            let span = pyc.span(item);
            write_size(value, Style::Damage, span.len());
            preview_bytes(meaning, pyc, span);
        }
    }
    text
}

/// Writes a byte of the file as `0x0a`, and hands it back.
fn write_byte(value: &mut Styled, style: Style, pyc: &Pyc, offset: u32) -> u8 {
    let byte = byte_at(pyc, offset);
    value.write(style, format_args!("{byte:#04x}"));
    byte
}

fn write_size(value: &mut Styled, style: Style, size: u32) {
    value.push(style, &counted(size.into(), "byte"));
}

fn write_header_field(text: &mut ValueText, pyc: &Pyc, position: u8) {
    let ValueText { value, meaning } = text;
    let header = pyc.header();
    let Some(&(field, span)) = header.fields.get(usize::from(position)) else { return };
    match field {
        HeaderField::Magic => {
            if let Some(magic) = header.magic {
                value.push(Style::Plain, &magic.to_string());
            }
            *meaning = magic_meaning(pyc);
        }
        HeaderField::Flags => {
            value.push(Style::Plain, &header.flags.unwrap_or(0).to_string());
            meaning.push_str(match (header.kind(), header.check_source()) {
                (pycxray::HeaderKind::Hash, Some(true)) => "hash-based, checked",
                (pycxray::HeaderKind::Hash, _) => "hash-based, unchecked",
                _ => "timestamp-based",
            });
        }
        HeaderField::Mtime => {
            value.push(Style::Plain, &date::utc(header.mtime.unwrap_or(0).into()));
        }
        HeaderField::SourceSize => {
            write_size(value, Style::Plain, header.source_size.unwrap_or(0));
        }
        HeaderField::SourceHash => {
            let mut digits = String::new();
            push_hex(&mut digits, &header.source_hash.unwrap_or_default(), "");
            value.push(Style::Plain, &digits);
        }
        HeaderField::Cut => {
            write_size(value, Style::Damage, span.len());
            meaning.push_str("cut off");
        }
    }
}

/// What is known of the magic number, wherever the header stands.
pub(crate) fn magic_found(pyc: &Pyc) -> Option<Found> {
    let (_, span) = pyc.header().fields.iter().find(|(field, _)| *field == HeaderField::Magic)?;
    let found = magic::of(*pyc.bytes().get(span.start as usize..)?.first_chunk()?);
    // What follows it may tell more than the number: RustPython had one of its own in each build, and one of CPython's.
    match (found, pyc.detection().magic) {
        (None, Some(writer)) => Some(Found { magic: writer, unicode: false, other: None }),
        (Some(Found { magic, other: Some(other), .. }), Some(writer)) if other == writer => {
            Some(Found { magic: writer, unicode: false, other: Some(magic) })
        }
        (found, _) => found,
    }
}

/// Who writes the magic number.
pub(crate) fn magic_meaning(pyc: &Pyc) -> String {
    match magic_found(pyc) {
        Some(found) => {
            let unicode = if found.unicode { " -U" } else { "" };
            format!("{}{unicode}", found.magic.writer())
        }
        None => "of no Python known".to_owned(),
    }
}

fn write_type_code(text: &mut ValueText, pyc: &Pyc, id: NodeId) {
    let node = pyc.tree().node(id);
    write_byte(&mut text.value, Style::Number, pyc, node.span.start);
    text.meaning.push_str(node.kind.name());
    text.meaning.push_str(if node.has_flag_ref() { " with FLAG_REF" } else { "" });
}

/// What the length or count of an object says, as a number.
pub(crate) fn length(pyc: &Pyc, id: NodeId) -> i64 {
    let span = pyc.span(Item::Length(id));
    match bytes(pyc, span) {
        &[byte] => byte.into(),
        bytes => bytes.first_chunk().map_or(0, |four| i32::from_le_bytes(*four).into()),
    }
}

fn write_number(text: &mut ValueText, pyc: &Pyc, id: NodeId, field: Field) {
    let Some(number) = pyc.code(id).and_then(|code| code.number(field)) else { return };
    if field != Field::Flags {
        text.value.number(number);
        return;
    }
    let flags = number as u32;
    text.value.write(Style::Number, format_args!("{flags:#x}"));
    text.meaning = flag_names(pyc, flags);
}

/// The flags of a code object that are set, by name; a bit without a name as a number.
pub(crate) fn flag_names(pyc: &Pyc, flags: u32) -> String {
    let mut names = String::new();
    for bit in (0..32).map(|bit| 1 << bit).filter(|bit| flags & bit != 0) {
        if !names.is_empty() {
            names.push_str(" | ");
        }
        match pycxray::code_flags(pyc.python()).find(|flag| flag.bit == bit) {
            Some(flag) => names.push_str(flag.name),
            None => drop(write!(names, "{bit:#x}")),
        }
    }
    if names.is_empty() { "none".to_owned() } else { names }
}

/// The value of a field of an inline cache, little-endian.
pub(crate) fn cache_value(pyc: &Pyc, code: NodeId, offset: u32) -> u64 {
    let span = pyc.span(Item::Cache(code, offset));
    bytes(pyc, span).iter().rev().take(8).fold(0, |value, &byte| value << 8 | u64::from(byte))
}

fn write_local_kind(text: &mut ValueText, pyc: &Pyc, code: NodeId, position: u32) {
    let span = pyc.span(Item::LocalKind(code, position));
    let byte = write_byte(&mut text.value, Style::Number, pyc, span.start);
    text.value.push(Style::Number, " ");
    let name = pyc.code(code).and_then(|code| pyc.tree().item(code.tuple(Field::Localsplusnames)?, position));
    if let Some(name) = name {
        text.value.push_link(Style::Name, name_text(pyc, name), Item::Object(name));
    }
    text.meaning = local_kinds::words(byte);
}

/// What an entry of the line table says.
pub(crate) fn line_entry(entry: &LineEntry) -> ValueText {
    let mut text = ValueText::default();
    write_position(&mut text.value, &entry.position);
    text.meaning = match entry.end > entry.start {
        _ if entry.damaged => "damaged".to_owned(),
        true => format!("bytecode {} to {}", entry.start, entry.end),
        false => "no bytecode".to_owned(),
    };
    text
}

/// A place in the source: `line 4, columns 17–20`.
pub(crate) fn write_position(value: &mut Styled, position: &SourcePosition) {
    let Some(line) = position.line else {
        value.push(Style::Muted, "no line");
        return;
    };
    let last = position.end_line.filter(|&last| last != line);
    value.push(Style::Plain, if last.is_some() { "lines " } else { "line " }).number(line.into());
    if let Some(last) = last {
        value.push(Style::Plain, "–").number(last.into());
    }
    if let (Some(from), Some(to)) = (position.column, position.end_column) {
        let (word, dash) = if last.is_some() { ("from column", " to ") } else { ("columns", "–") };
        value.write(Style::Muted, format_args!(", {word} {from}{dash}{to}"));
    }
}

/// The entry of the exception table at this offset of the table.
pub(crate) fn exception_entry_at(pyc: &Pyc, code: NodeId, offset: u32) -> Option<pycxray::tables::ExceptionEntry> {
    pyc.code(code)?.exception_entries().from(offset).next()
}

/// An entry of the exception table: `4 to 10 -> 24 [1] lasti`.
pub(crate) fn exception_text(code: NodeId, entry: &pycxray::tables::ExceptionEntry) -> Styled {
    let lasti = if entry.lasti { " lasti" } else { "" };
    let mut text = Styled::default();
    text.push_link(Style::Number, entry.start.to_string(), Item::Instruction(code, entry.start));
    text.push(Style::Muted, " to ").number(entry.end.into()).push(Style::Muted, " → ");
    text.push_link(Style::Jump, entry.target.to_string(), Item::Instruction(code, entry.target));
    text.write(Style::Muted, format_args!(" [{}]{lasti}", entry.depth));
    text
}

fn preview_bytes(text: &mut String, pyc: &Pyc, span: Span) {
    let bytes = bytes(pyc, span);
    push_hex(text, &bytes[..bytes.len().min(16)], " ");
    text.push_str(if bytes.len() > 16 { " …" } else { "" });
}

fn write_object(text: &mut ValueText, pyc: &Pyc, id: NodeId, limit: usize) {
    let table = table_of(pyc, id);
    let mut id = id;
    // References lead to what is none.
    while let Some(target) = pyc.tree().target(id) {
        text.value.push_link(Style::Muted, "→ ".to_owned(), Item::Object(target));
        id = target;
    }
    let ValueText { value, meaning } = text;
    if let Some((code, field)) = table {
        write_table(value, pyc, id, code, field);
        return;
    }
    let node = pyc.tree().node(id);
    match node.kind {
        Kind::Code | Kind::OldCode => write_code(text, pyc, id),
        Kind::Ref | Kind::StringRef => {
            value.push(Style::Damage, "leads nowhere");
        }
        Kind::Null => {
            value.push(Style::Muted, "NULL");
        }
        Kind::Invalid => {
            write_byte(value, Style::Damage, pyc, node.span.start);
            meaning.push_str("no type code");
        }
        Kind::Unknown => {
            value.push(Style::Damage, "an object that could not be written");
        }
        _ if node.is_complete() && matches!(node.role, Role::Field(_)) && node.kind.is_container() => {
            value.number(count_of(pyc, id) as i64);
            *meaning = constant(pyc, id, limit.min(60)).to_string();
        }
        _ => {
            value.append(constant(pyc, id, limit));
            meaning.push_str(if node.is_complete() { "" } else { "cut off" });
        }
    }
}

/// The code object whose table this object is, or which table a reference to bytes stands for. What the bytes are where they
/// were first written says nothing of that: empty ones are shared by all tables that are empty.
fn table_of(pyc: &Pyc, id: NodeId) -> Option<(NodeId, Field)> {
    let tree = pyc.tree();
    if tree.target(id).is_none() {
        return pyc.table(id);
    }
    let Role::Field(field) = tree.node(id).role else { return None };
    let are_bytes = matches!(tree.node(tree.resolve(id)).kind, Kind::Bytes | Kind::Interned);
    (field.is_table() && are_bytes).then_some((tree.parent(id)?, field))
}

fn write_table(value: &mut Styled, pyc: &Pyc, id: NodeId, code: NodeId, field: Field) {
    let payload = pyc.tree().node(id).payload();
    let size = u64::from(payload.len());
    let (count, unit) = match field {
        Field::Code => (pyc.bytecode_index(code).count() as u64, "instruction"),
        Field::Localspluskinds => (size, "variable"),
        Field::Linetable if pyc.python().format.lines != pycxray::python::LineTable::Pep657 => {
            (size.div_ceil(2), "entry")
        }
        _ => {
            // Bit 7 marks the first byte of an entry.
            (bytes(pyc, payload).iter().filter(|&&byte| byte & 0x80 != 0).count() as u64, "entry")
        }
    };
    value.write(Style::Plain, format_args!("{}, {}", counted(count, unit), counted(size, "byte")));
}

fn write_code(text: &mut ValueText, pyc: &Pyc, id: NodeId) {
    let Some(code) = pyc.code(id) else { return };
    let value = &mut text.value;
    let top = matches!(pyc.tree().node(id).role, Role::Root | Role::Recovered);
    value.push(Style::Muted, if top { "" } else { "code " });
    value.push(Style::Strong, &labels::code_name(pyc, id));
    write_parameters(value, &code);
    if !top {
        text.meaning = code.number(Field::Firstlineno).map_or_else(String::new, |line| format!("line {line}"));
    } else if let Some(file) = code.text(Field::Filename) {
        value.write(Style::Plain, format_args!(" {}", text_of(file, ROW)));
    }
}

/// `CO_VARARGS`: the last positional parameter takes all that is left over, as a tuple.
const VARARGS: i64 = 4;
/// `CO_VARKEYWORDS`: the last parameter takes the keyword arguments left over, as a dict.
const VARKEYWORDS: i64 = 8;
/// `CO_OPTIMIZED`: the body of a function.
const OPTIMIZED: i64 = 1;

/// How many parameters are written at most.
const PARAMETERS: usize = 12;

/// The parameters of a function: `(data, /, start, *, stop)`. Nothing for a module or class.
pub(crate) fn write_parameters(value: &mut Styled, code: &Code<'_>) {
    let flags = code.number(Field::Flags).unwrap_or(0);
    let number = |field| code.number(field).unwrap_or(0).clamp(0, 0xffff) as usize;
    let (positional, only, keyword) =
        (number(Field::Argcount), number(Field::Posonlyargcount), number(Field::Kwonlyargcount));
    let (variadic, keywords) = (flags & VARARGS != 0, flags & VARKEYWORDS != 0);
    let named = positional + keyword;
    let all = named + usize::from(variadic) + usize::from(keywords);
    if flags & OPTIMIZED == 0 && all == 0 {
        return;
    }
    let field = if code.object(Field::Localsplusnames).is_some() { Field::Localsplusnames } else { Field::Varnames };
    let names: Vec<NodeId> = code.items(field).take(all).collect();
    let mut words = Words { value, code, names: &names, most: all.min(PARAMETERS) + 3, count: 0 };
    words.value.push(Style::Plain, "(");
    for position in 0..positional {
        words.add("", Some(position));
        if position + 1 == only {
            words.add("/", None);
        }
    }
    if variadic {
        words.add("*", Some(named));
    } else if keyword > 0 {
        words.add("*", None);
    }
    for position in positional..named {
        words.add("", Some(position));
    }
    if keywords {
        words.add("**", Some(all - 1));
    }
    words.value.push(Style::Plain, ")");
}

/// The words between the parentheses of parameters.
struct Words<'w> {
    value: &'w mut Styled,
    code: &'w Code<'w>,
    names: &'w [NodeId],
    /// How many are written; the next one becomes `…`.
    most: usize,
    count: usize,
}

impl Words<'_> {
    /// Adds stars or a slash, and the name of a variable.
    fn add(&mut self, prefix: &str, position: Option<usize>) {
        self.count += 1;
        if self.count > self.most + 1 {
            return;
        }
        if self.count > 1 {
            self.value.push(Style::Plain, ", ");
        }
        if self.count > self.most {
            self.value.push(Style::Muted, "…");
            return;
        }
        self.value.push(Style::Plain, prefix);
        if let Some(position) = position {
            let name = self.names.get(position);
            self.value.push(Style::Plain, &name.map_or("?".to_owned(), |&name| name_text(self.code.pyc(), name)));
        }
    }
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
