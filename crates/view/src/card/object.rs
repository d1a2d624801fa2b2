//! Cards of marshalled objects and their parts.

use pycxray::{Item, Kind, NodeId, Role, Value};

use super::{Card, WHOLE, words};
use crate::constant::constant;
use crate::number::counted;
use crate::{Document, Ink, Styled, labels, values};

/// How many references a card names.
const LISTED: usize = 12;

/// In longer texts, in bytes, characters are not counted.
const COUNTED: usize = 1 << 20;

impl Document {
    pub(super) fn object_card(&self, card: &mut Card, id: NodeId) {
        let node = *self.pyc.tree().node(id);
        card.parts = self.pyc.parts(id).map(|part| self.part(part)).collect();
        if let Some(target) = self.pyc.tree().target(id) {
            self.reference_card(card, id, target);
            return;
        }
        if node.kind.is_code() {
            self.code_card(card, id);
        } else {
            card.subtitle = node.kind.name().to_owned();
            if let Role::Field(field) = node.role {
                card.subtitle = format!("co_{} · {}", field.name(), node.kind.name());
                card.text.push(Styled::prose(words::field(field)));
            }
            card.text.push(Styled::prose(node.kind.doc()));
            self.define_value(card, id);
        }
        if !node.is_complete() {
            card.text.push(Styled::of(Ink::Damage, "It is cut off: the file, or what can be read of it, ends inside."));
        }
        if matches!(node.role, Role::Item) && !node.kind.is_code() {
            card.define("used by", self.used_by(id));
        }
        if let Some(index) = node.reference_index() {
            card.define("reference list", Styled::plain(format!("number {index}, because of FLAG_REF")));
        }
        card.define("referred to by", self.referred_to_by(id));
    }

    fn reference_card(&self, card: &mut Card, id: NodeId, target: NodeId) {
        card.subtitle = self.pyc.tree().node(id).kind.name().to_owned();
        card.text.push(Styled::prose(self.pyc.tree().node(id).kind.doc()));
        card.define("leads to", self.object_link(target));
        card.define("value", values::of(&self.pyc, Item::Object(target), WHOLE).value);
        if matches!(self.pyc.tree().node(id).role, Role::Item) {
            card.define("used by", self.used_by(id));
        }
    }

    fn define_value(&self, card: &mut Card, id: NodeId) {
        let node = *self.pyc.tree().node(id);
        let table = self.pyc.table(id).is_some();
        let value = self.pyc.value(id);
        let meant = match value {
            Value::Container => constant(&self.pyc, id, WHOLE),
            _ => values::of(&self.pyc, Item::Object(id), WHOLE).value,
        };
        card.define("value", meant);
        match value {
            Value::Container => {
                card.define("items", Styled::of(Ink::Number, values::count_of(&self.pyc, id).to_string()));
            }
            Value::Int(number) if !(-9..=9).contains(&number) => {
                let sign = if number < 0 { "-" } else { "" };
                card.define("hexadecimal", Styled::of(Ink::Number, format!("{sign}{:#x}", number.unsigned_abs())));
            }
            Value::Long { digits, .. } => {
                let bits = digits.len() as u64 / 2 * 15;
                card.define(
                    "size",
                    Styled::plain(format!(
                        "{} of 15 bits, {bits} bits at most",
                        counted(digits.len() as u64 / 2, "digit")
                    )),
                );
            }
            Value::Float(float) => {
                card.define("bits", Styled::of(Ink::Number, format!("{:#018x}", float.to_bits())));
            }
            Value::Text(text) => {
                let bytes = text.len() as u64;
                let length = if text.len() > COUNTED {
                    counted(bytes, "byte")
                } else {
                    // Bytes that go on a character are not counted.
                    let characters = text.iter().filter(|&&byte| byte & 0xc0 != 0x80).count() as u64;
                    let size =
                        if characters == bytes { String::new() } else { format!(" in {}", counted(bytes, "byte")) };
                    format!("{}{size}", counted(characters, "character"))
                };
                card.define("length", Styled::plain(length));
            }
            Value::Bytes(text) if !table => {
                card.define("length", Styled::plain(counted(text.len() as u64, "byte")));
            }
            Value::Reference(index) => {
                let text = format!("number {index} of the reference list, where no such object is");
                card.define("leads to", Styled::of(Ink::Damage, text));
            }
            _ if node.kind == Kind::Invalid => {
                card.text.push(Styled::of(Ink::Damage, "What follows cannot be told apart from here on."));
            }
            _ => {}
        }
    }

