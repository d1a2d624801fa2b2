//! What a page would have on screen: it sends requests to an engine, and keeps what it hears.

#![allow(unreachable_pub, reason = "the fuzz target takes it as a module of its own")]
#![allow(dead_code, reason = "each test takes what it needs of it")]

use std::mem::discriminant;
use std::ops::Range;

use pycxray::Pyc;
use pycxray_view::protocol::{
    Action, Answer, Card, ChangeRow, Companion, CompanionWindow, Comparison, DocumentId, Errand, Everywhere,
    GraphWindow, HexWindow, ItemKey, ListingAction, ListingWindow, Outcome, OutlineRow, PairWindow, Part, Place,
    Problems, Question, QuestionId, Request, Ribbon, RibbonWindow, RowKey, Rows, SearchAction, SearchState, Selection,
    SideHex, SourceWindow, StringsWindow, Summary, Tabs, TreeAction, TreeRow, Update, VerifyWindow, View, Viewport,
    Window, Work,
};
use pycxray_view::protocol::{Hit, ListingRow, MemberRow, Progress};
use pycxray_view::{Clock, Engine, Message, prover, verifier};

/// Whether one part takes the place of another.
fn is_of_the_same(known: &Part, part: &Part) -> bool {
    match (known, part) {
        (Part::SideHex(known), Part::SideHex(hex)) => known.side == hex.side,
        _ => discriminant(known) == discriminant(part),
    }
}

/// The one file that most tests have open.
pub const FILE: DocumentId = DocumentId(1);

/// A page with one file on screen.
pub struct Screen {
    pub engine: Engine,
    /// The same file, decoded beside the engine.
    pub pyc: Pyc,
    pub tabs: Tabs,
    /// The file beside which a source came last.
    pub paired: Option<DocumentId>,
    parts: Vec<Part>,
    /// How far a search through everything is.
    pub everywhere: Option<Everywhere>,
    /// What was told of things that take long.
    pub progress: Vec<Progress>,
    /// The answers to the last question, with the bytes beside each.
    answers: Vec<(Answer, Vec<u8>)>,
    /// What was not done yet.
    errands: Vec<(Errand, Vec<u8>)>,
    /// What does them.
    pub run_errand: fn(&Errand, Vec<u8>) -> Outcome,
}

/// A clock that stands still, an hour and a half behind UTC.
pub fn clock() -> Clock {
    Clock { now: || 1_800_000_000, minutes_ahead: |_| -90 }
}

/// Does an errand as the program does that the page has for it.
pub fn run_errand(errand: &Errand, bytes: Vec<u8>) -> Outcome {
    match errand.work {
        Work::Source => prover::run(errand, bytes),
        Work::Verify { .. } => verifier::run(errand, bytes),
    }
}

impl Screen {
    /// An engine without a file.
    pub fn empty() -> Self {
        Self {
            engine: Engine::new(clock()),
            pyc: Pyc::parse(Vec::new()),
            tabs: Tabs::default(),
            paired: None,
            parts: Vec::new(),
            everywhere: None,
            progress: Vec::new(),
            answers: Vec::new(),
            errands: Vec::new(),
            run_errand,
        }
    }

    /// A page with this file open.
    pub fn open(name: &str, bytes: &[u8]) -> Self {
        let mut screen = Self::empty();
        screen.pyc = Pyc::parse(bytes.to_vec());
        screen.open_as(FILE, name, bytes, None);
        screen
    }

    /// Opens another file.
    pub fn open_as(&mut self, id: DocumentId, name: &str, bytes: &[u8], place: Option<Place>) {
        let request = Request::Open { id, name: name.to_owned(), python: None, place, on_screen: true };
        self.send_with(request, bytes.to_vec());
    }

    pub fn send(&mut self, request: Request) {
        self.send_with(request, Vec::new());
    }

