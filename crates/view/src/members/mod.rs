//! What an archive or a frozen program holds: containers within it are opened too.

mod list;
mod nodes;

use std::sync::Arc;

use pycxray::python::Python;
use pycxray::{Options, Pyc, Span};
use pycxray_container::{Container, Kind, Member, Role, Unpacked};

use crate::protocol::MemberName;
use crate::reading::python_name;
use crate::text::made_displayable;
pub(crate) use list::MemberList;
use nodes::Nodes;

/// Bytes of containers within the file that are kept unpacked. What is beyond is a row that can be opened by itself.
const NESTED_BYTES: u64 = 256 << 20;
/// The Python of a longer payload is not looked for, in bytes: opened by itself, it tells.
const LOOKED_AT: u64 = 64 << 10;
/// So many members are listed before no more containers within the file are opened.
const LISTED: usize = 100_000;

/// What a container holds, down to the containers in it that are its author's.
#[derive(Debug)]
pub(crate) struct Members {
    /// The outermost first.
    containers: Vec<Container>,
    /// Container by container, each in its own order.
    entries: Vec<Entry>,
    nodes: Nodes,
    /// Whether the spans of the outermost are those of the file.
    are_spans_in_file: bool,
}

/// A member, wherever it stands.
#[derive(Debug)]
struct Entry {
    container: usize,
    /// Which of that one's members it is.
    member: usize,
    /// The names that lead to it, displayable: `PYZ-00.pyz!basket`.
    name: String,
    kind: Kind,
    /// The Python that wrote it, where it is code without a header.
    python: Option<&'static Python>,
    /// Whether it is a container of which the members are among these too.
    is_opened: bool,
}

impl Members {
    /// Those of a container that a file of these bytes is.
    pub(crate) fn of(outermost: Container, bytes: &Arc<Vec<u8>>) -> Self {
        let are_spans_in_file = Arc::ptr_eq(outermost.bytes(), bytes);
        let (mut containers, mut entries) = (Vec::new(), Vec::new());
        let mut left = NESTED_BYTES;
        let mut nodes = nodes::Builder::default();
        let mut waiting = vec![(outermost, String::new(), None)];
        while let Some((container, around, node)) = waiting.pop() {
            for (member, told) in container.members().iter().enumerate() {
                let kind = container.kind_of(member);
                let name = made_displayable(match around.as_str() {
                    "" => told.name.clone(),
                    around => format!("{around}!{}", told.name),
                });
                let node = nodes.add(node, told, kind, entries.len() as u32);
                let fits = entries.len() < LISTED && told.size.is_some_and(|size| size <= left);
                let can_be_opened = kind.is_container() && !told.is_library && fits;
                let inner = if can_be_opened { container.open_member(member) } else { None };
                let is_opened = inner.is_some();
                if let Some(inner) = inner {
                    left = left.saturating_sub(inner.bytes().len() as u64);
                    waiting.push((inner, name.clone(), Some(node)));
                }
                let python = python_of(&container, member, kind);
                entries.push(Entry { container: containers.len(), member, name, kind, python, is_opened });
            }
            containers.push(container);
        }
        Self { containers, entries, nodes: nodes.finish(), are_spans_in_file }
    }

    /// The container that the file is.
    pub(crate) fn outermost(&self) -> &Container {
        &self.containers[0]
    }

    /// Whether the spans of the outermost container are those of the file, not of what its stream unpacks to.
    pub(crate) fn are_spans_in_file(&self) -> bool {
        self.are_spans_in_file
    }

    pub(crate) fn len(&self) -> usize {
        self.entries.len()
    }

    /// How many are bytecode.
    pub(crate) fn count_code(&self) -> usize {
        self.entries.iter().filter(|entry| entry.kind.is_code()).count()
    }

    /// Those that are bytecode, the author's own first.
    pub(crate) fn code(&self) -> Vec<MemberName> {
        let is_code = |number: &u32| self.entry(*number).is_some_and(|(entry, _)| entry.kind.is_code());
        let mut code: Vec<u32> = (0..self.entries.len() as u32).filter(is_code).collect();
        code.sort_by_key(|number| self.entry(*number).is_some_and(|(_, member)| member.is_library));
        code.into_iter().filter_map(|number| self.name(number)).collect()
    }

