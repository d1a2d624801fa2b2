//! The tuples of a code object that arguments are indexes into.

use crate::marshal::{Field, NodeId};
use crate::text::ascii::is_printable_ascii;
use crate::text::buffer::Text;
use crate::text::sink::{Token, TokenKind};
use crate::{Code, Pyc};

/// From how many objects on a tuple takes longer to gather than is saved by it.
const LONG: usize = 4096;

/// A tuple that arguments are indexes into.
#[derive(Clone, Debug, Default)]
pub(super) struct Table {
    /// The items of one that stands in the code object.
    own: Vec<Item>,
    /// One that the code object refers to: many may, and its items are not gathered for each. Or a long one in which each is
    /// found at once.
    shared: Option<NodeId>,
}

/// An item of a tuple.
#[derive(Clone, Copy, Debug)]
struct Item {
    id: NodeId,
    /// Of a name: whether it is a [`Word`], once that was asked.
    word: Option<Word>,
}

/// A name that is written as it stands in the file, at most [`WORD`] bytes long: where it begins, and its length. A length of
/// [`NO_WORD`] says that it is another.
#[derive(Clone, Copy, Debug)]
struct Word {
    start: u32,
    size: u32,
}

/// So many bytes are copied at once, whatever the length of a word.
const WORD: usize = 32;
/// The length of what is no word.
const NO_WORD: u32 = u32::MAX;

impl Table {
    pub(super) fn turn_to(&mut self, code: &Code<'_>, field: Field) {
        self.turn_to_nothing();
        let Some(tuple) = code.tuple(field) else { return };
        let tree = code.pyc().tree();
        let is_long = tree.behind(tuple) - tuple.index() > LONG && tree.is_flat(tuple);
        if code.object(field) != Some(tuple) || is_long {
            self.shared = Some(tuple);
        } else {
            self.own.extend(tree.children(tuple).map(|id| Item { id, word: None }));
        }
    }

    pub(super) fn turn_to_nothing(&mut self) {
        self.own.clear();
        self.shared = None;
    }

    #[inline]
    pub(super) fn get(&self, pyc: &Pyc, index: u32) -> Option<NodeId> {
        match self.shared {
            None => self.own.get(index as usize).map(|item| item.id),
            Some(tuple) => pyc.tree().item(tuple, index),
        }
    }

    /// Writes a name if it is a [`Word`] of no more than `limit` bytes. Names are most of what arguments mean, and are used again
    /// and again: from the second time on nothing is asked of their nodes and letters.
    #[inline(always)]
    pub(super) fn write_word(&mut self, out: &mut Text, pyc: &Pyc, index: u32, limit: usize) -> bool {
        let Some(item) = self.own.get_mut(index as usize) else { return false };
        let Word { start, size } = *item.word.get_or_insert_with(|| Word::of(pyc, item.id));
        let chunk = pyc.bytes().get(start as usize..).and_then(<[u8]>::first_chunk::<WORD>);
        match chunk {
            Some(chunk) if size as usize <= limit.min(WORD) => {
                let start = out.len();
                out.push_start_of(chunk, size as usize);
                out.token(start, Token { kind: TokenKind::Name, item: Some(crate::Item::Object(item.id)) });
                true
            }
            _ => false,
        }
    }

    pub(super) fn len(&self, pyc: &Pyc) -> u32 {
        self.shared.map_or(self.own.len() as u32, |tuple| pyc.tree().item_count(tuple))
    }
}

impl Word {
    fn of(pyc: &Pyc, id: NodeId) -> Self {
        let tree = pyc.tree();
        let node = tree.node(tree.resolve(id));
        let payload = node.payload();
        let text = pyc.bytes().get(payload.start as usize..payload.end as usize).unwrap_or_default();
        let is_word = node.kind.is_string() && text.len() <= WORD && is_printable_ascii(text);
        Self { start: payload.start, size: if is_word { payload.len() } else { NO_WORD } }
    }
}