    pub fn send_with(&mut self, request: Request, bytes: Vec<u8>) {
        if matches!(request, Request::ReadAs { .. }) {
            // Another reading is another document: all of it is sent.
            self.parts.clear();
        }
        let mut messages = Vec::new();
        self.engine.handle(request, bytes, &mut |message| messages.push(message));
        messages.into_iter().for_each(|message| self.hear(message));
        for (errand, bytes) in std::mem::take(&mut self.errands) {
            self.send(Request::Take((self.run_errand)(&errand, bytes)));
        }
    }

    fn hear(&mut self, message: Message) {
        for update in message.updates {
            match update {
                Update::Tabs(tabs) => {
                    if tabs.active != self.tabs.active {
                        self.parts.clear();
                    }
                    self.tabs = tabs;
                }
                Update::Snapshot(snapshot) => {
                    assert_eq!(Some(snapshot.document), self.tabs.active, "it is of the file on screen");
                    for part in snapshot.parts {
                        assert!(!self.parts.contains(&part), "what is the same is not sent again: {part:?}");
                        self.parts.retain(|known| !is_of_the_same(known, &part));
                        self.parts.push(part);
                    }
                }
                Update::Paired { file, .. } => self.paired = Some(file),
                Update::Everywhere(everywhere) => self.everywhere = everywhere,
                Update::Progress(progress) => self.progress.push(progress),
                Update::Answer { answer, .. } => self.answers.push((answer, message.bytes.clone())),
                Update::Wants(errand) => self.errands.push((errand, message.bytes.clone())),
            }
        }
    }

    /// Lets the engine do what it does between requests, to its end.
    pub fn finish(&mut self) {
        while self.engine.is_busy() {
            let mut steps = 0;
            let mut messages = Vec::new();
            let mut has_time = || {
                steps += 1;
                steps < 100
            };
            self.engine.work(&mut has_time, &mut |message| messages.push(message));
            messages.into_iter().for_each(|message| self.hear(message));
        }
    }

    pub fn act(&mut self, action: Action) {
        self.send(Request::Act { document: FILE, action });
    }

    /// All answers to a question, with the bytes beside each.
    pub fn ask_all(&mut self, question: Question) -> Vec<(Answer, Vec<u8>)> {
        self.answers.clear();
        self.send(Request::Ask { question_id: QuestionId(0), document: FILE, question });
        std::mem::take(&mut self.answers)
    }

    pub fn ask(&mut self, question: Question) -> Answer {
        self.ask_all(question).pop().expect("each question is answered").0
    }

    pub fn ask_text(&mut self, question: Question) -> String {
        match self.ask(question) {
            Answer::Text(text) => text,
            other => panic!("{other:?} is no text"),
        }
    }

    fn part<T>(&self, find: impl Fn(&Part) -> Option<&T>) -> &T {
        self.parts.iter().find_map(find).expect("it was sent")
    }

    pub fn summary(&self) -> &Summary {
        self.part(|part| if let Part::Summary(summary) = part { Some(summary) } else { None })
    }

    pub fn selection(&self) -> &Selection {
        self.part(|part| if let Part::Selection(selection) = part { Some(selection) } else { None })
    }

    pub fn card(&self) -> Option<&Card> {
        self.part(|part| if let Part::Card(card) = part { Some(card) } else { None }).as_ref()
    }

    pub fn place(&self) -> &Place {
        self.part(|part| if let Part::Place(place) = part { Some(place) } else { None })
    }

    pub fn search_state(&self) -> Option<&SearchState> {
        self.part(|part| if let Part::Search(state) = part { Some(state) } else { None }).as_ref()
    }

    fn watch(&mut self, viewport: Viewport) {
        self.send(Request::Watch { document: self.tabs.active, viewport });
    }

    pub fn tree(&mut self, range: Range<usize>) -> &Window<TreeRow> {
        self.watch(Viewport::Tree(rows(range)));
        self.part(|part| if let Part::Tree(window) = part { Some(window) } else { None })
    }

    pub fn listing(&mut self, range: Range<usize>) -> &ListingWindow {
        self.watch(Viewport::Listing(rows(range)));
        self.part(|part| if let Part::Listing(window) = part { Some(window) } else { None })
    }

