//! Where a file came from that stood in another one.

use pycxray_view::protocol::{DocumentId, Place, Question};
use serde::{Deserialize, Serialize};

/// Where a file came from.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Lineage {
    /// The file that it stood in.
    pub parent: DocumentId,
    /// The name of that.
    pub outer: String,
    /// Where in it.
    pub place: Place,
    /// What it is there.
    pub way: Way,
    /// What was done to its bytes: `base64 → zlib → marshalled code`; nothing for a member of an archive.
    pub words: String,
    /// Why it is not all of it, as a sentence.
    pub partly: Option<String>,
}

/// What stands in another file.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Way {
    /// A member of a container, by its number.
    Member(u32),
    /// What constants come to once they are decoded, by its number.
    Payload(u32),
    /// The contents of the text or bytes that are chosen.
    Contents,
}

impl Way {
    /// What is asked for its bytes.
    pub(crate) fn question(self) -> Question {
        match self {
            Self::Member(number) => Question::Member(number),
            Self::Payload(number) => Question::Payload(number),
            Self::Contents => Question::Contents,
        }
    }
}

impl Lineage {
    /// Whether both lead from the same file to the same bytes in it.
    pub(crate) fn leads_to_the_same(&self, other: &Self) -> bool {
        let is_same = (self.parent, self.way, &self.words) == (other.parent, other.way, &other.words);
        is_same && (self.way != Way::Contents || self.place == other.place)
    }
}
