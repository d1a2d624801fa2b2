//! Cards of the header and its fields.

use pycxray::{HeaderField, HeaderKind, Item};

use super::words;
use crate::file::File;
use crate::protocol::{Card, CardPart, Style};
use crate::{date, reading, values};

impl File {
    pub(super) fn header_card(&self, card: &mut Card) {
        let header = self.pyc.header();
        card.set_title("header");
        card.subtitle.push_str(match header.kind() {
            HeaderKind::None => "none",
            HeaderKind::Timestamp => "timestamp-based",
            HeaderKind::Hash => "hash-based",
        });
        card.paragraph(
            "What precedes the marshalled code: which Python wrote the file, and for which state of its source.",
        );
        card.paragraph(match (header.kind(), header.check_source()) {
            (HeaderKind::Hash, Some(true)) => {
                "At import the interpreter hashes the source and compiles anew if the hash differs."
            }
            (HeaderKind::Hash, _) => "The interpreter never compares it with its source: what is in the file is run.",
            _ => "At import the interpreter compares it with the source's time and size, and compiles anew if they differ.",
        });
        for position in 0..header.fields.len() as u8 {
            let field = Item::HeaderField(position);
            card.parts.push(self.part(field));
            let CardPart { label, value, .. } = self.part(field);
            card.define(&label).append(value);
        }
    }

    pub(super) fn header_field_card(&self, card: &mut Card, position: u8) {
        let header = self.pyc.header();
        let Some(&(field, _)) = header.fields.get(usize::from(position)) else { return };
        card.set_title(field.name());
        card.subtitle.push_str("field of the header");
        card.paragraph(words::header_field(field));
        match field {
            HeaderField::Magic => self.define_magic(card),
            HeaderField::Flags => {
                let flags = header.flags.unwrap_or(0);
                card.define("value").write(Style::Number, format_args!("{flags:#x}"));
                let hash =
                    if flags & 1 != 0 { "set: by a hash of the source" } else { "not set: by its time and size" };
                card.define("bit 0").push(Style::Plain, hash);
                let check = if flags & 2 != 0 { "set: the hash is checked at import" } else { "not set" };
                card.define("bit 1").push(Style::Plain, check);
                let reserved = header.reserved_flags();
                if reserved != 0 {
                    card.define("others").write(Style::Damage, format_args!("{reserved:#x}: bits without a meaning"));
                }
            }
            HeaderField::Mtime => {
                let mtime = header.mtime.unwrap_or(0).into();
                card.define("UTC").push(Style::Plain, &date::utc(mtime));
                if let Some(minutes) = self.minutes_ahead {
                    card.define("local time").push(Style::Plain, &date::local(mtime, minutes));
                }
                card.define("seconds").number(mtime).push(Style::Muted, " since 1970");
            }
            HeaderField::SourceSize | HeaderField::SourceHash | HeaderField::Cut => {
                let value = values::of(&self.pyc, Item::HeaderField(position), values::ROW).value;
                card.define("value").append(value);
            }
        }
    }

    fn define_magic(&self, card: &mut Card) {
        let Some(magic) = self.pyc.header().magic else { return };
        card.define("value").number(magic.into()).write(Style::Muted, format_args!(" {magic:#x}"));
        let Some(found) = values::magic_found(&self.pyc) else {
            card.define("written by").push(Style::Damage, "no Python known");
            return;
        };
        let name = found.magic.writer();
        let unicode = if found.unicode { ", run with -U" } else { "" };
        card.define("written by").push(Style::Plain, &name).push(Style::Plain, unicode);
        // One that is a build's alone has no number among those that are known.
        if found.magic.number > 0 {
            card.define("first used by").push(Style::Plain, found.magic.first_seen);
        }
        if let Some(other) = found.other {
            card.define("also used by").write(Style::Plain, format_args!("{} {}", other.implementation, other.version));
        }
        if magic < 0x1_0000 {
            let why = "the two bytes behind it: a transfer as text would spoil them, and be seen";
            card.define("CR LF").push(Style::Plain, why);
        }
        let read_as = reading::python_name(self.pyc.python());
        if read_as != name {
            card.define("read as").push(Style::Plain, &read_as);
        }
    }
}
