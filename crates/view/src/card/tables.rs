//! Cards of table entries, and of bytes that are part of nothing.

use pycxray::{Field, Item, NodeId};

use super::{Card, words};
use crate::item::{byte_at, bytes};
use crate::number::counted;
use crate::safe::text_of;
use crate::{Document, Ink, Problem, Styled, labels, local_kinds, values};

impl Document {
    pub(super) fn line_card(&self, card: &mut Card, code: NodeId, offset: u32) {
        let Some(bytecode) = self.bytecodes.get(&self.pyc, code) else { return };
        let Some(entry) = bytecode.line_entry(&self.pyc, offset) else { return };
        self.name_entry(card, "line table entry", code, offset);
        card.tell(words::line_entry(entry.kind));
        values::say_position(card.define("source"), &entry.position);
        self.say_range(card.define("bytecode"), code, entry.start, entry.end);
        define_damage(card, entry.damaged);
    }

    pub(super) fn exception_card(&self, card: &mut Card, code: NodeId, offset: u32) {
        let Some(entry) = values::exception_entry_at(&self.pyc, code, offset) else { return };
        self.name_entry(card, "exception table entry", code, offset);
        card.tell(
            "When an exception is raised in the guarded bytecode, the stack is cut to the depth named here and execution \
            goes on at the handler.",
        );
        self.say_range(card.define("guards"), code, entry.start, entry.end);
        self.say_place(card.define("handler"), code, entry.target);
        card.define("stack depth").number(entry.depth.into());
        let lasti = if entry.lasti {
            "the offset of the instruction that raised is pushed before the exception, for raising it again"
        } else {
            "not pushed"
        };
        card.define("lasti").push(Ink::Plain, lasti);
        define_damage(card, entry.damaged);
    }

    fn name_entry(&self, card: &mut Card, title: &str, code: NodeId, offset: u32) {
        card.call(title);
        card.beside(format_args!("of {}, at {offset} in the table", labels::code_name(&self.pyc, code)));
    }

    pub(super) fn local_kind_card(&self, card: &mut Card, code: NodeId, position: u32) {
        let byte = byte_at(&self.pyc, card.span.start);
        let name =
            self.pyc.code(code).and_then(|code| self.pyc.tree().item(code.tuple(Field::Localsplusnames)?, position));
        card.title = match name {
            Some(name) => values::name_text(&self.pyc, name),
            None => format!("variable {position}"),
        };
        card.beside(format_args!("kind of variable {position} of {}", labels::code_name(&self.pyc, code)));
        card.tell(words::field(Field::Localspluskinds));
        card.define("value").write(Ink::Number, format_args!("{byte:#04x}"));
        for (bit, word, sentence) in local_kinds::BITS.iter().rev().filter(|(bit, ..)| byte & bit != 0) {
            card.define(&format!("{bit:#04x} {word}")).prose(sentence);
        }
        let value = card.define("name");
        match name {
            Some(name) => self.say_object(value, name),
            None => {
                value.push(Ink::Damage, "there is none for it");
            }
        }
    }

    pub(super) fn loose_bytes_card(&self, card: &mut Card) {
        let (span, trailing) = (card.span, matches!(card.item, Item::Trailing(_)));
        card.subtitle.push_str(&counted(span.len().into(), "byte"));
        card.tell(if trailing {
            "Bytes behind the object that the file holds. The interpreter does not read them; something may be hidden here."
        } else {
            "Bytes that could not be decoded, because of damage before them or in them."
        });
        card.define("as text").push_string(Ink::Str, text_of(bytes(&self.pyc, span), 120));
        // What stands last before undecoded bytes is what keeps them from being decoded.
        let mut last: Option<&Problem> = None;
        for trouble in &self.troubles {
            let starts = last.map_or(0, |last| last.span.start)..span.start;
            if starts.contains(&trouble.span.start) {
                last = Some(trouble);
            }
        }
        if let Some(cause) = last.filter(|_| !trailing) {
            let value = card.define("because of");
            let place = crate::hex_offset(cause.span.start);
            match cause.item {
                Some(item) => value.push_link(Ink::Jump, place, item),
                None => value.push_string(Ink::Plain, place),
            };
            value.write(Ink::Plain, format_args!(": {}", cause.message));
        }
    }

    /// The instructions of a range, linked to the first: `46 LOAD_GLOBAL to 56`.
    fn say_range(&self, value: &mut Styled, code: NodeId, start: u32, end: u32) {
        if start >= end {
            value.push(Ink::Muted, "none");
            return;
        }
        self.say_place(value, code, start);
        value.push(Ink::Plain, " up to ").number(end.into());
    }

    /// A place in a bytecode that tables name: an instruction, linked.
    fn say_place(&self, value: &mut Styled, code: NodeId, offset: u32) {
        // Entries that are short go on in the caches of an instruction.
        let around = self.pyc.instruction_at(code, offset).filter(|around| offset >= around.offset + around.size);
        if around.is_some() {
            value.write(Ink::Plain, format_args!("{offset}, in the caches of "));
        }
        self.say_instruction(value, code, around.map_or(offset, |around| around.offset));
    }

    /// An instruction, named and linked.
    pub(super) fn say_instruction(&self, value: &mut Styled, code: NodeId, offset: u32) {
        match self.pyc.instruction_at(code, offset) {
            Some(there) if there.offset == offset => {
                let name = labels::instruction(&self.pyc, code, offset);
                value.push_link(Ink::Jump, name, Item::Instruction(code, offset));
            }
            Some(_) => {
                value.write(Ink::Damage, format_args!("{offset}, inside an instruction"));
            }
            None => {
                value.write(Ink::Damage, format_args!("{offset}, outside of the bytecode"));
            }
        }
    }
}

fn define_damage(card: &mut Card, damaged: bool) {
    if damaged {
        card.define("damaged").push(Ink::Damage, "its numbers do not fill its bytes, or are too great");
    }
}
