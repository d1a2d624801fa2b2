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
    /// What was asked for its bytes.
    pub question: Question,
    /// What was done to its bytes: `base64 → zlib → marshalled code`; nothing for a member of an archive.
    pub words: String,
    /// Why it is not all of it, as a sentence.
    pub partly: Option<String>,
}

impl Lineage {
    /// Whether it leads from the same file to the same bytes in it.
    pub(crate) fn is_way(&self, other: &Self) -> bool {
        let is_same_question =
            (self.parent, &self.question, &self.words) == (other.parent, &other.question, &other.words);
        // The contents are those of what is chosen.
        is_same_question && (self.question != Question::Contents || self.place == other.place)
    }
}