    fn entry(&self, number: u32) -> Option<(&Entry, &Member)> {
        let entry = self.entries.get(number as usize)?;
        Some((entry, &self.containers[entry.container].members()[entry.member]))
    }

    /// What a member is opened by.
    pub(crate) fn name(&self, number: u32) -> Option<MemberName> {
        let (entry, member) = self.entry(number)?;
        let python = self.containers[entry.container].python_of(entry.member).filter(|_| entry.kind == Kind::Code);
        Some(MemberName {
            number,
            name: entry.name.clone(),
            file_name: file_name(entry),
            python: python.map(python_name),
            size: member.size,
        })
    }

    /// The bytes of one as they stand there; `None` if there is no such member.
    pub(crate) fn read(&self, number: u32) -> Option<Unpacked> {
        let (entry, _) = self.entry(number)?;
        Some(self.containers[entry.container].read(entry.member))
    }

    /// The bytes of one as a file of its own, with the header that its container leaves out.
    pub(crate) fn export(&self, number: u32) -> Option<Unpacked> {
        let (entry, _) = self.entry(number)?;
        Some(self.containers[entry.container].export(entry.member))
    }

    /// One that is bytecode, decoded.
    pub(crate) fn decode(&self, number: u32) -> Option<Pyc> {
        let (entry, _) = self.entry(number)?;
        let container = &self.containers[entry.container];
        let bytes = container.read(entry.member).bytes;
        let likely = container.python_of(entry.member);
        Some(Pyc::parse_with(bytes.into(), Options { likely, ..Options::default() }))
    }

    /// Whether one is bytecode.
    pub(crate) fn is_code(&self, number: u32) -> bool {
        self.entry(number).is_some_and(|(entry, _)| entry.kind.is_code())
    }

    /// The numbers and names of all but containers of which the members are among these too.
    pub(crate) fn innermost(&self) -> impl Iterator<Item = (u32, &str)> {
        let innermost = self.entries.iter().enumerate().filter(|(_, entry)| !entry.is_opened);
        innermost.map(|(number, entry)| (number as u32, &*entry.name))
    }

    /// The first of this name.
    pub(crate) fn named(&self, name: &str) -> Option<u32> {
        self.entries.iter().position(|entry| entry.name == name).map(|at| at as u32)
    }

    /// Where the bytes of one lie in the file, packed as they are there; `None` if they are in a container within it.
    pub(crate) fn span(&self, number: u32) -> Option<Span> {
        let (entry, member) = self.entry(number)?;
        member.span.filter(|_| entry.container == 0 && self.are_spans_in_file)
    }

    /// What one is, in words, and the Python that wrote it.
    pub(crate) fn kind(&self, number: u32) -> (String, Option<String>) {
        let Some((entry, member)) = self.entry(number) else { return Default::default() };
        let (what, python) = match entry.kind {
            Kind::Pyc(magic) => ("bytecode".to_owned(), Some(magic.writer())),
            Kind::Code => ("bytecode without a header".to_owned(), entry.python.map(python_name)),
            Kind::Empty if member.role == Role::Setting => ("setting of the loader".to_owned(), None),
            kind => (kind.name(), None),
        };
        match member.chain() {
            Some(chain) => (chain.leading_to(&what), python),
            None => (what, python),
        }
    }
}

/// The Python that wrote a member without a header: as its container says, or of a payload, as its contents do.
fn python_of(container: &Container, member: usize, kind: Kind) -> Option<&'static Python> {
    if kind != Kind::Code {
        return None;
    }
    let told = &container.members()[member];
    let is_small = || told.role == Role::Payload && told.size.is_some_and(|size| size <= LOOKED_AT);
    let read = || Pyc::parse_with(container.read(member).bytes.into(), Options::default()).detection().python;
    container.python_of(member).or_else(|| is_small().then(read))
}

/// What a member is called as a file of its own.
fn file_name(entry: &Entry) -> String {
    let name = entry.name.rsplit(['/', '\\', '!']).next().unwrap_or_default();
    format!("{name}{}", entry.kind.ending(name))
}
