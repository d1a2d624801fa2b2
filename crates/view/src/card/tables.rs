//! Cards of table entries, and of bytes that are part of nothing.

use pycxray::{Field, Item, NodeId, Span};

use super::{Card, words};
use crate::number::counted;
use crate::safe::text_of;
use crate::{Document, Ink, Styled, labels, local_kinds, values};

impl Document {
    pub(super) fn line_card(&self, card: &mut Card, code: NodeId, offset: u32) {
        let Some(bytecode) = self.bytecodes.get(&self.pyc, code) else { return };
        let Some(entry) = bytecode.line_entry(&self.pyc, offset) else { return };
        card.title = "line table entry".to_owned();
        card.subtitle = format!("of {}, at {offset} in the table", labels::code_name(&self.pyc, code));
        card.text.push(Styled::prose(words::line_entry(entry.kind)));
        card.define("source", values::source_position(&entry.position));
        card.define("bytecode", self.range_link(code, entry.start, entry.end));
        if entry.damaged {
            card.define("damaged", Styled::of(Ink::Damage, "its numbers do not fill its bytes, or are too great"));
        }
    }

    pub(super) fn exception_card(&self, card: &mut Card, code: NodeId, offset: u32) {
        let Some(entry) = values::exception_entry_at(&self.pyc, code, offset) else { return };
        card.title = "exception table entry".to_owned();
        card.subtitle = format!("of {}, at {offset} in the table", labels::code_name(&self.pyc, code));
        card.text.push(Styled::plain(
            "When an exception is raised in the guarded bytecode, the stack is cut to the depth named here and execution \
            goes on at the handler.",
        ));
        card.define("guards", self.range_link(code, entry.start, entry.end));
        card.define("handler", self.offset_link(code, entry.target));
        card.define("stack depth", Styled::of(Ink::Number, entry.depth.to_string()));
        let lasti = if entry.lasti {
            "the offset of the instruction that raised is pushed before the exception, for raising it again"
        } else {
            "not pushed"
        };
        card.define("lasti", Styled::plain(lasti));
        if entry.damaged {
            card.define("damaged", Styled::of(Ink::Damage, "its numbers do not fill its bytes, or are too great"));
        }
    }

    pub(super) fn local_kind_card(&self, card: &mut Card, code: NodeId, position: u32) {
        let span = self.pyc.span(card.item);
        let byte = self.pyc.bytes().get(span.start as usize).copied().unwrap_or(0);
        let name =
            self.pyc.code(code).and_then(|code| self.pyc.tree().item(code.tuple(Field::Localsplusnames)?, position));
        card.title = name.map_or_else(|| format!("variable {position}"), |name| values::name_text(&self.pyc, name));
        card.subtitle = format!("kind of variable {position} of {}", labels::code_name(&self.pyc, code));
        card.text.push(Styled::prose(words::field(Field::Localspluskinds)));
        card.define("value", Styled::of(Ink::Number, format!("{byte:#04x}")));
        for (bit, word, sentence) in local_kinds::BITS.iter().rev().filter(|(bit, ..)| byte & bit != 0) {
            card.define(&format!("{bit:#04x} {word}"), Styled::prose(sentence));
        }
        match name {
            Some(name) => card.define("name", self.object_link(name)),
            None => card.define("name", Styled::of(Ink::Damage, "there is none for it")),
        }
    }

    pub(super) fn loose_bytes_card(&self, card: &mut Card) {
        let trailing = matches!(card.item, Item::Trailing(_));
        card.subtitle = counted(card.span.len().into(), "byte");
        card.text.push(Styled::plain(if trailing {
            "Bytes behind the object that the file holds. The interpreter does not read them; something may be hidden here."
        } else {
            "Bytes that could not be decoded, because of damage before them or in them."
        }));
        card.define("as text", Styled::of(Ink::Str, self.text_at(card.span)));
        // What stands last before undecoded bytes is what keeps them from being decoded.
        let before = self.troubles.iter().filter(|trouble| trouble.span.start < card.span.start);
        if let Some(cause) = before.max_by_key(|trouble| trouble.span.start).filter(|_| !trailing) {
            let place = crate::hex_offset(cause.span.start);
            let value = match cause.item {
                Some(item) => Styled::default().with_link(Ink::Jump, place, item),
                None => Styled::plain(place),
            };
            card.define("because of", value.with(Ink::Plain, format!(": {}", cause.message)));
        }
    }

    fn text_at(&self, span: Span) -> String {
        let bytes = self.pyc.bytes().get(span.start as usize..span.end as usize).unwrap_or(&[]);
        text_of(bytes, 120)
    }

    /// The instructions of a range, linked to the first: `46 LOAD_GLOBAL to 56`.
    fn range_link(&self, code: NodeId, start: u32, end: u32) -> Styled {
        if start >= end {
            return Styled::of(Ink::Muted, "none");
        }
        self.offset_link(code, start).with(Ink::Plain, " up to ").with(Ink::Number, end.to_string())
    }

    fn offset_link(&self, code: NodeId, offset: u32) -> Styled {
        match self.pyc.instruction_at(code, offset) {
            Some(instruction) if instruction.offset == offset => {
                let name = labels::instruction(&self.pyc, code, offset);
                Styled::default().with_link(Ink::Jump, name, Item::Instruction(code, offset))
            }
            // Entries that are short go on in the caches of an instruction.
            Some(instruction) if offset >= instruction.offset + instruction.size => {
                let name = labels::instruction(&self.pyc, code, instruction.offset);
                Styled::plain(format!("{offset}, in the caches of ")).with_link(
                    Ink::Jump,
                    name,
                    Item::Instruction(code, instruction.offset),
                )
            }
            Some(_) => Styled::of(Ink::Damage, format!("{offset}, inside an instruction")),
            None => Styled::of(Ink::Damage, format!("{offset}, outside of the bytecode")),
        }
    }
}
