//! What the page knows of the file on screen: what it last heard of each part from the engine.

use pycxray_view::protocol::{
    Card, ChangeRow, Companion, CompanionWindow, Comparison, DocumentId, GraphWindow, HexWindow, Hit, ListingWindow,
    MemberRow, OutlineRow, PairWindow, Part, Place, Problems, RibbonWindow, SearchState, Selection, Snapshot,
    SourceWindow, StringsWindow, Summary, TreeRow, VerifyWindow, Window,
};
use std::rc::Rc;

/// What the page knows of the file on screen. Parts that did not change are the same `Rc`, so comparing is cheap.
#[derive(Clone, Debug, PartialEq)]
pub struct Document {
    /// Which file.
    pub id: DocumentId,
    /// What file it is.
    pub summary: Rc<Summary>,
    /// What is chosen.
    pub selection: Rc<Selection>,
    /// The details of what is chosen; `None` in an empty file.
    pub card: Option<Rc<Card>>,
    /// Where this is, for the address.
    pub place: Place,
    /// How far a search is; `None` when nothing is searched.
    pub search: Option<Rc<SearchState>>,
    /// The tree.
    pub tree: Option<Rc<Window<TreeRow>>>,
    /// The listing.
    pub listing: Option<Rc<ListingWindow>>,
    /// The source.
    pub source: Option<Rc<SourceWindow>>,
    /// The source that belongs to it, at hand or not; `None` where it can have none.
    pub companion: Option<Rc<Companion>>,
    /// The text of that.
    pub companion_text: Option<Rc<CompanionWindow>>,
    /// Whether the file can have been made of that.
    pub verify: Option<Rc<VerifyWindow>>,
    /// The control flow.
    pub graph: Option<Rc<GraphWindow>>,
    /// The functions and classes.
    pub outline: Option<Rc<Window<OutlineRow>>>,
    /// What is wrong, and what is worth knowing.
    pub problems: Option<Rc<Problems>>,
    /// What an archive or a frozen program holds.
    pub members: Option<Rc<Window<MemberRow>>>,
    /// The texts and byte strings.
    pub strings: Option<Rc<StringsWindow>>,
    /// What a search found.
    pub found: Option<Rc<Window<Hit>>>,
    /// Two files that are compared, of which this is the one on screen.
    pub comparison: Option<Rc<Comparison>>,
    /// What differs between them.
    pub changes: Option<Rc<Window<ChangeRow>>>,
    /// Their instructions side by side.
    pub pair: Option<Rc<PairWindow>>,
    /// The bytes.
    pub hex: Option<Rc<HexWindow>>,
    /// The bytes of both files that are compared.
    pub side_hex: [SideBytes; 2],
    /// The file at a glance.
    pub ribbon: Option<Rc<RibbonWindow>>,
}

/// The bytes of one of two files that are compared, and what is chosen in them.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct SideBytes {
    /// How many bytes the file has.
    pub size: u32,
    /// What is chosen in it.
    pub selection: Rc<Selection>,
    /// The rows at hand.
    pub window: Option<Rc<HexWindow>>,
}

impl Document {
    /// The source that is shown beside the bytes. Of two files that are compared, none is.
    pub fn source_beside(&self) -> Option<&Rc<Companion>> {
        self.companion.as_ref().filter(|_| self.comparison.is_none())
    }

    /// A file of which nothing is known yet.
    pub fn new(id: DocumentId) -> Self {
        Self {
            id,
            summary: Rc::default(),
            selection: Rc::default(),
            card: None,
            place: Place::default(),
            search: None,
            tree: None,
            listing: None,
            source: None,
            companion: None,
            companion_text: None,
            verify: None,
            graph: None,
            outline: None,
            problems: None,
            members: None,
            strings: None,
            found: None,
            comparison: None,
            changes: None,
            pair: None,
            hex: None,
            side_hex: Default::default(),
            ribbon: None,
        }
    }

    /// What is known of a file after a snapshot, `before` being what was known of the file on screen.
    pub fn after(before: Option<&Self>, snapshot: Snapshot) -> Self {
        let same = before.filter(|before| before.id == snapshot.document);
        let mut document = same.cloned().unwrap_or_else(|| Self::new(snapshot.document));
        snapshot.parts.into_iter().for_each(|part| document.take(part));
        document
    }

    /// Another one for each file, where two are compared too.
    pub fn key(&self) -> String {
        let side = self.comparison.as_ref().map_or(0, |comparison| comparison.side);
        format!("{}-{side}", self.id.0)
    }

    fn take(&mut self, part: Part) {
        match part {
            Part::Summary(summary) => self.summary = summary.into(),
            Part::Selection(selection) => self.selection = selection.into(),
            Part::Card(card) => self.card = card.map(Rc::new),
            Part::Place(place) => self.place = place,
            Part::Search(search) => self.search = search.map(Rc::new),
            Part::Tree(window) => self.tree = Some(window.into()),
            Part::Listing(window) => self.listing = Some(window.into()),
            Part::Source(window) => self.source = Some(window.into()),
            Part::Companion(companion) => self.companion = companion.map(Rc::new),
            Part::CompanionText(window) => self.companion_text = Some(window.into()),
            Part::Verify(window) => self.verify = Some(window.into()),
            Part::Graph(window) => self.graph = Some(window.into()),
            Part::Outline(window) => self.outline = Some(window.into()),
            Part::Problems(problems) => self.problems = Some(problems.into()),
            Part::Members(window) => self.members = Some(window.into()),
            Part::Strings(window) => self.strings = Some(window.into()),
            Part::Found(window) => self.found = Some(window.into()),
            Part::Comparison(comparison) => self.comparison = Some(comparison.into()),
            Part::Changes(window) => self.changes = Some(window.into()),
            Part::Pair(window) => self.pair = Some(window.into()),
            Part::Hex(window) => self.hex = Some(window.into()),
            Part::SideHex(hex) => {
                if let Some(known) = self.side_hex.get_mut(hex.side) {
                    *known =
                        SideBytes { size: hex.size, selection: hex.selection.into(), window: Some(hex.window.into()) };
                }
            }
            Part::Ribbon(window) => self.ribbon = Some(window.into()),
        }
    }
}
