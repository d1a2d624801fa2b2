//! What passes between the engine and the page: plain data, without lifetimes, that serde can write and read.
//!
//! The engine ([`crate::Engine`]) holds the opened files; the page holds what it last heard of them and draws that. They may
//! stand in different threads and share nothing, so everything that one wants of the other is a message:
//!
//! ```text
//!          Request ──► Open, Compare, ReadAs, Close, …     the files
//!                      Watch, Unwatch                     what is on screen: a Viewport a view
//! page                 Act                                what the user did: an Action
//!                      Ask                                what is wanted once: a Question
//!                      Take                               what another program made: an Outcome
//!
//!          Update  ◄── Tabs                               which files are open, and which is on screen
//!                      Snapshot                           those of its Parts that changed
//!                      Progress                           of what takes long
//!                      Answer                             to a Question
//!                      Wants                              what another program is to make: an Errand
//! ```
//!
//! **Files** are named by a [`DocumentId`] that the page chooses. Their bytes never go through serde: they stand beside a
//! [`Request::Open`], and beside an answer that has bytes. The page keeps each file (a `Blob` or a buffer) and the last
//! [`Place`] it heard of; when the engine has to be ended, it starts a new one and opens them all again.
//!
//! **Views** are the panes that show a part of a document. While a view is on screen the page tells which of its rows are in
//! sight, some screens more than that ([`Request::Watch`]); the engine answers with a [`Window`] of them, and again each time
//! that they change. When what is chosen moves out of a window, the engine moves the window along by itself, so that the page
//! has the rows before it has scrolled to them. Nothing is sent for a view that is not watched, and no message grows with the
//! file but for lists that are cut at a fixed length.
//!
//! **Parts** are sent whole when anything in them changed, and not at all otherwise: who draws can compare by pointer.
//!
//! **Items**, the things in a file that can be pointed at, are opaque [`ItemKey`]s: the page echoes them in actions.
//!
//! To add a view: a module here with its rows and, if it has any of its own, its actions; a variant in [`View`], in
//! [`Viewport`] and in [`Part`]; a module in this crate that makes the rows.

mod action;
mod card;
mod companion;
mod comparison;
mod errand;
mod everywhere;
mod graph;
mod hex;
mod item;
mod listing;
mod members;
pub(crate) mod place;
mod problems;
mod question;
mod ribbon;
mod search;
mod selection;
mod source;
mod strings;
mod style;
mod summary;
mod tree;
mod viewport;

use serde::{Deserialize, Serialize};

pub use action::{
    Action, HexAction, HexMove, ListingAction, MembersAction, RowKey, SearchAction, SourceAction, TreeAction,
};
pub use card::{Card, CardPart, CardPayload, Definition};
pub use companion::{
    Companion, CompanionAction, CompanionRow, CompanionWindow, SourceEvidence, Standing, TINTS, TextPoint,
    Verification, VerifyWindow,
};
pub use comparison::{
    ChangeRow, Comparison, ComparisonAction, ComparisonVerdict, DifferenceClass, PairKind, PairLine, PairRow,
    PairWindow, SideHex,
};
pub use errand::{CodeVerdict, Errand, Made, Outcome, OwnedText, SourceText, Work};
pub use everywhere::{Everywhere, EverywhereAction, FoundIn};
pub use graph::{
    GRAPH_CELL, GRAPH_PADDING, GraphAction, GraphBlock, GraphRow, GraphStep, GraphWay, GraphWayKind, GraphWindow,
};
pub use hex::{HexHover, HexWindow, Owner, columns_for};
pub use item::{Hue, ItemKey};
pub use listing::{Lane, LaneShape, ListingContent, ListingRow, ListingWindow, OutlineAction, OutlineRow, Relation};
pub use members::{MemberName, MemberRow};
pub use place::Place;
pub use problems::{Listed, Problem, Problems};
pub use question::{Answer, CopyAs, ExportKind, Question, TextForm};
pub use ribbon::{Ribbon, RibbonWindow, Segment};
pub use search::{Hit, HitKind, SearchState};
pub use selection::{Crumb, Selection};
pub use source::{SourceRow, SourceVerdict, SourceWindow};
pub use strings::{StringRow, StringsAction, StringsOrder, StringsProgress, StringsWindow};
pub use style::{Run, Style, Styled};
pub use summary::{PythonChoice, Summary, SummaryPart};
pub use tree::{InstructionCells, TreeContent, TreeRow};
pub use viewport::{Lead, Rows, View, Viewport, Window};

/// An opened file. The page chooses the number and never uses one twice, so that it can open the same file again under the
/// same number in a new engine.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub struct DocumentId(pub u32);

/// Tells the answers to several questions apart. The page chooses it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct QuestionId(pub u32);

