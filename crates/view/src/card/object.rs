//! Cards of marshalled objects and their parts.

use pycxray::{Item, Kind, Node, NodeId, Role, Value};

use super::{List, WHOLE, words};
use crate::constant::constant;
use crate::file::File;
use crate::item::byte_at;
use crate::number::counted;
use crate::protocol::{Card, Style, Styled};
use crate::{labels, values};

/// How many references a card names.
const LISTED: usize = 12;

/// In longer texts, in bytes, characters are not counted.
const COUNTED: usize = 1 << 20;

impl File {
    pub(super) fn object_card(&self, card: &mut Card, id: NodeId) {
        let node = *self.pyc.tree().node(id);
        for part in self.pyc.parts(id) {
            card.parts.push(self.part(part));
        }
        if let Some(target) = self.pyc.tree().target(id) {
            self.reference_card(card, id, target);
            return;
        }
        if node.kind.is_code() {
            self.code_card(card, id);
        } else {
            explain(card, &node);
            self.define_value(card, id);
        }
        if !node.is_complete() {
            card.damage("It is cut off: the file, or what can be read of it, ends inside.");
        }
        if matches!(node.role, Role::Item) && !node.kind.is_code() {
            self.write_users(card.define("used by"), id);
        }
        if let Some(index) = node.reference_index() {
            card.define("reference list").write(Style::Plain, format_args!("number {index}, because of FLAG_REF"));
        }
        self.write_references(card.define("referred to by"), id);
    }

    fn reference_card(&self, card: &mut Card, id: NodeId, target: NodeId) {
        let node = self.pyc.tree().node(id);
        explain(card, node);
        self.write_object(card.define("leads to"), target);
        card.define("value").append(values::of(&self.pyc, Item::Object(id), WHOLE).value);
        if matches!(node.role, Role::Item) {
            self.write_users(card.define("used by"), id);
        }
    }

    fn define_value(&self, card: &mut Card, id: NodeId) {
        let node = *self.pyc.tree().node(id);
        let value = self.pyc.value(id);
        card.define("value").append(match value {
            Value::Container => constant(&self.pyc, id, WHOLE),
            _ => values::of(&self.pyc, Item::Object(id), WHOLE).value,
        });
        match value {
            Value::Container => {
                card.define("items").number(values::count_of(&self.pyc, id) as i64);
            }
            Value::Int(number) if !(-9..=9).contains(&number) => {
                let sign = if number < 0 { "-" } else { "" };
                card.define("hexadecimal").write(Style::Number, format_args!("{sign}{:#x}", number.unsigned_abs()));
            }
            Value::Long { digits, .. } => {
                let count = digits.len() as u64 / 2;
                let (digits, bits) = (counted(count, "digit"), count * 15);
                let size = card.define("size");
                size.write(Style::Plain, format_args!("{digits} of 15 bits, {bits} bits at most"));
            }
            Value::Float(float) => {
                card.define("bits").write(Style::Number, format_args!("{:#018x}", float.to_bits()));
            }
            Value::Text(text) => write_length(card.define("length"), text),
            Value::Bytes(text) if self.pyc.table(id).is_none() => {
                card.define("length").push(Style::Plain, &counted(text.len() as u64, "byte"));
            }
            Value::Reference(index) => {
                let leads = card.define("leads to");
                leads.write(
                    Style::Damage,
                    format_args!("number {index} of the reference list, where no such object is"),
                );
            }
            _ if node.kind == Kind::Invalid => {
                card.damage("What follows cannot be told apart from here on.");
            }
            _ => {}
        }
    }

    /// An object, named by its path from its code object, and linked.
    pub(super) fn write_object(&self, value: &mut Styled, id: NodeId) {
        let mut name = labels::path_step(&self.pyc, Item::Object(id));
        let mut inner = id;
        while let Some(outer) = self.pyc.tree().parent(inner).filter(|_| name.len() < 200) {
            let is_code = labels::is_code(&self.pyc, outer);
            let step = match is_code {
                true => labels::code_name(&self.pyc, outer),
                false => labels::path_step(&self.pyc, Item::Object(outer)),
            };
            name.insert_str(0, &step);
            if is_code {
                break;
            }
            inner = outer;
        }
        value.push_link(Style::Plain, name, Item::Object(id));
    }

    /// The references that lead to an object.
    fn write_references(&self, value: &mut Styled, id: NodeId) {
        let mut references = self.references().to(id);
        let mut list = List::new(value, LISTED);
        for reference in references.by_ref().take(LISTED) {
            if let Some(value) = list.next() {
                self.write_object(value, reference);
            }
        }
        list.skip(references.len());
        list.end();
    }

    /// The card of a type code, a length or a payload.
    pub(super) fn part_card(&self, card: &mut Card, item: Item, id: NodeId) {
        let kind = self.pyc.tree().node(id).kind;
        match item {
            Item::TypeCode(_) => {
                card.subtitle.push_str(kind.name());
                card.paragraph("The byte that says what kind of object follows.");
                card.paragraph(kind.doc());
            }
            Item::Length(_) => card.paragraph(match kind {
                _ if kind.is_container() => "How many items follow.",
                Kind::Long => "How many digits of 15 bits follow. Below 0, the number itself is.",
                _ => "How many bytes follow.",
            }),
            _ => card.paragraph("The object's own bytes, behind its type code and its length."),
        }
        let value = values::of(&self.pyc, item, WHOLE).value;
        card.define("value").append(value);
        if matches!(item, Item::TypeCode(_)) {
            self.define_type_code(card, id);
        }
        let owner = card.define("belongs to");
        match kind.is_code() {
            true => {
                owner.push_link(Style::Plain, labels::code_name(&self.pyc, id), Item::Object(id));
            }
            false => self.write_object(owner, id),
        }
    }

    fn define_type_code(&self, card: &mut Card, id: NodeId) {
        let node = self.pyc.tree().node(id);
        let byte = byte_at(&self.pyc, node.span.start) & 0x7f;
        if byte.is_ascii_graphic() {
            card.define("character").write(Style::Code, format_args!("{}", char::from(byte)));
        }
        let (major, minor) = node.kind.since();
        if node.kind != Kind::Invalid {
            card.define("since").write(Style::Plain, format_args!("Python {major}.{minor}"));
        }
        if node.has_flag_ref() {
            let flag = card.define("FLAG_REF").push(Style::Plain, "set: the object is added to the reference list");
            if let Some(index) = node.reference_index() {
                flag.write(Style::Plain, format_args!(", number {index}"));
            }
            flag.push(Style::Plain, ", so that later ones can refer to it");
        }
    }
}

/// Says what an object is: to the code object of which it is a field, and by its kind.
fn explain(card: &mut Card, node: &Node) {
    if let Role::Field(field) = node.role {
        card.write_subtitle(format_args!("co_{} · ", field.name()));
        card.paragraph(words::field(field));
    }
    card.subtitle.push_str(node.kind.name());
    card.paragraph(node.kind.doc());
}

/// How long a text is, in characters where they can be counted.
fn write_length(value: &mut Styled, text: &[u8]) {
    let bytes = counted(text.len() as u64, "byte");
    if text.len() > COUNTED {
        value.push(Style::Plain, &bytes);
        return;
    }
    // Bytes that go on a character are not counted.
    let characters = text.iter().filter(|&&byte| byte & 0xc0 != 0x80).count();
    value.push(Style::Plain, &counted(characters as u64, "character"));
    if characters < text.len() {
        value.write(Style::Plain, format_args!(" in {bytes}"));
    }
}
