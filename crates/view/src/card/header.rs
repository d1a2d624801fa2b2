//! Cards of the header and its fields.

use pycxray::{HeaderField, HeaderKind, Item};

use super::{Card, words};
use crate::{Document, Ink, Styled, date, summary, values};

impl Document {
    /// When the source was changed last, in seconds since 1970, UTC: for asking how far the reader's clocks were from UTC then.
    #[must_use]
    pub fn mtime(&self) -> Option<u32> {
        self.pyc.header().mtime
    }

    /// Says how many minutes the reader's clocks were ahead of UTC at [`Document::mtime`]: the card gives the time by them too.
    pub fn set_minutes_ahead(&mut self, minutes: i32) {
        self.minutes_ahead = Some(minutes);
    }

    pub(super) fn header_card(&self, card: &mut Card) {
        let header = self.pyc.header();
        card.title = "header".to_owned();
        card.subtitle = match header.kind() {
            HeaderKind::None => "none",
            HeaderKind::Timestamp => "timestamp-based",
            HeaderKind::Hash => "hash-based",
        }
        .to_owned();
        card.text.push(Styled::plain(
            "What precedes the marshalled code: which Python wrote the file, and for which state of its source.",
        ));
        card.text.push(Styled::plain(match (header.kind(), header.check_source()) {
            (HeaderKind::Hash, Some(true)) => {
                "At import the interpreter hashes the source and compiles anew if the hash differs."
            }
            (HeaderKind::Hash, _) => "The interpreter never compares it with its source: what is in the file is run.",
            _ => "At import the interpreter compares it with the source's time and size, and compiles anew if they differ.",
        }));
        for position in 0..header.fields.len() as u8 {
            let part = self.part(Item::HeaderField(position));
            card.define(&part.label, part.value.clone());
            card.parts.push(part);
        }
    }

    pub(super) fn header_field_card(&self, card: &mut Card, position: u8) {
        let header = self.pyc.header();
        let Some(&(field, _)) = header.fields.get(usize::from(position)) else { return };
        card.title = field.name().to_owned();
        card.subtitle = "field of the header".to_owned();
        card.text.push(Styled::plain(words::header_field(field)));
        match field {
            HeaderField::Magic => self.define_magic(card),
            HeaderField::Flags => {
                let flags = header.flags.unwrap_or(0);
                card.define("value", Styled::of(Ink::Number, format!("{flags:#x}")));
                let hash =
                    if flags & 1 != 0 { "set: by a hash of the source" } else { "not set: by its time and size" };
                card.define("bit 0", Styled::plain(hash));
                let check = if flags & 2 != 0 { "set: the hash is checked at import" } else { "not set" };
                card.define("bit 1", Styled::plain(check));
                if header.reserved_flags() != 0 {
                    let reserved = format!("{:#x}: bits without a meaning", header.reserved_flags());
                    card.define("others", Styled::of(Ink::Damage, reserved));
                }
            }
            HeaderField::Mtime => {
                let mtime = header.mtime.unwrap_or(0);
                card.define("UTC", Styled::plain(date::utc(mtime.into())));
                if let Some(minutes) = self.minutes_ahead {
                    card.define("local time", Styled::plain(date::local(mtime.into(), minutes)));
                }
                card.define("seconds", Styled::of(Ink::Number, mtime.to_string()).with(Ink::Muted, " since 1970"));
            }
            HeaderField::SourceSize | HeaderField::SourceHash | HeaderField::Cut => {
                card.define("value", values::of(&self.pyc, card.item, values::ROW).value);
            }
        }
    }

    fn define_magic(&self, card: &mut Card) {
        let Some(magic) = self.pyc.header().magic else { return };
        card.define("value", Styled::of(Ink::Number, magic.to_string()).with(Ink::Muted, format!(" {magic:#x}")));
        let found = self.pyc.bytes().first_chunk().and_then(|first| pycxray::magic::of(*first));
        let Some(found) = found else {
            card.define("written by", Styled::of(Ink::Damage, "no Python known"));
            return;
        };
        let name = found.magic.writer();
        let unicode = if found.unicode { ", run with -U" } else { "" };
        card.define("written by", Styled::plain(format!("{name}{unicode}")));
        card.define("first used by", Styled::plain(found.magic.first_seen));
        if let Some(other) = found.other {
            let other = format!("{} {}", other.implementation, other.version);
            card.define("also used by", Styled::plain(other));
        }
        if magic < 0x1_0000 {
            card.define(
                "CR LF",
                Styled::plain("the two bytes behind it: a transfer as text would spoil them, and be seen"),
            );
        }
        let read_as = summary::python_name(self.pyc.python());
        if read_as != name {
            card.define("read as", Styled::plain(read_as));
        }
    }
}
