//! The texts and byte strings of a file, or of all members of an archive, as one list.

mod in_members;
mod list;

use std::ops::Range;

use pycxray::{Item, NodeId, Pyc, StringFound};

use crate::constant::constant;
use crate::file::File;
use crate::labels;
use crate::payloads::Payloads;
use crate::protocol::{StringRow, StringsAction, StringsProgress, StringsWindow, Window};
use in_members::InMembers;
use list::{StringList, kind};

/// How long a string in a row may be, in characters.
const VALUE: usize = 200;

/// The list as the user left it.
#[derive(Debug, Default)]
pub(crate) struct Strings {
    /// All of them, in the order of the file; `None` before the list was wanted.
    all: Option<Vec<StringFound>>,
    /// Those of members; `None` too where the file has none.
    in_members: Option<InMembers>,
    list: StringList,
}

impl Strings {
    /// Does what the user did. Answers what is to be chosen.
    pub(crate) fn act(&mut self, file: &File, action: StringsAction) -> Option<Item> {
        match action {
            StringsAction::Stop => {
                self.in_members.iter_mut().for_each(InMembers::stop);
                self.relist(file);
                return None;
            }
            StringsAction::Use(row) => {
                let found = self.found(row).filter(|_| self.in_members.is_none())?;
                return Some(first_use(file, found.id).unwrap_or(found.item()));
            }
            _ => {}
        }
        if self.list.act(action) {
            self.relist(file);
            return None;
        }
        self.found(self.list.chosen?).filter(|_| self.in_members.is_none()).map(StringFound::item)
    }

    fn relist(&mut self, file: &File) {
        if let Some(members) = file.members() {
            let found = self.in_members.get_or_insert_with(|| InMembers::new(members));
            return self.list.list(&found.all, &|number, wanted| found.has(number, wanted));
        }
        let all = self.all.get_or_insert_with(|| pycxray::strings(&file.pyc).collect());
        self.list.list(all, &|number, wanted| has(&file.pyc, &all[number as usize], wanted));
    }

    /// Whether there are members that were not looked at.
    pub(crate) fn is_busy(&self) -> bool {
        self.in_members.as_ref().is_some_and(|members| !members.is_complete())
    }

    /// Looks at the next member.
    pub(crate) fn look_on(&mut self, file: &File) {
        let (Some(members), Some(found)) = (file.members(), &mut self.in_members) else { return };
        let before = found.all.len();
        found.look_on(members);
        if found.is_complete() {
            // In their order: those of each member stood behind the others.
            return self.relist(file);
        }
        self.list.add(&found.all, before, &|number, wanted| found.has(number, wanted));
    }

    fn found(&self, row: usize) -> Option<&StringFound> {
        let number = *self.list.shown.get(row)? as usize;
        self.in_members.as_ref().map(|members| &members.all).or(self.all.as_ref())?.get(number)
    }

    pub(crate) fn len(&self) -> usize {
        self.list.shown.len()
    }

    /// The row that is chosen.
    pub(crate) fn chosen(&self) -> Option<usize> {
        self.list.chosen
    }

    /// What the page is told of it.
    pub(crate) fn window(&self, window: Window<StringRow>) -> StringsWindow {
        let progress = self.in_members.as_ref();
        StringsWindow {
            window,
            order: self.list.order,
            shows_names: self.list.shows_names,
            progress: progress
                .map(|members| StringsProgress { message: members.message(), is_complete: members.is_complete() }),
        }
    }

    /// Rows, as far as there are so many.
    pub(crate) fn rows(&self, file: &File, payloads: &Payloads, range: Range<usize>) -> Vec<StringRow> {
        let shown = self.list.shown.get(range.start..range.end.min(self.list.shown.len())).unwrap_or(&[]);
        match (file.members(), &self.in_members, &self.all) {
            (Some(members), Some(found), _) => shown.iter().filter_map(|&number| found.row(members, number)).collect(),
            (_, _, Some(all)) => shown.iter().map(|&number| drawn(file, payloads, &all[number as usize])).collect(),
            _ => Vec::new(),
        }
    }
}

/// Whether a string has this in it, in small letters.
fn has(pyc: &Pyc, found: &StringFound, wanted: &str) -> bool {
    let contents = pyc.text(found.id).unwrap_or_default();
    contents.windows(wanted.len()).any(|window| window.eq_ignore_ascii_case(wanted.as_bytes()))
}

fn drawn(file: &File, payloads: &Payloads, found: &StringFound) -> StringRow {
    StringRow {
        kind: kind(found).to_owned(),
        length: found.length,
        value: constant(&file.pyc, found.id, VALUE),
        holds: payloads.words(&file.pyc, found.item()).map(str::to_owned),
        code: found.code.map(|code| labels::code_name(&file.pyc, code)).unwrap_or_default(),
        member: None,
    }
}

/// The first instruction that uses a string, where it stands or where it is referred to.
fn first_use(file: &File, id: NodeId) -> Option<Item> {
    /// How many references are followed.
    const FOLLOWED: usize = 64;
    let places = std::iter::once(id).chain(file.references().to(id).take(FOLLOWED));
    places.into_iter().find_map(|place| file.users(place).next().map(|(code, offset)| Item::Instruction(code, offset)))
}
