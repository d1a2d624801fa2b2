//! A decoded file.

use std::sync::{Arc, Mutex, OnceLock};

use super::detection::{Basis, Detection};
use super::header::Header;
use crate::Span;
use crate::bytecode::BytecodeIndex;
use crate::diagnostic::Diagnostic;
use crate::marshal::{self, Node, NodeId, Tree, Value};
use crate::python::{self, Python};
use crate::version::Version;

/// A part of the file at the outermost level.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Section {
    /// What it is.
    pub kind: SectionKind,
    /// Its bytes.
    pub span: Span,
}

/// What a part of the file is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SectionKind {
    /// The header.
    Header,
    /// The object that the file holds.
    Root(NodeId),
    /// A code object found behind damage.
    Recovered(NodeId),
    /// Bytes behind the object that the file holds.
    Trailing,
    /// Bytes that damage, or a limit, keeps from being understood.
    Undecoded,
}

/// Everything that could be read of a file, and what was wrong with it.
///
/// ```
/// let pyc = pycxray::Pyc::parse(vec![0xcb, 0x0d, 0x0d, 0x0a]);
/// assert_eq!(pyc.python().version, pycxray::Version::new(3, 12));
/// assert!(!pyc.diagnostics().is_empty(), "the file is cut off behind its magic number");
/// ```
#[derive(Debug)]
pub struct Pyc {
    pub(crate) bytes: Arc<Vec<u8>>,
    pub(crate) header: Header,
    pub(crate) detection: Detection,
    pub(crate) tree: Tree,
    pub(crate) sections: Vec<Section>,
    pub(crate) codes: Vec<NodeId>,
    pub(crate) diagnostics: Vec<Diagnostic>,
    pub(crate) indexes: IndexCache,
    /// The damage that decoding leaves alone, once it was looked for.
    pub(crate) damage: OnceLock<Vec<Diagnostic>>,
}

/// The bytecode indexes used last, the newest in front.
#[derive(Debug, Default)]
pub(crate) struct IndexCache(pub(crate) Mutex<Vec<(NodeId, Arc<BytecodeIndex>)>>);

impl Pyc {
    /// Bytes that are known to be no `.pyc` file, such as an archive: not looked at, in one section.
    #[must_use]
    pub fn undecoded(bytes: Arc<Vec<u8>>) -> Self {
        let end = u32::try_from(bytes.len()).unwrap_or(u32::MAX);
        let mut detection = Detection::new(python::latest(), Basis::Nothing, 0);
        detection.certain = false;
        Self {
            bytes,
            header: Header::default(),
            detection,
            tree: Tree::default(),
            sections: vec![Section { kind: SectionKind::Undecoded, span: Span::new(0, end) }],
            codes: Vec::new(),
            diagnostics: Vec::new(),
            indexes: IndexCache::default(),
            damage: OnceLock::new(),
        }
    }

    /// The file's bytes.
    #[must_use]
    pub fn bytes(&self) -> &[u8] {
        &self.bytes
    }

    /// The file's bytes, to be shared: for decoding them again as another Python.
    #[must_use]
    pub fn shared_bytes(&self) -> Arc<Vec<u8>> {
        Arc::clone(&self.bytes)
    }

    /// The header; without fields where there is none.
    #[must_use]
    pub fn header(&self) -> &Header {
        &self.header
    }

    /// The Python that the file is read as.
    #[must_use]
    pub fn python(&self) -> &'static Python {
        self.detection.python
    }

    /// How that Python was found, and how sure it is.
    #[must_use]
    pub fn detection(&self) -> &Detection {
        &self.detection
    }

    /// The marshalled objects.
    #[must_use]
    pub fn tree(&self) -> &Tree {
        &self.tree
    }

    /// The file's parts at the outermost level: in order, without a gap.
    #[must_use]
    pub fn sections(&self) -> &[Section] {
        &self.sections
    }

    /// The code objects: one comes before those in its constants.
    #[must_use]
    pub fn codes(&self) -> &[NodeId] {
        &self.codes
    }

    /// How many bytes of memory it takes, those of the file among them: what grows with the file.
    #[must_use]
    pub fn memory(&self) -> usize {
        self.bytes.capacity()
            + self.tree.nodes.capacity() * size_of::<Node>()
            + self.codes.capacity() * size_of::<NodeId>()
            + self.sections.capacity() * size_of::<Section>()
            + self.diagnostics.iter().map(|said| size_of_val(said) + said.message.capacity()).sum::<usize>()
    }

    /// What was wrong with the file.
    #[must_use]
    pub fn diagnostics(&self) -> &[Diagnostic] {
        &self.diagnostics
    }

    /// The value of an object. A reference is not followed.
    #[must_use]
    pub fn value(&self, id: NodeId) -> Value<'_> {
        let python2 = self.python().version < Version::new(3, 0);
        marshal::value(&self.bytes, self.tree.node(id), python2)
    }

    /// The bytes of a string, text or not; a reference is followed. `None` for anything else.
    #[must_use]
    pub fn text(&self, id: NodeId) -> Option<&[u8]> {
        let node = self.tree.node(self.tree.resolve(id));
        let span = node.payload();
        let text = self.bytes.get(span.start as usize..span.end as usize);
        text.filter(|_| node.kind.is_string())
    }
}