/// What the page wants of the engine.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum Request {
    /// Opens a file in a tab of its own; its bytes stand beside the message. A source goes beside the files that it
    /// belongs to by its name, if any are open, and waits for them in a tab of its own otherwise.
    Open {
        /// How it is called from now on.
        id: DocumentId,
        /// The file's name.
        name: String,
        /// Which Python it is read as, one of [`Summary::pythons`] by name; `None` for what the file says.
        python: Option<String>,
        /// What is chosen in it at first, as far as it has that.
        place: Option<Place>,
        /// Whether it comes on screen; the first one does in any case.
        on_screen: bool,
    },
    /// Opens a folder in a tab of its own; the bytes of its files stand beside the message, one behind the other.
    OpenFolder {
        /// How it is called from now on.
        id: DocumentId,
        /// The folder's name.
        name: String,
        /// The paths of its files, and how many bytes each has.
        files: Vec<(String, u32)>,
        /// Whether it comes on screen; the first one does in any case.
        on_screen: bool,
    },
    /// Puts a source beside opened files, whatever they are called; its bytes stand beside the message. Where none of them is
    /// there, it is opened in a tab of its own.
    OpenSource {
        /// How it is called from now on.
        id: DocumentId,
        /// Its name.
        name: String,
        /// The files.
        files: Vec<DocumentId>,
    },
    /// Reads an opened file as another Python, with what was chosen chosen again.
    ReadAs {
        /// Which file.
        id: DocumentId,
        /// One of [`Summary::pythons`] by name; `None` for what the file says.
        python: Option<String>,
    },
    /// Puts two opened files, or containers, side by side, in a tab of its own.
    Compare {
        /// How the tab is called from now on.
        id: DocumentId,
        /// The files: what differs is told as if the first had become the second.
        files: [DocumentId; 2],
        /// Of containers, whose members are to be compared rather than all of them: the number that their list of changes gives.
        pair: Option<usize>,
        /// Whether it comes on screen.
        on_screen: bool,
    },
    /// Closes a file. If it was on screen, its right neighbour follows, else its left one.
    Close(DocumentId),
    /// Puts a file on screen.
    Activate(DocumentId),
    /// A view is on screen, with these of its rows in sight.
    Watch {
        /// The document that was on screen when the page measured; of another one only the size of the window counts.
        document: Option<DocumentId>,
        /// Which rows.
        viewport: Viewport,
    },
    /// A view is on screen no more.
    Unwatch(View),
    /// The user did something to a document.
    Act {
        /// Which one.
        document: DocumentId,
        /// What.
        action: Action,
    },
    /// The user did something about searching through everything.
    Everywhere(EverywhereAction),
    /// Something is wanted once.
    Ask {
        /// Comes back with the answer.
        question_id: QuestionId,
        /// The document it is about.
        document: DocumentId,
        /// What is wanted.
        question: Question,
    },
    /// An errand is done.
    Take(Outcome),
}

/// What the engine has to say.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum Update {
    /// Files were opened or closed, another one came on screen, or what a tab says changed.
    Tabs(Tabs),
    /// What changed of the document on screen.
    Snapshot(Snapshot),
    /// A source came beside the file on screen.
    Paired {
        /// The file.
        file: DocumentId,
        /// The source.
        source: DocumentId,
    },
    /// How far a search through everything is; `None` when it has ended.
    Everywhere(Option<Everywhere>),
    /// Something takes long.
    Progress(Progress),
    /// An answer; one with bytes has them beside the message.
    Answer {
        /// To which question.
        question_id: QuestionId,
        /// The answer.
        answer: Answer,
    },
    /// Another program is to do something; the bytes of the file stand beside the message.
    Wants(Errand),
}

/// The opened files.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Tabs {
    /// From left to right, in the order of their numbers.
    pub tabs: Vec<Tab>,
    /// The one on screen; `None` where no file is open.
    pub active: Option<DocumentId>,
    /// Opened sources that have no tabs, being beside files that have.
    pub sources: Vec<Source>,
}

/// An opened source that is beside files.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Source {
    /// Its number.
    pub id: DocumentId,
    /// The files.
    pub files: Vec<DocumentId>,
}

/// A file's tab.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Tab {
    /// Whose it is.
    pub id: DocumentId,
    /// The file's name, displayable.
    pub name: String,
    /// Implementation and version: `CPython 3.12`; of a file that is no bytecode, what it is.
    pub python: String,
    /// How many errors and warnings its file has.
    pub problems: usize,
    /// Whether it has two files side by side.
    pub is_comparison: bool,
    /// Whether it is a container, which can be compared with another one.
    pub is_container: bool,
}

/// How far something has come that takes long.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Progress {
    /// Which document it is about.
    pub document: DocumentId,
    /// What is being done.
    pub task: Task,
    /// From 0 to 1, as far as that is known.
    pub share: f64,
}

/// What takes long.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Task {
    /// A file is decoded.
    Decoding,
    /// An export is written.
    Exporting,
}

/// What changed of the document on screen.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Snapshot {
    /// Which document.
    pub document: DocumentId,
    /// Grows with each change of the document.
    pub revision: u64,
    /// The parts that changed; all that are watched, where the document was not on screen before.
    pub parts: Vec<Part>,
}

/// A part of what is on screen.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum Part {
    /// What file this is.
    Summary(Summary),
    /// What is chosen.
    Selection(Selection),
    /// The details of what is chosen; `None` in an empty file.
    Card(Option<Card>),
    /// Where this is, for the address.
    Place(Place),
    /// How far a search is; `None` when nothing is searched.
    Search(Option<SearchState>),
    /// The tree.
    Tree(Window<TreeRow>),
    /// The listing.
    Listing(ListingWindow),
    /// The source.
    Source(SourceWindow),
    /// The companion, if the file can have one.
    Companion(Option<Companion>),
    /// Its text.
    CompanionText(CompanionWindow),
    /// Whether the file can have been made of it.
    Verify(VerifyWindow),
    /// The control flow.
    Graph(GraphWindow),
    /// The functions and classes.
    Outline(Window<OutlineRow>),
    /// Two files that are compared, as a whole.
    Comparison(Comparison),
    /// What differs between them.
    Changes(Window<ChangeRow>),
    /// Their instructions side by side.
    Pair(PairWindow),
    /// What is wrong, and what is worth knowing.
    Problems(Problems),
    /// What an archive or a frozen program holds.
    Members(Window<MemberRow>),
    /// The texts and byte strings.
    Strings(StringsWindow),
    /// What a search found.
    Found(Window<Hit>),
    /// The bytes.
    Hex(HexWindow),
    /// The bytes of one of two files that are compared.
    SideHex(SideHex),
    /// The file at a glance.
    Ribbon(RibbonWindow),
}

#[cfg(test)]
mod tests;
