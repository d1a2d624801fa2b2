//! An opened file with all that is open, chosen and searched in it.

mod companion;
mod range;

use std::rc::Rc;

use pycxray::{Item, Pyc};

use crate::calls_of_note::CallsOfNote;
use crate::companion::Companion;
use crate::file::File;
use crate::graph::Graph;
use crate::hex;
use crate::listing::Listing;
use crate::members::MemberList;
use crate::moves::Move;
use crate::outline::Outline;
use crate::payloads::Payloads;
use crate::problems::Problems;
use crate::protocol::{
    Action, Card, HexAction, HexWindow, ItemKey, Lead, ListingAction, ListingWindow, Made, MembersAction, PairWindow,
    Part, Place, QuestionId, Rows, SearchAction, SearchState, SideHex, SourceAction, Summary, TreeAction, View,
    Viewport, Window, Work,
};
use crate::ribbon::{self, RibbonCache};
use crate::search::{Hit, Hits, Search};
use crate::selection::{Selection, Step};
use crate::source::Source;
use crate::strings::Strings;
use crate::tree::Tree;
use crate::{go_to, protocol};

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
                self.revision += 1;
                span.and_then(|span| Step::to_span(&self.file, span, None)).unwrap_or(self.chosen())
            }
            _ => match go_to::step_to_place(&self.file, place) {
                Some(step) => step,
                None => return false,
            },
        };
        self.go(step);
        true
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

    fn item(&self, key: ItemKey) -> Option<Item> {
        key.item(&self.file.pyc)
    }

    /// Does what the user did.
    pub(crate) fn act(&mut self, action: Action) {
        match action {
            Action::Select(key) => {
                let step = self.item(key).map(|item| Step::to(&self.file, item));
                self.choose(step, false);
            }
            Action::SelectOffset(offset) => self.choose(Step::to_offset(&self.file, offset), false),
            Action::SelectRange { anchor, cursor } => {
                self.choose(Step::to_range(&self.file, anchor, cursor), true);
            }
            Action::SelectSpan { span, item } => {
                let item = item.and_then(|key| self.item(key));
                self.choose(Step::to_span(&self.file, span, item), false);
            }
            Action::Lead { view, item } => {
                if let Some(item) = self.item(item) {
                    self.lead_to(view, item);
                }
            }
            Action::Tree(action) => self.act_in_tree(action),
            Action::Listing(action) => self.act_in_listing(action),
            Action::Source(action) => self.act_in_source(action),
            Action::Companion(action) => self.act_in_companion(action),
            Action::Graph(action) => {
                let to = self.graph.act(&self.file, self.selection.item(), action);
                self.follow_move(to.map(Move::Past));
            }
            Action::Hex(action) => self.act_in_hex(&action),
            Action::RibbonSelect { ribbon, pixel } => {
                let owner = ribbon::owner_at(&self.file, ribbon, pixel);
                self.choose(owner.map(|(item, _)| Step::to(&self.file, item)), false);
            }
            Action::RibbonStep { ribbon, forward } => {
                let offset = ribbon::step(&self.file, ribbon, self.chosen().span, forward);
                self.choose(offset.and_then(|offset| Step::to_offset(&self.file, offset)), false);
            }
            Action::Outline(action) => {
                self.outline.act(&self.file, action);
                self.revision += 1;
            }
            Action::Members(action) => self.act_in_members(action),
            Action::Strings(action) => {
                let item = self.strings.act(&self.file, action);
                self.revision += 1;
                self.choose(item.map(|item| Step::to(&self.file, item)), false);
            }
            Action::Search(action) => self.act_in_search(action),
            // There is but one file here.
            Action::Comparison(_) => {}
        }
    }

    fn act_in_tree(&mut self, action: TreeAction) {
        let chosen = self.selection.item();
        let file = &self.file;
        // What may hide what is chosen.
        let mut closed = None;
        let to = match action {
            TreeAction::Key(key, page) => {
                closed = chosen.map(|chosen| crate::item::row_item(&file.pyc, chosen));
                self.tree.key(file, chosen, key, page)
            }
            TreeAction::Toggle(key) => {
                closed = key.item(&file.pyc);
                if let Some(item) = closed {
                    self.tree.toggle(file, item);
                }
                None
            }
            TreeAction::Enter(key) => key.item(&file.pyc).and_then(|item| self.tree.enter(file, item)),
            TreeAction::ExpandAll => {
                if let Some(item) = chosen {
                    self.tree.expand_all(file, item);
                }
                None
            }
            TreeAction::CollapseSiblings => {
                closed = chosen;
                if let Some(item) = chosen {
                    self.tree.collapse_siblings(file, item);
                }
                None
            }
            TreeAction::TypeAhead(typed) => self.tree.type_ahead(file, chosen, &typed),
        };
        let hidden = closed.filter(|_| to.is_none()).filter(|_| self.tree_row().is_none());
        let instead = hidden.and_then(|closed| Tree::hidden_in(&self.file, closed, chosen));
        self.follow_move(to.or(instead.map(Move::To)));
    }

    /// The row of what is chosen in the tree.
    fn tree_row(&self) -> Option<usize> {
        self.tree.row_of(&self.file, self.selection.item()?)
    }

    fn act_in_listing(&mut self, action: ListingAction) {
        let chosen = self.selection.item();
        let file = &self.file;
        let to = match action {
            ListingAction::Key(key, page) => self.listing.key(file, chosen, key, page),
            ListingAction::Toggle(key) => {
                if let Some(item) = key.item(&file.pyc) {
                    self.listing.toggle(file, item);
                }
                None
            }
            ListingAction::Enter(key) => key.item(&file.pyc).and_then(|item| self.listing.enter_row(file, item)),
            ListingAction::ShowCaches(show) => {
                self.listing.show_caches(show);
                None
            }
            ListingAction::ShowColumns(show) => {
                self.listing.show_columns(show);
                None
            }
            ListingAction::Extend(key) => {
                if let Some(item) = key.item(&file.pyc) {
                    self.extend_to(item);
                }
                return;
            }
        };
        self.follow_move(to);
    }

    fn act_in_source(&mut self, action: SourceAction) {
        self.revision += 1;
        match action {
            SourceAction::Key(key, page) => {
                let to = self.source.key(&self.file, self.selection.item(), key, page);
                self.follow_move(to);
            }
            SourceAction::Toggle(row) => self.source.toggle(row),
            SourceAction::FoldAll(folds) => self.source.fold_all(folds),
            SourceAction::Retry => self.source.retry(),
        }
    }

    fn act_in_hex(&mut self, action: &HexAction) {
        let HexAction::Move { to, extend, columns, page } = *action;
        let Step { anchor, cursor, .. } = self.chosen();
        let cursor = hex::moved(to, cursor, self.file.last_offset(), columns, page);
        let step =
            if extend { Step::to_range(&self.file, anchor, cursor) } else { Step::to_offset(&self.file, cursor) };
        self.choose(step, true);
    }

    fn act_in_members(&mut self, action: MembersAction) {
        let span = self.file.members().and_then(|members| self.members.act(members, action));
        self.revision += 1;
        self.choose(span.and_then(|span| Step::to_span(&self.file, span, None)), true);
    }

    fn act_in_search(&mut self, action: SearchAction) {
        let span = self.chosen().span;
        let search = self.search.as_ref();
        let hit = match action {
            SearchAction::Query(typed) => {
                self.search = Search::new(&self.file.pyc, &typed);
                self.revision += 1;
                None
            }
            SearchAction::Next => search.and_then(|search| search.next(span)),
            SearchAction::Previous => search.and_then(|search| search.previous(span)),
            SearchAction::Select(hit) => search.and_then(|search| search.hits.all.get(hit).copied()),
        };
        if let Some(hit) = hit {
            self.choose(self.step_to_hit(&hit), hit.kind == protocol::HitKind::Bytes);
        }
    }

    fn step_to_hit(&self, hit: &Hit) -> Option<Step> {
        match hit.kind {
            protocol::HitKind::Bytes => Step::to_range(&self.file, hit.span.start, hit.span.end - 1),
            _ => Some(Step::to(&self.file, hit.item)),
        }
    }

    /// What other programs are to do for it now, and the bytes that it needs.
    pub(crate) fn errands(&mut self) -> Vec<(Work, Vec<u8>)> {
        let bytes = self.file.pyc.bytes();
        let mut errands = Vec::new();
        if self.source.hand_on() {
            errands.push((Work::Source, bytes.to_vec()));
        }
        if let Some(companion) = &mut self.companion
            && let Some(work) = companion.hand_on()
        {
            errands.push((work, [bytes, &companion.source.bytes].concat()));
        }
        errands
    }

    /// Takes what another program made, or why it made nothing. The exports that waited for it.
    pub(crate) fn take(&mut self, work: Work, made: Result<Made, String>) -> Vec<QuestionId> {
        self.revision += 1;
        match (work, made) {
            (Work::Source, Ok(Made::Source(source))) => {
                if let Some(search) = &mut self.search {
                    search.look_at_source();
                }
                self.source.take(&self.file, Ok(source))
            }
            (Work::Source, Err(why)) => self.source.take(&self.file, Err(why)),
            (Work::Verify { companion, .. }, Ok(Made::Verification(found))) => self.take_verdict(companion, Ok(found)),
            (Work::Verify { companion, .. }, Err(why)) => self.take_verdict(companion, Err(why)),
            // A program makes what it is asked for.
            _ => Vec::new(),
        }
    }

    /// Whether there is more to look at: for damage inside bytecode and tables, for findings, for what is searched.
    pub(crate) fn is_busy(&self) -> bool {
        !self.problems.is_complete()
            || !self.calls_of_note.is_complete()
            || !self.payloads.is_complete()
            || self.strings.is_busy()
            || self.search.as_ref().is_some_and(|search| !search.is_complete())
    }

    /// Looks at the next part of the file.
    pub(crate) fn work(&mut self) {
        if let Some(search) = self.search.as_mut().filter(|search| !search.is_complete()) {
            search.step(&self.file.pyc, Some(&self.source));
            self.revision += 1;
        } else if self.strings.is_busy() {
            self.strings.look_on(&self.file);
            self.revision += 1;
        } else if !self.problems.is_complete() {
            self.revision += u64::from(self.problems.inspect(&self.file.pyc));
        } else if !self.calls_of_note.is_complete() {
            self.revision += u64::from(self.calls_of_note.look_on(&self.file.pyc));
        } else {
            self.revision += u64::from(self.payloads.look_on(&self.file.pyc));
        }
    }

    fn hits(&self) -> &Hits {
        self.search.as_ref().map_or(&self.no_hits, |search| &search.hits)
    }

    /// The parts that are told of whatever is on screen.
    pub(crate) fn parts(&self) -> Vec<Part> {
        vec![
            Part::Summary(Summary { calls_of_note: self.calls_of_note.len(), ..self.file.summary(&self.problems) }),
            Part::Selection(self.selection.shown(&self.file)),
            Part::Card(self.card()),
            Part::Place(self.place()),
            Part::Search(self.search_state()),
            Part::Companion(self.companion_state()),
        ]
    }

    fn card(&self) -> Option<Card> {
        let item = self.selection.item()?;
        let mut card = self.file.card(item, &self.problems);
        card.payload = self.payloads.card(self.pyc(), item);
        if let Some(members) = self.file.members()
            && let Some(number) = self.members.member(members)
        {
            self.file.describe_member(&mut card, members, number);
        }
        if let Some(definition) = self.calls_of_note.definition(self.pyc(), item) {
            card.define_before("defines", definition);
        }
        if let Some(definition) = self.source.definition(&self.file, item) {
            card.definitions.push(definition);
        }
        Some(card)
    }

    /// What constants come to once they are decoded.
    pub(crate) fn payload(&self, number: u32) -> Option<pycxray_container::Unpacked> {
        self.payloads.decode(self.pyc(), number)
    }

    fn search_state(&self) -> Option<SearchState> {
        self.search.as_ref().map(|search| search.state(&self.file, self.chosen().span))
    }

    /// Has a view show an item first.
    fn lead_to(&mut self, view: View, item: Item) {
        self.revision += 1;
        self.lead = (self.lead.0 + 1, Some((view, item)));
        if view == View::Listing {
            self.listing.enter(&self.file, item);
        }
    }

    /// Where a view was led last, with the row of an item in it.
    fn lead(&self, view: View, row_of: impl Fn(Item) -> Option<usize>) -> Option<Lead> {
        let (number, led) = self.lead;
        let (_, item) = led.filter(|(led, _)| *led == view)?;
        Some(Lead { number, row: row_of(item)? })
    }

    /// Where the rows of a view are, and which of them is to be in sight.
    pub(crate) fn placement(&self, viewport: &Viewport) -> Placement {
        let (file, chosen) = (&self.file, self.selection.item());
        let choice = self.selection.choice();
        let by_choice = |total, selected| Placement { total, selected, choice, ..Placement::default() };
        let by_row = |total, selected: Option<usize>| {
            let choice = selected.map_or(0, |row| row as u64 + 1);
            Placement { total, selected, choice, ..Placement::default() }
        };
        match *viewport {
            Viewport::Tree(_) => by_choice(self.tree.len(), self.tree_row()),
            Viewport::Listing(_) => {
                let row_of = |item| self.listing.row_of(file, item);
                let row = self.listing_row();
                let subject = self.listing.code().map(|code| Item::Object(code).into());
                let lead = self.lead(View::Listing, row_of);
                Placement { subject, lead, ..by_choice(self.listing.len(file), row) }
            }
            Viewport::Source(_) => {
                let row_of = |item| self.source.row_of(file, item);
                let lead = self.lead(View::Source, row_of);
                Placement { lead, ..by_choice(self.source.len(), chosen.and_then(row_of)) }
            }
            Viewport::Companion(_) => {
                let placed = |companion: &Companion| companion.placed(file, self.selection.choice(), chosen);
                let (selected, choice) = self.companion.as_ref().map_or((None, 0), placed);
                let total = self.companion.as_ref().map_or(0, Companion::len);
                Placement { total, selected, choice, ..Placement::default() }
            }
            Viewport::Outline(_) => by_row(self.outline.len(file), self.outline.row_of(file, self.listing.code())),
            Viewport::Members(_) => by_row(self.members.len(), self.members.chosen()),
            Viewport::Strings(_) => by_row(self.strings.len(), self.strings.chosen()),
            Viewport::Found(_) => {
                let span = self.chosen().span;
                let hits = self.hits();
                by_row(hits.all.len(), hits.at(span))
            }
            Viewport::Hex { columns, .. } | Viewport::SideHex { columns, .. } => {
                let columns = columns.max(1);
                by_choice(file.size().div_ceil(columns) as usize, Some((self.chosen().cursor / columns) as usize))
            }
            Viewport::Problems
            | Viewport::Verify
            | Viewport::Graph
            | Viewport::Ribbon(_)
            | Viewport::Changes(_)
            | Viewport::Pair { .. } => by_choice(0, None),
        }
    }

    fn hex_window(&self, rows: Rows, columns: u32) -> HexWindow {
        let mut window = hex::window(&self.file, rows, columns, self.hits());
        if let Some(together) = self.together() {
            window.together = together.within(self.pyc(), window.span());
        }
        window
    }

    /// What a view shows.
    pub(crate) fn view(&self, viewport: Viewport) -> Part {
        let Self {
            file,
            problems,
            payloads,
            calls_of_note,
            strings,
            outline,
            selection,
            tree,
            listing,
            graph,
            source,
            members,
            search,
            ribbon,
            ..
        } = self;
        let placement = self.placement(&viewport);
        match viewport {
            Viewport::Tree(rows) => {
                let mut drawn = tree.rows(file, rows.range(), problems.marks(), self.hits());
                let together = self.together();
                for row in &mut drawn {
                    payloads.mark(file, row);
                    row.is_together = self.is_together(&together, row.item);
                }
                Part::Tree(placement.window(rows, drawn))
            }
            Viewport::Listing(rows) => {
                let mut drawn = listing.rows(file, rows.range(), selection.item(), self.hits());
                let (together, range) = (self.together(), self.range());
                for row in &mut drawn {
                    row.is_together = self.is_together(&together, row.item);
                    row.is_in_range = range.zip(self.item(row.item)).is_some_and(|(range, item)| {
                        let start = file.pyc.span(item).start;
                        range.contains(start)
                    });
                    row.tint = self.companion.as_ref().and_then(|companion| companion.tint(file, self.item(row.item)?));
                }
                Part::Listing(ListingWindow {
                    window: placement.window(rows, drawn),
                    has_range: range.is_some(),
                    lanes: listing.lanes(file),
                    crumbs: listing.crumbs(file),
                    shows_caches: listing.shows_caches(),
                    shows_columns: listing.shows_columns(file),
                })
            }
            Viewport::Source(rows) => {
                let drawn = source.rows(file, rows.range(), selection.item());
                Part::Source(source.window(placement.window(rows, drawn)))
            }
            Viewport::Companion(rows) => Part::CompanionText(self.companion_window(placement, rows)),
            Viewport::Verify => Part::Verify(self.verify_window()),
            Viewport::Graph => Part::Graph(graph.window(file, selection.item(), selection.choice())),
            Viewport::Outline(rows) => Part::Outline(placement.window(rows, outline.rows(file, rows.range()))),
            Viewport::Problems => {
                Part::Problems(protocol::Problems { calls_of_note: calls_of_note.listed(file), ..problems.listed() })
            }
            Viewport::Members(rows) => {
                let drawn = file.members().map_or_else(Vec::new, |held| members.rows(held, rows.range()));
                Part::Members(placement.window(rows, drawn))
            }
            Viewport::Strings(rows) => {
                let drawn = strings.rows(file, payloads, rows.range());
                Part::Strings(strings.window(placement.window(rows, drawn)))
            }
            Viewport::Found(rows) => {
                let drawn = search.as_ref().map_or_else(Vec::new, |search| search.rows(file, source, rows.range()));
                Part::Found(placement.window(rows, drawn))
            }
            Viewport::Hex { rows, columns } => Part::Hex(self.hex_window(rows, columns)),
            Viewport::SideHex { side, rows, columns } => Part::SideHex(SideHex {
                side,
                size: file.size(),
                selection: selection.shown(file),
                window: self.hex_window(rows, columns),
            }),
            // A file alone differs from nothing.
            Viewport::Changes(rows) => Part::Changes(placement.window(rows, Vec::new())),
            Viewport::Pair { rows, beside } => {
                let window = placement.window(rows, Vec::new());
                Part::Pair(PairWindow { window, names: [None, None], is_beside: beside })
            }
            Viewport::Ribbon(asked) => Part::Ribbon(ribbon.window(file, asked, self.chosen().span, self.hits())),
        }
    }
}

/// Where the rows of a view are, and which of them is to be in sight.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(crate) struct Placement {
    /// How many rows there are.
    pub(crate) total: usize,
    /// The row of what is chosen.
    pub(crate) selected: Option<usize>,
    /// Changes when another row is to be in sight.
    pub(crate) choice: u64,
    /// What is listed, where that can change.
    pub(crate) subject: Option<ItemKey>,
    /// Where another view led it last.
    pub(crate) lead: Option<Lead>,
}

impl Placement {
    pub(crate) fn window<R>(self, asked: Rows, rows: Vec<R>) -> Window<R> {
        let Self { total, selected, choice, subject, lead } = self;
        Window { start: asked.start, rows, total, selected, choice, subject, lead }
    }
}