    pub fn outline(&mut self, range: Range<usize>) -> &Window<OutlineRow> {
        self.watch(Viewport::Outline(rows(range)));
        self.part(|part| if let Part::Outline(window) = part { Some(window) } else { None })
    }

    pub fn members(&mut self, range: Range<usize>) -> &Window<MemberRow> {
        self.watch(Viewport::Members(rows(range)));
        self.part(|part| if let Part::Members(window) = part { Some(window) } else { None })
    }

    pub fn strings(&mut self, range: Range<usize>) -> &StringsWindow {
        self.watch(Viewport::Strings(rows(range)));
        self.part(|part| if let Part::Strings(window) = part { Some(window) } else { None })
    }

    pub fn found(&mut self, range: Range<usize>) -> &Window<Hit> {
        self.watch(Viewport::Found(rows(range)));
        self.part(|part| if let Part::Found(window) = part { Some(window) } else { None })
    }

    pub fn problems(&mut self) -> &Problems {
        self.watch(Viewport::Problems);
        self.part(|part| if let Part::Problems(problems) = part { Some(problems) } else { None })
    }

    pub fn hex(&mut self, range: Range<usize>, columns: u32) -> &HexWindow {
        self.watch(Viewport::Hex { rows: rows(range), columns });
        self.part(|part| if let Part::Hex(window) = part { Some(window) } else { None })
    }

    pub fn ribbon(&mut self, ribbon: Ribbon) -> &RibbonWindow {
        self.watch(Viewport::Ribbon(ribbon));
        self.part(|part| if let Part::Ribbon(window) = part { Some(window) } else { None })
    }

    pub fn unwatch(&mut self, view: View) {
        self.send(Request::Unwatch(view));
    }

    /// Rows of the tree, as far as there are so many.
    pub fn tree_rows(&mut self, range: Range<usize>) -> Vec<TreeRow> {
        let window = self.tree(range.clone());
        range.filter_map(|row| window.row(row).cloned()).collect()
    }

    /// All rows of the tree.
    pub fn all_tree_rows(&mut self) -> Vec<TreeRow> {
        let length = self.tree_len();
        self.tree_rows(0..length)
    }

    pub fn tree_len(&mut self) -> usize {
        self.tree(0..0).total
    }

    pub fn tree_selected_row(&mut self) -> Option<usize> {
        self.tree(0..0).selected
    }

    /// Rows of the listing, as far as there are so many.
    pub fn listing_rows(&mut self, range: Range<usize>) -> Vec<ListingRow> {
        let window = &self.listing(range.clone()).window;
        range.filter_map(|row| window.row(row).cloned()).collect()
    }

    /// The source, whole.
    pub fn source(&mut self) -> SourceWindow {
        self.watch(Viewport::Source(rows(0..100_000)));
        self.part(|part| if let Part::Source(window) = part { Some(window) } else { None }).clone()
    }

    /// The companion of the file on screen, if it can have one.
    pub fn companion(&self) -> Option<&Companion> {
        self.part(|part| if let Part::Companion(companion) = part { Some(companion) } else { None }).as_ref()
    }

    pub fn companion_text(&mut self, range: Range<usize>) -> &CompanionWindow {
        self.watch(Viewport::Companion(rows(range)));
        self.part(|part| if let Part::CompanionText(window) = part { Some(window) } else { None })
    }

    pub fn verify(&mut self) -> VerifyWindow {
        self.watch(Viewport::Verify);
        self.part(|part| if let Part::Verify(window) = part { Some(window) } else { None }).clone()
    }

    /// Puts two files side by side.
    pub fn compare(&mut self, id: DocumentId, files: [DocumentId; 2]) {
        self.send(Request::Compare { id, files, pair: None, on_screen: true });
    }

    pub fn act_in(&mut self, document: DocumentId, action: Action) {
        self.send(Request::Act { document, action });
    }

    pub fn comparison(&self) -> &Comparison {
        self.part(|part| if let Part::Comparison(comparison) = part { Some(comparison) } else { None })
    }

