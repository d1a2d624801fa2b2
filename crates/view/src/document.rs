//! An opened file with all that is open, chosen and searched in it.

mod actions;
mod companion;
mod placements;
mod range;
mod windows;
mod work;

use std::rc::Rc;

use pycxray::{Item, Pyc, Span};

use crate::calls_of_note::CallsOfNote;
use crate::companion::Companion;
use crate::file::File;
use crate::go_to;
use crate::graph::Graph;
use crate::listing::Listing;
use crate::members::MemberList;
use crate::moves::Move;
use crate::outline::Outline;
use crate::payloads::Payloads;
use crate::problems::Problems;
use crate::protocol::{ItemKey, Place, View};
use crate::ribbon::RibbonCache;
use crate::search::{Hits, Search};
use crate::selection::{Selection, Step};
use crate::source::Source;
use crate::strings::Strings;
use crate::tree::Tree;

/// An opened file with all that is open, chosen and searched in it. Each of its parts owns its state; here is what one of them
/// means to the others.
#[derive(Debug)]
pub(crate) struct Document {
    pub(crate) file: Rc<File>,
    pub(crate) problems: Problems,
    payloads: Payloads,
    calls_of_note: CallsOfNote,
    selection: Selection,
    tree: Tree,
    listing: Listing,
    outline: Outline,
    graph: Graph,
    members: MemberList,
    pub(crate) source: Source,
    companion: Option<Companion>,
    strings: Strings,
    search: Option<Search>,
    no_hits: Hits,
    ribbon: RibbonCache,
    /// Where a view was led last, and how often any was.
    lead: (u64, Option<(View, Item)>),
    /// Another one for each document.
    serial: u32,
    /// Grows with each change.
    revision: u64,
}

impl Document {
    /// A file as it is when it has just been opened. `serial` is another one for each document, `now` is in seconds since 1970,
    /// UTC.
    pub(crate) fn new(file: Rc<File>, serial: u32, now: u64) -> Self {
        let mut document = Self {
            problems: Problems::new(&file, Some(now)),
            payloads: Payloads::new(&file),
            calls_of_note: CallsOfNote::new(&file.pyc),
            selection: Selection::new(u64::from(serial) << 32),
            tree: Tree::new(&file),
            listing: Listing::new(&file),
            outline: Outline::default(),
            graph: Graph::default(),
            members: MemberList::new(file.members()),
            source: Source::of(&file),
            companion: None,
            strings: Strings::default(),
            search: None,
            no_hits: Hits::default(),
            ribbon: RibbonCache::default(),
            lead: (0, None),
            serial,
            revision: 0,
            file,
        };
        // The module says what the file imports and defines, which is what most want to know first.
        let module = document.pyc().codes().first().map(|&code| Item::Object(code));
        let first = module.or(document.pyc().top().next());
        document.choose(first.map(|first| Step::to(&document.file, first)), false);
        document
    }

    pub(crate) fn pyc(&self) -> &Pyc {
        &self.file.pyc
    }

    /// Another one for each document.
    pub(crate) fn serial(&self) -> u32 {
        self.serial
    }

    /// Grows with each change.
    pub(crate) fn revision(&self) -> u64 {
        self.revision
    }

    /// What is chosen.
    pub(crate) fn chosen(&self) -> Step {
        self.selection.current()
    }

    /// Which visit it is that is chosen.
    pub(crate) fn visit(&self) -> u64 {
        self.selection.visit()
    }

    /// The code object in the listing.
    pub(crate) fn listed(&self) -> Option<pycxray::NodeId> {
        self.listing.code()
    }

    /// Where this is.
    pub(crate) fn place(&self) -> Place {
        let member = self.file.members().and_then(|members| self.members.name(members));
        match member {
            Some(member) => Place { member: Some(member.to_owned()), ..Place::default() },
            None => go_to::place(&self.file, &self.chosen()),
        }
    }

    /// Goes to a place; `false` if the file has none such.
    pub(crate) fn go_to_place(&mut self, place: &Place) -> bool {
        let step = match (&place.member, self.file.members()) {
            (Some(name), Some(members)) => {
                let Some(span) = self.members.go_to(members, name) else { return false };
                self.step_to_member(span)
            }
            _ => match go_to::step_to_place(&self.file, place) {
                Some(step) => step,
                None => return false,
            },
        };
        self.go(step);
        true
    }

    /// Goes to a member of the container that the file is, by its number.
    pub(crate) fn go_to_member(&mut self, number: u32) {
        let span = self.file.members().and_then(|members| self.members.go_to_member(members, number));
        if let Some(span) = span {
            self.go(self.step_to_member(span));
        }
    }

    /// Its bytes; where they are not in the file as one piece, what is chosen stays so.
    fn step_to_member(&self, span: Option<Span>) -> Step {
        span.and_then(|span| Step::to_span(&self.file, span, None)).unwrap_or(self.chosen())
    }

    /// The qualified name of the function or class in the listing; `None` for a module, and in files that have very many.
    pub(crate) fn function(&self) -> Option<String> {
        go_to::function_name(&self.file, self.listed()?)
    }

    /// Goes to a function or class, unless it is in the listing already or nowhere.
    pub(crate) fn go_to_function(&mut self, name: &str) {
        let code = go_to::function_named(&self.file, name).filter(|code| Some(*code) != self.listed());
        if let Some(code) = code {
            self.go_to(Item::Object(code));
        }
    }

    /// Chooses something, as a place of its own, and brings it in sight in every view.
    pub(crate) fn go(&mut self, step: Step) {
        self.choose(Some(step), false);
    }

    /// Chooses an item, as a place of its own.
    pub(crate) fn go_to(&mut self, item: Item) {
        self.go(Step::to(&self.file, item));
    }

    fn choose(&mut self, step: Option<Step>, passing: bool) {
        if let Some(step) = step {
            self.selection.choose(step, passing);
            self.revision += 1;
            self.reveal_chosen();
        }
    }

    fn reveal_chosen(&mut self) {
        if let Some(item) = self.selection.item() {
            self.listing.enter(&self.file, item);
            self.graph.enter(&self.file, self.listing.code(), Some(item));
            self.tree.reveal(&self.file, item);
            self.source.reveal(&self.file, item);
        }
    }

    fn follow_move(&mut self, to: Option<Move>) {
        match to {
            Some(Move::To(item)) => self.choose(Some(Step::to(&self.file, item)), false),
            Some(Move::Past(item)) => self.choose(Some(Step::to(&self.file, item)), true),
            None => self.revision += 1,
        }
    }

    /// What constants come to once they are decoded.
    pub(crate) fn payload(&self, number: u32) -> Option<pycxray_container::Unpacked> {
        self.payloads.decode(self.pyc(), number)
    }

    fn item(&self, key: ItemKey) -> Option<Item> {
        key.item(&self.file.pyc)
    }
}
