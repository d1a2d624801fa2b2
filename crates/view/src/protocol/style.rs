//! Text in several styles, parts of it links.

use std::fmt;

use serde::{Deserialize, Serialize};

use super::ItemKey;

/// What a run of text is, and with that its colour.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Style {
    /// Text as it is.
    #[default]
    Plain,
    /// Said beside the matter.
    Muted,
    /// A name that matters: in bold.
    Strong,
    /// A string or bytes constant.
    Str,
    /// A number constant.
    Number,
    /// `None`, `True`, `False`, `Ellipsis`.
    Keyword,
    /// A name: of a global, an attribute, a variable.
    Name,
    /// The name of an opcode.
    Opcode,
    /// Where a jump leads.
    Jump,
    /// A word of Python, or of the file format, in a sentence.
    Code,
    /// What a search was for, inside of what was found.
    Hit,
    /// Something damaged.
    Damage,
}

/// A run of text in one style.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Run {
    /// The text; made displayable where it comes from the file.
    pub text: String,
    /// What it is.
    pub style: Style,
    /// What it leads to.
    pub link: Option<ItemKey>,
}

/// Text in several styles.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Styled(pub Vec<Run>);

impl Styled {
    /// Whether there is no text.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The first run that leads somewhere.
    #[must_use]
    pub fn link(&self) -> Option<ItemKey> {
        self.0.iter().find_map(|run| run.link)
    }
}

impl fmt::Display for Styled {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.iter().try_for_each(|run| f.write_str(&run.text))
    }
}
