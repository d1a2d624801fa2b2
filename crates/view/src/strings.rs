//! The texts and byte strings of a file, as one list.

use std::cmp::Reverse;
use std::ops::Range;

use pycxray::{Item, Look, NodeId, Pyc, StringFound};

use crate::constant::constant;
use crate::file::File;
use crate::labels;
use crate::payloads::Payloads;
use crate::protocol::{StringRow, StringsAction, StringsOrder};

/// How long a string in a row may be, in characters.
const VALUE: usize = 200;

/// The list as the user left it.
#[derive(Debug, Default)]
pub(crate) struct Strings {
    /// All of them, in the order of the file; `None` before the list was wanted.
    all: Option<Vec<StringFound>>,
    /// Which of them are listed, in the order that is wanted.
    shown: Vec<u32>,
    filter: String,
    order: StringsOrder,
    shows_names: bool,
    /// The row that is chosen.
    chosen: Option<usize>,
}

impl Strings {
    /// Does what the user did. Answers what is to be chosen.
    pub(crate) fn act(&mut self, file: &File, action: StringsAction) -> Option<Item> {
        match action {
            StringsAction::Filter(typed) => self.filter = typed.trim().to_lowercase(),
            StringsAction::Order(order) => self.order = order,
            StringsAction::ShowNames(shows) => self.shows_names = shows,
            StringsAction::Select(row) => {
                self.chosen = Some(row.min(self.shown.len().saturating_sub(1)));
                return self.found(row).map(StringFound::item);
            }
            StringsAction::Use(row) => {
                let found = self.found(row)?;
                return Some(first_use(file, found.id).unwrap_or(found.item()));
            }
        }
        self.list(&file.pyc);
        None
    }

    /// Lists those that are wanted.
    fn list(&mut self, pyc: &Pyc) {
        let Self { all, filter, order, shows_names, .. } = self;
        let all = all.get_or_insert_with(|| pycxray::strings(pyc).collect());
        let wanted = |found: &StringFound| (*shows_names || !found.is_name) && fits(pyc, found, filter);
        let numbered = (0u32..).zip(all.iter());
        self.shown = numbered.filter(|(_, found)| wanted(found)).map(|(number, _)| number).collect();
        let found = |number: &u32| &all[*number as usize];
        match order {
            StringsOrder::Place => {}
            StringsOrder::Length => self.shown.sort_by_key(|number| Reverse(found(number).length)),
            StringsOrder::Kind => self.shown.sort_by_key(|number| {
                let found = found(number);
                (found.look, found.is_name, found.is_text)
            }),
        }
        self.chosen = None;
    }

    fn found(&self, row: usize) -> Option<&StringFound> {
        self.all.as_ref()?.get(*self.shown.get(row)? as usize)
    }

    pub(crate) fn len(&self) -> usize {
        self.shown.len()
    }

    /// The row that is chosen.
    pub(crate) fn chosen(&self) -> Option<usize> {
        self.chosen
    }

    /// In which order they are.
    pub(crate) fn order(&self) -> StringsOrder {
        self.order
    }

    /// Whether the names of the program are among them.
    pub(crate) fn shows_names(&self) -> bool {
        self.shows_names
    }

    /// Rows, as far as there are so many.
    pub(crate) fn rows(&self, file: &File, payloads: &Payloads, range: Range<usize>) -> Vec<StringRow> {
        let rows = range.start..range.end.min(self.shown.len());
        rows.filter_map(|row| self.found(row)).map(|found| drawn(file, payloads, found)).collect()
    }
}

/// What a string is, in a word.
fn kind(found: &StringFound) -> &'static str {
    match (found.look, found.is_name, found.is_text) {
        (_, true, _) => "name",
        (Look::Plain, _, true) => "text",
        (Look::Plain, _, false) => "bytes",
        (look, ..) => look.word(),
    }
}

/// Whether a string has this in it, in small letters, or is of the kind that it names.
fn fits(pyc: &Pyc, found: &StringFound, filter: &str) -> bool {
    let contents = || pyc.text(found.id).unwrap_or_default();
    filter.is_empty() || kind(found) == filter || holds(contents(), filter.as_bytes())
}

/// Whether bytes have others in them, in letters of ASCII of either case.
fn holds(bytes: &[u8], wanted: &[u8]) -> bool {
    bytes.windows(wanted.len()).any(|window| window.eq_ignore_ascii_case(wanted))
}

fn drawn(file: &File, payloads: &Payloads, found: &StringFound) -> StringRow {
    StringRow {
        item: found.item().into(),
        kind: kind(found).to_owned(),
        length: found.length,
        value: constant(&file.pyc, found.id, VALUE),
        holds: payloads.words(&file.pyc, found.item()).map(str::to_owned),
        code: found.code.map(|code| labels::code_name(&file.pyc, code)).unwrap_or_default(),
    }
}

/// The first instruction that uses a string, where it stands or where it is referred to.
fn first_use(file: &File, id: NodeId) -> Option<Item> {
    /// How many references are followed.
    const FOLLOWED: usize = 64;
    let places = std::iter::once(id).chain(file.references().to(id).take(FOLLOWED));
    places.into_iter().find_map(|place| file.users(place).next().map(|(code, offset)| Item::Instruction(code, offset)))
}
