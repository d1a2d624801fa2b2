//! Cards of the header and its fields.

use pycxray::{HeaderField, HeaderKind, Item};

use super::{Card, Part, words};
use crate::{Document, Ink, date, summary, values};

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
        card.call("header");
        card.subtitle.push_str(match header.kind() {
            HeaderKind::None => "none",
            HeaderKind::Timestamp => "timestamp-based",
            HeaderKind::Hash => "hash-based",
        });
        card.tell("What precedes the marshalled code: which Python wrote the file, and for which state of its source.");
        card.tell(match (header.kind(), header.check_source()) {
            (HeaderKind::Hash, Some(true)) => {
                "At import the interpreter hashes the source and compiles anew if the hash differs."
            }
            (HeaderKind::Hash, _) => "The interpreter never compares it with its source: what is in the file is run.",
            _ => "At import the interpreter compares it with the source's time and size, and compiles anew if they differ.",
        });
        for position in 0..header.fields.len() as u8 {
            let field = Item::HeaderField(position);
            card.parts.push(self.part(field));
            let Part { label, value, .. } = self.part(field);
            card.define(&label).append(value);
        }
    }

    pub(super) fn header_field_card(&self, card: &mut Card, position: u8) {
        let header = self.pyc.header();
        let Some(&(field, _)) = header.fields.get(usize::from(position)) else { return };
        card.call(field.name());
        card.subtitle.push_str("field of the header");
        card.tell(words::header_field(field));
        match field {
            HeaderField::Magic => self.define_magic(card),
            HeaderField::Flags => {
                let flags = header.flags.unwrap_or(0);
                card.define("value").write(Ink::Number, format_args!("{flags:#x}"));
                let hash =
                    if flags & 1 != 0 { "set: by a hash of the source" } else { "not set: by its time and size" };
                card.define("bit 0").push(Ink::Plain, hash);
                let check = if flags & 2 != 0 { "set: the hash is checked at import" } else { "not set" };
                card.define("bit 1").push(Ink::Plain, check);
                let reserved = header.reserved_flags();
                if reserved != 0 {
                    card.define("others").write(Ink::Damage, format_args!("{reserved:#x}: bits without a meaning"));
                }
            }
            HeaderField::Mtime => {
                let mtime = header.mtime.unwrap_or(0).into();
                card.define("UTC").push_string(Ink::Plain, date::utc(mtime));
                if let Some(minutes) = self.minutes_ahead {
                    card.define("local time").push_string(Ink::Plain, date::local(mtime, minutes));
                }
                card.define("seconds").number(mtime).push(Ink::Muted, " since 1970");
            }
            HeaderField::SourceSize | HeaderField::SourceHash | HeaderField::Cut => {
                let value = values::of(&self.pyc, card.item, values::ROW).value;
                card.define("value").append(value);
            }
        }
    }

    fn define_magic(&self, card: &mut Card) {
        let Some(magic) = self.pyc.header().magic else { return };
        card.define("value").number(magic.into()).write(Ink::Muted, format_args!(" {magic:#x}"));
        let found = self.pyc.bytes().first_chunk().and_then(|first| pycxray::magic::of(*first));
        let Some(found) = found else {
            card.define("written by").push(Ink::Damage, "no Python known");
            return;
        };
        let name = found.magic.writer();
        let unicode = if found.unicode { ", run with -U" } else { "" };
        card.define("written by").push(Ink::Plain, &name).push(Ink::Plain, unicode);
        card.define("first used by").push(Ink::Plain, found.magic.first_seen);
        if let Some(other) = found.other {
            card.define("also used by").write(Ink::Plain, format_args!("{} {}", other.implementation, other.version));
        }
        if magic < 0x1_0000 {
            let why = "the two bytes behind it: a transfer as text would spoil them, and be seen";
            card.define("CR LF").push(Ink::Plain, why);
        }
        let read_as = summary::python_name(self.pyc.python());
        if read_as != name {
            card.define("read as").push_string(Ink::Plain, read_as);
        }
    }
}
