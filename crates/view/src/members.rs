//! What an archive or a frozen program holds, as one list: containers within it are opened too.

use std::ops::Range;
use std::sync::Arc;

use pycxray::Span;
use pycxray_container::{Container, Kind, Unpacked};

use crate::protocol::{MemberRow, MembersAction};
use crate::summary::python_name;
use crate::text::made_displayable;

/// Bytes of containers within the file that are kept unpacked. What is beyond is a row that can be opened by itself.
const NESTED_BYTES: u64 = 256 << 20;
/// So many members are listed before no more containers within the file are opened.
const LISTED: usize = 100_000;

/// What a container holds, down to the containers in it that are its author's.
#[derive(Debug)]
pub(crate) struct Members {
    /// The outermost first.
    containers: Vec<Container>,
    /// What is its author's first, and of that what is code.
    entries: Vec<Entry>,
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
    is_library: bool,
}

impl Members {
    /// Those of a container that a file of these bytes is.
    pub(crate) fn of(outermost: Container, bytes: &Arc<Vec<u8>>) -> Self {
        let are_spans_in_file = Arc::ptr_eq(outermost.bytes(), bytes);
        let mut members = Self { containers: Vec::new(), entries: Vec::new(), are_spans_in_file };
        let mut left = NESTED_BYTES;
        let mut waiting = vec![(outermost, String::new())];
        while let Some((container, around)) = waiting.pop() {
            members.add(&container, &around, &mut left, &mut waiting);
            members.containers.push(container);
        }
        members.entries.sort_by_key(|entry| (entry.is_library, !(entry.kind.is_code() || entry.kind == Kind::Source)));
        members
    }

    /// Lists the members of one container, and opens those of them that are containers.
    fn add(&mut self, container: &Container, around: &str, left: &mut u64, waiting: &mut Vec<(Container, String)>) {
        for (member, told) in container.members().iter().enumerate() {
            let kind = container.kind_of(member);
            let name = made_displayable(match around {
                "" => told.name.clone(),
                around => format!("{around}!{}", told.name),
            });
            let fits = self.entries.len() < LISTED && told.size.is_some_and(|size| size <= *left);
            if kind.is_container()
                && !told.is_library
                && fits
                && let Some(inner) = container.open_member(member)
            {
                *left = left.saturating_sub(inner.bytes().len() as u64);
                waiting.push((inner, name.clone()));
            }
            let (container, is_library) = (self.containers.len(), told.is_library);
            self.entries.push(Entry { container, member, name, kind, is_library });
        }
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

    /// Those that are bytecode.
    pub(crate) fn code_rows(&self) -> Vec<MemberRow> {
        let numbered = (0u32..).zip(&self.entries);
        numbered.filter(|(_, entry)| entry.kind.is_code()).filter_map(|(member, _)| self.row(member)).collect()
    }

    /// The bytes of one as a file of its own; `None` if there is no such member.
    pub(crate) fn export(&self, member: u32) -> Option<Unpacked> {
        let entry = self.entries.get(member as usize)?;
        Some(self.containers[entry.container].export(entry.member))
    }

    /// Where the bytes of one lie in the file, packed as they are there; `None` if they are in a container within it.
    fn span(&self, member: u32) -> Option<Span> {
        let entry = self.entries.get(member as usize).filter(|entry| entry.container == 0 && self.are_spans_in_file)?;
        self.outermost().members()[entry.member].span
    }

    fn row(&self, member: u32) -> Option<MemberRow> {
        let entry = self.entries.get(member as usize)?;
        let container = &self.containers[entry.container];
        let python = match entry.kind {
            Kind::Pyc(magic) => Some(magic.writer()),
            Kind::Code => container.python_of(entry.member).map(python_name),
            _ => None,
        };
        let kind = match entry.kind {
            Kind::Pyc(_) => "bytecode".to_owned(),
            Kind::Code => "bytecode without a header".to_owned(),
            kind => kind.name(),
        };
        let size = container.members()[entry.member].size;
        Some(MemberRow { member, name: entry.name.clone(), kind, python, size, is_library: entry.is_library })
    }
}

/// The list as the user left it.
#[derive(Debug, Default)]
pub(crate) struct MemberList {
    /// The members whose names hold what was typed.
    shown: Vec<u32>,
    /// The row that is chosen.
    chosen: usize,
}

impl MemberList {
    /// All members; none of a file that has none.
    pub(crate) fn new(members: Option<&Members>) -> Self {
        Self { shown: members.map_or_else(Vec::new, |members| (0..members.len() as u32).collect()), chosen: 0 }
    }

    /// Does what the user did. Answers the bytes of what was chosen, if they are in the file as one piece.
    pub(crate) fn act(&mut self, members: &Members, action: MembersAction) -> Option<Span> {
        match action {
            MembersAction::Filter(typed) => {
                let typed = typed.trim().to_lowercase();
                let fits = |entry: &Entry| entry.name.to_lowercase().contains(&typed);
                let numbered = (0u32..).zip(&members.entries);
                self.shown = numbered.filter(|(_, entry)| fits(entry)).map(|(member, _)| member).collect();
                self.chosen = 0;
                None
            }
            MembersAction::Select(row) => {
                self.chosen = row.min(self.shown.len().saturating_sub(1));
                self.shown.get(self.chosen).and_then(|member| members.span(*member))
            }
        }
    }

    pub(crate) fn len(&self) -> usize {
        self.shown.len()
    }

    /// The row that is chosen.
    pub(crate) fn chosen(&self) -> Option<usize> {
        (!self.shown.is_empty()).then_some(self.chosen)
    }

    /// Rows, as far as there are so many.
    pub(crate) fn rows(&self, members: &Members, range: Range<usize>) -> Vec<MemberRow> {
        let end = range.end.min(self.shown.len());
        let shown = self.shown.get(range.start..end).unwrap_or(&[]);
        shown.iter().filter_map(|member| members.row(*member)).collect()
    }
}
