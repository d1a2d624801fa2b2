//! A code object: a typed view over its node.

use crate::marshal::{Encoding, Field, Kind, Layout, NONE, NodeId, fields_of, layout};
use crate::python::Python;
use crate::{Pyc, Span};

/// A code object. It answers by name for every version: what a version lacks, or the file cuts off, is `None`.
#[derive(Clone, Copy, Debug)]
pub struct Code<'p> {
    pyc: &'p Pyc,
    id: NodeId,
    /// Of each field: the offset of a number, the arena position of an object, or [`NONE`].
    places: [u32; Field::COUNT],
    layout: Layout,
}

impl<'p> Code<'p> {
    /// The view over `id`, if that is a code object.
    pub(crate) fn new(pyc: &'p Pyc, id: NodeId) -> Option<Self> {
        let node = pyc.tree().node(id);
        if !node.kind.is_code() {
            return None;
        }
        let mut places = [NONE; Field::COUNT];
        let mut at = node.span.start + 1;
        let mut children = pyc.tree().children(id);
        let layout = fields_of(node.kind, layout(pyc.python().format.code));
        for &(field, encoding) in layout {
            if encoding == Encoding::Object {
                let Some(child) = children.next() else { break };
                places[field as usize] = child.0;
                at = pyc.tree().node(child).span.end;
            } else {
                if at + encoding.size() > node.span.end {
                    break;
                }
                places[field as usize] = at;
                at += encoding.size();
            }
        }
        Some(Self { pyc, id, places, layout })
    }

    /// The file that it is in.
    #[must_use]
    pub fn pyc(&self) -> &'p Pyc {
        self.pyc
    }

    /// Its node in the tree.
    #[must_use]
    pub fn id(&self) -> NodeId {
        self.id
    }

    /// The Python that it is read as.
    #[must_use]
    pub fn python(&self) -> &'static Python {
        self.pyc.python()
    }

    /// All its bytes.
    #[must_use]
    pub fn span(&self) -> Span {
        self.pyc.tree().node(self.id).span
    }

    /// The fields that are there, in the order of the file, with the bytes of each.
    pub fn fields(&self) -> impl Iterator<Item = (Field, Span)> + use<'p> {
        let code = *self;
        self.layout.iter().filter_map(move |&(field, _)| Some((field, code.field_span(field)?)))
    }

    /// Where a field is: the offset of a number, the arena position of an object.
    fn place(&self, field: Field) -> Option<u32> {
        let place = self.places[field as usize];
        (place != NONE).then_some(place)
    }

    /// How the numbers of this layout are written: all alike.
    fn number_encoding(&self) -> Encoding {
        self.layout.first().map_or(Encoding::I32, |(_, encoding)| *encoding)
    }

    /// The bytes of a field: those in this code object, also where they are a reference.
    #[must_use]
    pub fn field_span(&self, field: Field) -> Option<Span> {
        let place = self.place(field)?;
        Some(if field.is_number() {
            Span::new(place, place + self.number_encoding().size())
        } else {
            self.pyc.tree().node(NodeId(place)).span
        })
    }

    /// A numeric field.
    #[must_use]
    pub fn number(&self, field: Field) -> Option<i64> {
        let place = self.place(field).filter(|_| field.is_number())?;
        let bytes = self.pyc.bytes().get(place as usize..)?;
        Some(match self.number_encoding() {
            Encoding::U16 => u16::from_le_bytes(*bytes.first_chunk()?).into(),
            _ => i32::from_le_bytes(*bytes.first_chunk()?).into(),
        })
    }

    /// The object in a field as it stands there, which may be a reference.
    #[must_use]
    pub fn object(&self, field: Field) -> Option<NodeId> {
        self.place(field).filter(|_| !field.is_number()).map(NodeId)
    }

    /// The bytes of a field that is a byte string, such as the bytecode, and where they stand: a reference is followed.
    #[must_use]
    pub fn data(&self, field: Field) -> Option<(&'p [u8], Span)> {
        let node = self.pyc.tree().node(self.pyc.tree().resolve(self.object(field)?));
        let span = node.payload();
        let fits = matches!(node.kind, Kind::Bytes | Kind::Interned);
        fits.then(|| self.pyc.bytes().get(span.start as usize..span.end as usize)).flatten().map(|data| (data, span))
    }

    /// The bytecode: `co_code`. Empty where there is none.
    #[must_use]
    pub fn bytecode(&self) -> &'p [u8] {
        self.data(Field::Code).map_or(&[], |(data, _)| data)
    }

    /// The offset in the file at which the bytecode begins.
    #[must_use]
    pub fn bytecode_start(&self) -> u32 {
        self.data(Field::Code).map_or(self.span().start, |(_, span)| span.start)
    }

    /// A field that is a tuple, such as the constants: a reference is followed. `None` where there is none.
    #[must_use]
    pub fn tuple(&self, field: Field) -> Option<NodeId> {
        let tree = self.pyc.tree();
        let tuple = self.object(field).map(|object| tree.resolve(object));
        tuple.filter(|&id| matches!(tree.node(id).kind, Kind::Tuple | Kind::SmallTuple | Kind::List))
    }

    /// The items of such a field; references among them are not followed. Empty where there is none.
    pub fn items(&self, field: Field) -> impl Iterator<Item = NodeId> + use<'p> {
        let tree = self.pyc.tree();
        self.tuple(field).into_iter().flat_map(|id| tree.children(id))
    }

    /// The text of a field such as the name, as its bytes: UTF-8 in which surrogates may stand alone, in Python 2 any bytes.
    #[must_use]
    pub fn text(&self, field: Field) -> Option<&'p [u8]> {
        self.pyc.text(self.object(field)?)
    }
}
