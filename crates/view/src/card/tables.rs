//! Cards of table entries, and of bytes that are part of nothing.

use pycxray::{Basis, Field, Item, NodeId};

use super::words;
use crate::file::File;
use crate::item::{byte_at, bytes};
use crate::number::counted;
use crate::problems::Problems;
use crate::protocol::{Card, Style, Styled};
use crate::text::text_of;
use crate::{labels, local_kinds, values};

impl File {
    pub(super) fn line_card(&self, card: &mut Card, code: NodeId, offset: u32) {
        let Some(bytecode) = self.bytecode(code) else { return };
        let Some(entry) = bytecode.line_entry(&self.pyc, offset) else { return };
        self.name_entry(card, "line table entry", code, offset);
        card.paragraph(words::line_entry(entry.kind));
        values::write_position(card.define("source"), &entry.position);
        self.write_range(card.define("bytecode"), code, entry.start, entry.end);
        define_damage(card, entry.damaged);
    }

    pub(super) fn exception_card(&self, card: &mut Card, code: NodeId, offset: u32) {
        let Some(entry) = values::exception_entry_at(&self.pyc, code, offset) else { return };
        self.name_entry(card, "exception table entry", code, offset);
        card.paragraph(
            "When an exception is raised in the guarded bytecode, the stack is cut to the depth named here and execution \
            goes on at the handler.",
        );
        self.write_range(card.define("guards"), code, entry.start, entry.end);
        self.write_place(card.define("handler"), code, entry.target);
        card.define("stack depth").number(entry.depth.into());
        let lasti = if entry.lasti {
            "the offset of the instruction that raised is pushed before the exception, for raising it again"
        } else {
            "not pushed"
        };
        card.define("lasti").push(Style::Plain, lasti);
        define_damage(card, entry.damaged);
    }

    fn name_entry(&self, card: &mut Card, title: &str, code: NodeId, offset: u32) {
        card.set_title(title);
        card.write_subtitle(format_args!("of {}, at {offset} in the table", labels::code_name(&self.pyc, code)));
    }

    pub(super) fn local_kind_card(&self, card: &mut Card, code: NodeId, position: u32) {
        let byte = byte_at(&self.pyc, card.span.start);
        let name =
            self.pyc.code(code).and_then(|code| self.pyc.tree().item(code.tuple(Field::Localsplusnames)?, position));
        card.title = match name {
            Some(name) => values::name_text(&self.pyc, name),
            None => format!("variable {position}"),
        };
        card.write_subtitle(format_args!("kind of variable {position} of {}", labels::code_name(&self.pyc, code)));
        card.paragraph(words::field(Field::Localspluskinds));
        card.define("value").write(Style::Number, format_args!("{byte:#04x}"));
        for (bit, word, sentence) in local_kinds::BITS.iter().rev().filter(|(bit, ..)| byte & bit != 0) {
            card.define(&format!("{bit:#04x} {word}")).prose(sentence);
        }
        let value = card.define("name");
        match name {
            Some(name) => self.write_object(value, name),
            None => {
                value.push(Style::Damage, "there is none for it");
            }
        }
    }

    pub(super) fn trailing_card(&self, card: &mut Card) {
        card.paragraph(
            "Bytes behind the object that the file holds. The interpreter does not read them; something may be hidden here.",
        );
        self.define_loose_bytes(card);
    }

    pub(super) fn undecoded_card(&self, card: &mut Card, problems: &Problems) {
        if let Some(other) = &self.other {
            card.title = other.name();
        }
        card.paragraph(match (&self.other, self.members()) {
            (None, _) if self.pyc.detection().basis == Basis::Nothing => {
                "The bytes of a file that is no .pyc file: nothing in them is anything that Python writes."
            }
            (None, _) => "Bytes that could not be decoded, because of damage before them or in them.",
            (_, Some(_)) => "All bytes of the file. Choosing a member shows which of them are its own.",
            (_, None) => "The bytes of a file that is no bytecode, as they are.",
        });
        self.define_loose_bytes(card);
        // What stands last before undecoded bytes is what keeps them from being decoded.
        let start = card.span.start;
        let before = problems.problems.iter().filter(|problem| problem.span.start < start);
        if let Some(cause) = before.max_by_key(|problem| problem.span.start) {
            let value = card.define("because of");
            let place = crate::hex_offset(cause.span.start);
            match cause.item {
                Some(item) => value.push_link(Style::Jump, place, item),
                None => value.push(Style::Plain, &place),
            };
            value.write(Style::Plain, format_args!(": {}", cause.message));
        }
    }

    fn define_loose_bytes(&self, card: &mut Card) {
        let span = card.span;
        card.subtitle.push_str(&counted(span.len().into(), "byte"));
        card.define("as text").push(Style::Str, &text_of(bytes(&self.pyc, span), 120));
    }

    /// The instructions of a range, linked to the first: `46 LOAD_GLOBAL to 56`.
    fn write_range(&self, value: &mut Styled, code: NodeId, start: u32, end: u32) {
        if start >= end {
            value.push(Style::Muted, "none");
            return;
        }
        self.write_place(value, code, start);
        value.push(Style::Plain, " up to ").number(end.into());
    }

    /// A place in a bytecode that tables name: an instruction, linked.
    fn write_place(&self, value: &mut Styled, code: NodeId, offset: u32) {
        // Entries that are short go on in the caches of an instruction.
        let around = self.pyc.instruction_at(code, offset).filter(|around| offset >= around.offset + around.size);
        if around.is_some() {
            value.write(Style::Plain, format_args!("{offset}, in the caches of "));
        }
        self.write_instruction(value, code, around.map_or(offset, |around| around.offset));
    }

    /// An instruction, named and linked.
    pub(super) fn write_instruction(&self, value: &mut Styled, code: NodeId, offset: u32) {
        match self.pyc.instruction_at(code, offset) {
            Some(there) if there.offset == offset => {
                let name = labels::instruction(&self.pyc, code, offset);
                value.push_link(Style::Jump, name, Item::Instruction(code, offset));
            }
            Some(_) => {
                value.write(Style::Damage, format_args!("{offset}, inside an instruction"));
            }
            None => {
                value.write(Style::Damage, format_args!("{offset}, outside of the bytecode"));
            }
        }
    }
}

fn define_damage(card: &mut Card, damaged: bool) {
    if damaged {
        card.define("damaged").push(Style::Damage, "its numbers do not fill its bytes, or are too great");
    }
}
