//! Which strings are listed, and in which order.

use std::cmp::Reverse;

use pycxray::{Look, StringFound};

use crate::protocol::{StringsAction, StringsOrder};

/// The list as the user left it.
#[derive(Debug, Default)]
pub(super) struct StringList {
    /// The numbers of the strings that are listed, in the order that is wanted.
    pub(super) shown: Vec<u32>,
    filter: String,
    pub(super) order: StringsOrder,
    pub(super) shows_names: bool,
    /// The row that is chosen.
    pub(super) chosen: Option<usize>,
}

impl StringList {
    /// Takes what is wanted of the list. Whether it is to be made anew.
    pub(super) fn act(&mut self, action: StringsAction) -> bool {
        match action {
            StringsAction::Filter(typed) => self.filter = typed.trim().to_lowercase(),
            StringsAction::Order(order) => self.order = order,
            StringsAction::ShowNames(shows) => self.shows_names = shows,
            StringsAction::Select(row) => {
                self.chosen = Some(row.min(self.shown.len().saturating_sub(1)));
                return false;
            }
            StringsAction::Use(_) | StringsAction::Stop => return false,
        }
        true
    }

    /// Lists those that are wanted. `has` says whether a string has something in it, in small letters.
    pub(super) fn list(&mut self, all: &[StringFound], has: &dyn Fn(u32, &str) -> bool) {
        self.shown.clear();
        self.add(all, 0, has);
        match self.order {
            StringsOrder::Place => {}
            StringsOrder::Length => self.shown.sort_by_key(|number| Reverse(all[*number as usize].length)),
            StringsOrder::Kind => self.shown.sort_by_key(|number| {
                let found = &all[*number as usize];
                (found.look, found.is_name, found.is_text)
            }),
        }
        self.chosen = None;
    }

    /// Lists those that are wanted of the strings from some on behind the others.
    pub(super) fn add(&mut self, all: &[StringFound], from: usize, has: &dyn Fn(u32, &str) -> bool) {
        let numbered = (from as u32..).zip(&all[from..]);
        let wanted = |number: u32, found: &StringFound| {
            (self.shows_names || !found.is_name)
                && (self.filter.is_empty() || kind(found) == self.filter || has(number, &self.filter))
        };
        let added: Vec<u32> =
            numbered.filter(|(number, found)| wanted(*number, found)).map(|(number, _)| number).collect();
        self.shown.extend(added);
    }
}

/// What a string is, in a word.
pub(super) fn kind(found: &StringFound) -> &'static str {
    match (found.look, found.is_name, found.is_text) {
        (_, true, _) => "name",
        (Look::Plain, _, true) => "text",
        (Look::Plain, _, false) => "bytes",
        (look, ..) => look.word(),
    }
}
