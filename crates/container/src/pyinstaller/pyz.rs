//! The archive of modules: `PYZ\0`, the magic number of the Python that compiled them, the place of a marshalled table.
//!
//! PyInstaller's `archive/writers.py` (`ZlibArchiveWriter`): the table is a list of `(name, (type, place, length))`, or a dict
//! in old versions; each module is a marshalled code object in a zlib stream, encrypted if a key was given.

use pycxray::DiagnosticCode;
use pycxray::magic::{self, Magic};
use pycxray::{Kind, NodeId, Options, Pyc, Value};

use crate::archive::{Listing, name_text, span};
use crate::kind::Compression;
use crate::limits::Limits;
use crate::member::{Member, Role, Storage};

/// Where the place of the table stands.
const TABLE_AT: usize = 8;

/// Who compiled the modules.
pub(crate) fn magic(bytes: &[u8]) -> Option<&'static Magic> {
    Some(magic::of(*bytes.get(4..)?.first_chunk()?)?.magic)
}

/// The members, in the order of the table.
pub(crate) fn list(bytes: &[u8], is_encrypted: bool, limits: &Limits) -> Listing {
    let mut listing = Listing::default();
    let table = bytes.get(TABLE_AT..).and_then(<[u8]>::first_chunk).map(|at| u32::from_be_bytes(*at) as usize);
    let Some(rest) = table.and_then(|at| bytes.get(at..)).filter(|rest| !rest.is_empty()) else {
        let head = span(0, bytes.len().min(TABLE_AT + 4));
        listing.error(
            DiagnosticCode::PyzTable,
            head,
            "The archive's table lies outside of it: it is cut off.".to_owned(),
        );
        return listing;
    };
    let options = Options { python: magic(bytes).map(Magic::python), ..Options::default() };
    let table = Pyc::parse_with(std::sync::Arc::new(rest.to_vec()), options);
    for row in rows(&table) {
        let Some(member) = member(&table, row, bytes.len(), is_encrypted) else { continue };
        if !listing.push(member, limits.members) {
            break;
        }
    }
    if listing.members.is_empty() {
        let at = span(bytes.len() - rest.len(), bytes.len());
        listing.error(DiagnosticCode::PyzTable, at, "The archive's table cannot be read.".to_owned());
    }
    listing
}

/// Name and description of each member: pairs in a list, or keys and values of a dict.
fn rows(table: &Pyc) -> Vec<(NodeId, NodeId)> {
    let tree = table.tree();
    let Some(root) = tree.ids().next() else { return Vec::new() };
    let items: Vec<NodeId> = tree.children(root).collect();
    if tree.node(root).kind == Kind::Dict {
        return items.chunks_exact(2).map(|pair| (pair[0], pair[1])).collect();
    }
    let pair = |item: NodeId| {
        let mut parts = tree.children(tree.resolve(item));
        Some((parts.next()?, parts.next()?))
    };
    items.into_iter().filter_map(pair).collect()
}

fn member(table: &Pyc, (name, row): (NodeId, NodeId), length: usize, is_encrypted: bool) -> Option<Member> {
    let tree = table.tree();
    let name = name_text(table.text(name)?);
    let mut numbers = tree.children(tree.resolve(row)).map(|id| match table.value(tree.resolve(id)) {
        Value::Int(number) => usize::try_from(number).ok(),
        Value::Bool(truth) => Some(truth.into()),
        _ => None,
    });
    let mut next = || numbers.next().flatten();
    let (kind, start, packed) = (next()?, next()?, next()?);
    let end = start.saturating_add(packed);
    let storage = if end > length {
        Storage::Refused("The file ends before it: it is cut off.")
    } else if packed == 0 {
        Storage::Plain
    } else if is_encrypted {
        Storage::Encrypted
    } else {
        Storage::Compressed(Compression::Zlib)
    };
    // 0 a module, 1 a package, 2 data, 3 a package without an `__init__` (`PYZ_ITEM_*` in `loader/pyimod01_archive.py`).
    let role = match kind {
        0 => Role::Module,
        1 => Role::Package,
        _ => Role::File,
    };
    let span = span(start.min(length), end.min(length));
    Some(Member { name, role, span: Some(span), size: None, is_library: false, storage })
}