    pub fn changes(&mut self, range: Range<usize>) -> &Window<ChangeRow> {
        self.watch(Viewport::Changes(rows(range)));
        self.part(|part| if let Part::Changes(window) = part { Some(window) } else { None })
    }

    pub fn pair(&mut self, range: Range<usize>, beside: bool) -> &PairWindow {
        self.watch(Viewport::Pair { rows: rows(range), beside });
        self.part(|part| if let Part::Pair(window) = part { Some(window) } else { None })
    }

    /// The bytes of one of two files that are compared.
    pub fn side_hex(&mut self, side: usize, range: Range<usize>, columns: u32) -> &SideHex {
        self.watch(Viewport::SideHex { side, rows: rows(range), columns });
        self.part(|part| if let Part::SideHex(hex) = part { (hex.side == side).then_some(hex) } else { None })
    }

    /// The control flow of the code object in the listing.
    pub fn graph(&mut self) -> GraphWindow {
        self.watch(Viewport::Graph);
        self.part(|part| if let Part::Graph(graph) = part { Some(graph) } else { None }).clone()
    }

    pub fn all_listing_rows(&mut self) -> Vec<ListingRow> {
        let length = self.listing_len();
        self.listing_rows(0..length)
    }

    pub fn listing_len(&mut self) -> usize {
        self.listing(0..0).window.total
    }

    pub fn listing_selected_row(&mut self) -> Option<usize> {
        self.listing(0..0).window.selected
    }

    /// The code object in the listing.
    pub fn listing_code(&mut self) -> Option<ItemKey> {
        self.listing(0..0).window.subject
    }

    pub fn all_outline_rows(&mut self) -> Vec<OutlineRow> {
        self.outline(0..usize::MAX).rows.clone()
    }

    pub fn select(&mut self, item: impl Into<ItemKey>) {
        self.act(Action::Select(item.into()));
    }

    pub fn select_offset(&mut self, offset: u32) {
        self.act(Action::SelectOffset(offset));
    }

    pub fn selected_item(&self) -> Option<ItemKey> {
        self.selection().item
    }

    /// Opens an item of the tree that is closed, or closes one that is open.
    pub fn toggle(&mut self, item: ItemKey) {
        self.act(Action::Tree(TreeAction::Toggle(item)));
    }

    /// Opens all that is in an item of the tree, which is chosen then.
    pub fn expand_all(&mut self, item: ItemKey) {
        self.select(item);
        self.act(Action::Tree(TreeAction::ExpandAll));
    }

    /// The row that is chosen after a key in the tree.
    pub fn tree_key(&mut self, key: RowKey, page: usize) -> Option<usize> {
        self.act(Action::Tree(TreeAction::Key(key, page)));
        self.tree_selected_row()
    }

    /// The row that is chosen after a key in the listing.
    pub fn listing_key(&mut self, key: RowKey, page: usize) -> Option<usize> {
        self.act(Action::Listing(ListingAction::Key(key, page)));
        self.listing_selected_row()
    }

    pub fn show_caches(&mut self, show: bool) {
        self.act(Action::Listing(ListingAction::ShowCaches(show)));
    }

    pub fn show_columns(&mut self, show: bool) {
        self.act(Action::Listing(ListingAction::ShowColumns(show)));
    }

    /// Searches to the end.
    pub fn search(&mut self, query: &str) {
        self.act(Action::Search(SearchAction::Query(query.to_owned())));
        self.finish();
    }

    pub fn go_to(&mut self, text: &str) -> Result<(), String> {
        self.went(Question::GoTo(text.to_owned()))
    }

    pub fn go_to_place(&mut self, place: &Place) -> bool {
        self.went(Question::GoToPlace(place.clone())).is_ok()
    }

    fn went(&mut self, question: Question) -> Result<(), String> {
        match self.ask(question) {
            Answer::Went(went) => went.map(|_| ()),
            other => panic!("{other:?} says not where it went"),
        }
    }

    /// The path of what is chosen.
    pub fn path(&mut self) -> String {
        self.ask_text(Question::Path)
    }
}

fn rows(range: Range<usize>) -> Rows {
    Rows { start: range.start, count: range.len() }
}