    /// An object, named by its path from its code object, and linked.
    pub(super) fn object_link(&self, id: NodeId) -> Styled {
        let mut name = labels::path_step(&self.pyc, Item::Object(id));
        let mut inner = id;
        while let Some(outer) = self.pyc.tree().parent(inner).filter(|_| name.len() < 200) {
            if self.pyc.tree().node(outer).kind.is_code() {
                name = format!("{}{name}", labels::code_name(&self.pyc, outer));
                break;
            }
            name = format!("{}{name}", labels::path_step(&self.pyc, Item::Object(outer)));
            inner = outer;
        }
        Styled::default().with_link(Ink::Plain, name, Item::Object(id))
    }

    /// The references that lead to an object.
    fn referred_to_by(&self, id: NodeId) -> Styled {
        let references = self.references().to(id);
        let count = references.len();
        let mut value = Styled::default();
        for reference in references.take(LISTED) {
            if !value.is_empty() {
                value.push(Ink::Plain, ", ");
            }
            value = value.and(self.object_link(reference));
        }
        if count > LISTED {
            value.push(Ink::Muted, format!(" and {} more", count - LISTED));
        }
        value
    }

    /// The card of a type code, a length or a payload.
    pub(super) fn part_card(&self, card: &mut Card, id: NodeId) {
        let node = *self.pyc.tree().node(id);
        let meant = values::of(&self.pyc, card.item, WHOLE);
        let owner = match node.kind.is_code() {
            true => Styled::default().with_link(Ink::Plain, labels::code_name(&self.pyc, id), Item::Object(id)),
            false => self.object_link(id),
        };
        match card.item {
            Item::TypeCode(_) => {
                card.subtitle = node.kind.name().to_owned();
                card.text.push(Styled::plain("The byte that says what kind of object follows."));
                card.text.push(Styled::prose(node.kind.doc()));
                card.define("value", meant.value);
                let byte = self.pyc.bytes().get(node.span.start as usize).copied().unwrap_or(0) & 0x7f;
                if byte.is_ascii_graphic() {
                    card.define("character", Styled::of(Ink::Code, char::from(byte).to_string()));
                }
                let (major, minor) = node.kind.since();
                if node.kind != Kind::Invalid {
                    card.define("since", Styled::plain(format!("Python {major}.{minor}")));
                }
                if node.has_flag_ref() {
                    let number = node.reference_index().map_or_else(String::new, |index| format!(", number {index}"));
                    let text = format!(
                        "set: the object is added to the reference list{number}, so that later ones can refer to it"
                    );
                    card.define("FLAG_REF", Styled::plain(text));
                }
            }
            Item::Length(_) if node.kind.is_container() => {
                card.text.push(Styled::plain("How many items follow."));
                card.define("value", meant.value);
            }
            Item::Length(_) => {
                card.text.push(Styled::plain(match node.kind {
                    Kind::Long => "How many digits of 15 bits follow. Below 0, the number itself is.",
                    _ => "How many bytes follow.",
                }));
                card.define("value", meant.value);
            }
            _ => {
                card.text.push(Styled::plain("The object's own bytes, behind its type code and its length."));
                card.define("value", meant.value);
            }
        }
        card.define("belongs to", owner);
    }
}
