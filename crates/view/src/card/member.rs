//! The details of a member of an archive or a frozen program.

use crate::file::File;
use crate::members::Members;
use crate::number::counted;
use crate::protocol::{Card, Style};

impl File {
    /// Says of a file which member of it is chosen, in place of what there is to say of all its bytes.
    pub(crate) fn describe_member(&self, card: &mut Card, members: &Members, number: u32) {
        let Some(member) = members.name(number) else { return };
        let (kind, python) = members.kind(number);
        card.set_title(member.name.rsplit(['/', '\\', '!']).next().unwrap_or_default());
        card.subtitle = kind;
        card.text.clear();
        card.definitions.clear();
        card.paragraph("A member of this file. It opens in a tab of its own, or is saved as a file.");
        card.define("name").push(Style::Plain, &member.name);
        if let Some(python) = python {
            card.define("Python").push(Style::Plain, &python);
        }
        if let Some(size) = member.size {
            card.define("size").push(Style::Plain, &counted(size, "byte"));
        }
        match members.span(number) {
            Some(span) => self.write_bytes(card.define("file bytes"), span),
            None => {
                card.define("file bytes").push(Style::Muted, "not in one piece: in a member that holds it, or encoded");
            }
        }
    }
}
