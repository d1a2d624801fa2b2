//! What the decode loop says, and where it goes on, when a file does not hold what it should: apart from the loop, since it is
//! hardly ever called.

use super::decode::{CPYTHON_DEPTH, Decoder, Place, Stop};
use super::head::{Body, HEADS};
use super::{FLAG_REF, Field, Kind, NodeId, Role};
use crate::DiagnosticCode;
use crate::Span;
use crate::counted;
use crate::diagnostic::Severity;

/// Nothing can be told from here on.
const LOST: Stop = Stop::Damaged { cut: None };

impl Decoder<'_> {
    /// The file ends where an object should begin.
    #[cold]
    pub(super) fn no_object(&mut self, start: u32) -> Stop {
        self.problems.error(
            DiagnosticCode::CutFile,
            Span::at(start),
            format_args!("The file ends at {start:#x} where an object should begin: it is cut off."),
        );
        LOST
    }

    #[cold]
    pub(super) fn too_many_objects(&mut self, start: u32) -> Stop {
        let limit = self.limits.nodes;
        self.problems.error(
            DiagnosticCode::LimitNodes,
            Span::new(start, start + 1),
            format_args!("More than {limit} objects: what follows is not decoded."),
        );
        Stop::Limit
    }

    #[cold]
    pub(super) fn too_many_references(&mut self, start: u32) -> Stop {
        let limit = self.limits.references;
        self.problems.error(
            DiagnosticCode::LimitReferences,
            Span::new(start, start + 1),
            format_args!("More than {limit} objects with FLAG_REF: what follows is not decoded."),
        );
        Stop::Limit
    }

    /// FLAG_REF is set in a file of a version that does not know it.
    #[cold]
    pub(super) fn flag_ref_too_new(&mut self, start: u32, kind: Kind) {
        if kind != Kind::Invalid {
            let version = self.version;
            self.problems.warning(
                DiagnosticCode::FlagRefTooNew,
                Span::new(start, start + 1),
                format_args!("FLAG_REF is set on a type code, which Python {version} cannot read."),
            );
        }
    }

    /// An object has not all its bytes: a node for what there is of it.
    #[cold]
    pub(super) fn object_past_end(&mut self, place: Place, code: u8, link: u32) -> Stop {
        let (start, id) = (self.reader.position(), self.tree.nodes.len() as u32);
        self.reader.skip(1);
        self.tree.nodes.push(place.node(id, code, Span::new(start, start + 1), link));
        let head = &HEADS[usize::from(code & !FLAG_REF)];
        if head.body == Body::Interned {
            self.list_interned(id);
        }
        let length = match head.length {
            0 => None,
            0xff => self.reader.u8().map(|length| (length.into(), 1)),
            _ => self.reader.i32().map(|length| (length.into(), 4)),
        };
        let stop = match length {
            Some((length, size)) => self.bad_length(length, size),
            None => self.cut(),
        };
        self.cut_short(id, stop)
    }

    /// The rest of the file is too short for what the last object needs: it takes what there is.
    #[cold]
    pub(super) fn cut(&mut self) -> Stop {
        let rest = self.reader.rest();
        let (start, name) = self.last_start_and_name();
        self.problems.error(
            DiagnosticCode::CutObject,
            Span::new(start, rest.end),
            format_args!("The file ends inside an object ({name}) that begins at {start:#x}."),
        );
        self.reader.take(rest.len());
        LOST
    }

    /// A length, of `size` bytes that have just been read, that is below 0 or past the end of the file.
    #[cold]
    pub(super) fn bad_length(&mut self, length: i64, size: u32) -> Stop {
        let at = self.reader.position();
        let span = Span::new(at - size, at);
        let remaining = self.reader.remaining();
        let (_, name) = self.last_start_and_name();
        if length < 0 {
            self.problems.error(
                DiagnosticCode::LengthPastEnd,
                span,
                format_args!("The length at {:#x} ({name}) is {length}: it cannot be below 0.", span.start),
            );
        } else {
            self.problems.error(
                DiagnosticCode::LengthPastEnd,
                span,
                format_args!(
                    "The length at {:#x} ({name}) is {}, more than the file has left: {remaining}.",
                    span.start,
                    counted(length.unsigned_abs(), "byte")
                ),
            );
        }
        Stop::Damaged { cut: (length >= 0).then_some(NodeId(self.last())) }
    }

    /// A count, which has just been read, that is below 0.
    #[cold]
    pub(super) fn bad_count(&mut self, count: i32) -> Stop {
        let at = self.reader.position();
        self.problems.error(
            DiagnosticCode::BadCount,
            Span::new(at - 4, at),
            format_args!("The count at {:#x} is {count}: it cannot be below 0.", at - 4),
        );
        LOST
    }

    /// A count, which has just been read, of more items than there can be.
    #[cold]
    pub(super) fn count_past_end(&mut self, count: i32) {
        let at = self.reader.position();
        let remaining = self.reader.remaining();
        self.problems.error(
            DiagnosticCode::CountPastEnd,
            Span::new(at - 4, at),
            format_args!(
                "The count at {:#x} is {}, more than the file has bytes left: {remaining}.",
                at - 4,
                counted(count.unsigned_abs(), "item")
            ),
        );
    }

    /// A code object that ends among its numbers: it takes what there is.
    #[cold]
    pub(super) fn cut_number(&mut self, field: Field) -> Stop {
        let rest = self.reader.rest();
        self.problems.error(
            DiagnosticCode::CutCode,
            rest,
            format_args!("The file ends inside a code object: co_{} should follow at {:#x}.", field.name(), rest.start),
        );
        self.reader.take(rest.len());
        LOST
    }

    /// The last object is one that stands for nothing.
    #[cold]
    pub(super) fn odd_object(&mut self, role: Role, body: Body) {
        let (start, _) = self.last_start_and_name();
        let span = Span::new(start, start + 1);
        if body == Body::Unknown {
            self.problems.error(
                DiagnosticCode::UnknownObject,
                span,
                format_args!("Type code '?': the writer could not marshal this object, and left it out."),
            );
        } else if !matches!(role, Role::Key | Role::Value) {
            self.problems.error(
                DiagnosticCode::NullObject,
                span,
                format_args!("NULL at {start:#x}, where an object must be."),
            );
        }
    }

    /// The NULL that ends a dict, the last object, stands where the value of a key should.
    #[cold]
    pub(super) fn key_without_value(&mut self) {
        let (start, _) = self.last_start_and_name();
        self.problems.error(
            DiagnosticCode::NullObject,
            Span::new(start, start + 1),
            format_args!("A dict ends behind a key that has no value."),
        );
    }

    /// The last object has a byte for its type code that is none.
    #[cold]
    pub(super) fn bad_type_code(&mut self, code: u8) -> Stop {
        let (start, _) = self.last_start_and_name();
        self.problems.error(
            DiagnosticCode::BadTypeCode,
            Span::new(start, start + 1),
            format_args!(
                "Byte {code:#04x} at {start:#x} is no type code: what kind of object stands here cannot be told."
            ),
        );
        LOST
    }

    /// The last object is an integer, all of it read, with digits that no interpreter writes.
    #[cold]
    pub(super) fn odd_long(&mut self, digits: &[u8]) {
        let (start, _) = self.last_start_and_name();
        let span = Span::new(start, self.reader.position());
        if digits.chunks_exact(2).any(|digit| digit[1] & 0x80 != 0) {
            self.problems.error(
                DiagnosticCode::BadLong,
                span,
                format_args!("The integer at {start:#x} has a digit of more than 15 bits."),
            );
        } else {
            self.problems.warning(
                DiagnosticCode::UnnormalizedLong,
                span,
                format_args!("The integer at {start:#x} has a highest digit of 0, which no interpreter writes."),
            );
        }
    }

    /// A reference has an index past the list's end.
    #[cold]
    pub(super) fn bad_reference(&mut self, start: u32, index: u32, known: usize) {
        self.problems.error(
            DiagnosticCode::BadReference,
            Span::new(start, start + 5),
            format_args!("The reference at {start:#x} is to object {index}, past the end of the list of references, which has {known}."),
        );
    }

    /// A reference is to an object that it stands in.
    #[cold]
    pub(super) fn reference_to_around(&mut self, start: u32, target: u32) {
        let span = Span::new(start, start + 5);
        let node = &self.tree.nodes[target as usize];
        let (name, at) = (node.kind.name(), node.span.start);
        if matches!(node.kind, Kind::Code | Kind::OldCode | Kind::FrozenSet | Kind::Slice | Kind::FrozenDict) {
            self.problems.error(DiagnosticCode::BadReference, span, format_args!(
                    "The reference at {start:#x} is to the object ({name}, at {at:#x}) that it stands in: CPython refuses it."
                ));
        } else {
            // No set can hold itself; to all others, `marshal.loads` makes the cycle, and `marshal.dumps` writes it.
            let severity = if node.kind == Kind::Set { Severity::Warning } else { Severity::Note };
            self.problems.push(
                severity,
                DiagnosticCode::ReferenceCycle,
                span,
                format_args!(
                    "The reference at {start:#x} is to the object ({name}, at {at:#x}) that it stands in: a cycle."
                ),
            );
        }
    }

    /// Objects are nested deeper than CPython takes them.
    #[cold]
    pub(super) fn deep_nesting(&mut self) {
        let (start, _) = self.last_start_and_name();
        self.problems.warning(
            DiagnosticCode::DeepNesting,
            Span::new(start, start + 1),
            format_args!("Objects are nested more than {CPYTHON_DEPTH} deep here: CPython refuses to load this file."),
        );
    }

    #[cold]
    pub(super) fn too_deep(&mut self) -> Stop {
        let (start, _) = self.last_start_and_name();
        let limit = self.limits.depth;
        self.problems.error(
            DiagnosticCode::LimitDepth,
            Span::new(start, start + 1),
            format_args!("Objects are nested more than {limit} deep: what follows is not decoded."),
        );
        Stop::Limit
    }

    /// Where the last object begins, and what CPython calls its type code.
    fn last_start_and_name(&self) -> (u32, &'static str) {
        let node = &self.tree.nodes[self.last() as usize];
        (node.span.start, node.kind.name())
    }
}
