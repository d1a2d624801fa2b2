//! A pane that is a list: the tree, the listing, the outline, what a search found. Of its rows only those in sight exist.
//!
//! The pane itself has the focus and names the chosen row with `aria-activedescendant`; rows come and go as it scrolls,
//! and focus on one of them would be lost with it.

use crate::act::Deed;
use crate::list::{List, row_of};
use crate::slices::now;
use crate::tag::{Tag, tag};
use crate::tell::Tell;
use crate::{Act, Shown};
use pycxray_view::{Document, Item, Selection};
use std::ops::Range;
use yew::prelude::*;

/// How long after a letter the next one belongs to the same word, in milliseconds.
const TYPING: f64 = 700.0;

/// What the element of a list is.
pub(crate) struct Face {
    /// Its id, by which lists are told apart.
    pub(crate) id: &'static str,
    /// Its classes.
    pub(crate) class: &'static str,
    /// Its role.
    pub(crate) role: &'static str,
    /// What it is called, for those who listen.
    pub(crate) label: &'static str,
    /// What it says where it has no rows.
    pub(crate) empty: &'static str,
}

/// Where a list stands.
#[derive(Default)]
pub(crate) struct Standing {
    /// What it lists: it begins at its top when this is something else than before.
    pub(crate) subject: Option<Item>,
    /// What is chosen: `row` is brought in sight when this is something else than before.
    pub(crate) chosen: (Selection, Option<usize>),
    /// The row of what is chosen.
    pub(crate) row: Option<usize>,
}

/// What happens on a key.
pub(crate) struct Press<'p> {
    /// The key.
    pub(crate) event: &'p KeyboardEvent,
    /// The chosen row.
    pub(crate) row: Option<usize>,
    /// The last row.
    pub(crate) last: usize,
    /// How many rows are seen at once.
    pub(crate) page: usize,
}

impl Press<'_> {
    /// Whether Ctrl, Alt or Meta is held.
    pub(crate) fn is_command(&self) -> bool {
        self.event.ctrl_key() || self.event.alt_key() || self.event.meta_key()
    }

    /// The row that a key leads to in a flat list, if it is one of those that lead anywhere.
    pub(crate) fn step(&self) -> Option<usize> {
        let row = self.row.unwrap_or(0);
        Some(match self.event.key().as_str() {
            _ if self.is_command() => return None,
            "ArrowDown" => self.row.map_or(0, |row| row + 1).min(self.last),
            "ArrowUp" => row.saturating_sub(1),
            "Home" => 0,
            "End" => self.last,
            "PageDown" => (row + self.page).min(self.last),
            "PageUp" => row.saturating_sub(self.page),
            _ => return None,
        })
    }
}

/// Begins a row: its id, which of all it is, its role, and whether it is the chosen one.
pub(crate) fn row(id: String, index: usize, role: &'static str, is_chosen: bool) -> Tag {
    tag("div")
        .key(index)
        .class("row")
        .class_if(is_chosen, "sel")
        .set("id", id)
        .role(role)
        .set("data-row", index)
        .set("aria-selected", is_chosen)
}

/// What a list is of.
pub(crate) trait Rows {
    /// What its element is.
    fn face(&self) -> Face;
    /// How many rows there are.
    fn length(&self, document: &Document) -> usize;
    /// Where it stands.
    fn standing(&self, document: &Document) -> Standing;
    /// The rows in sight, each `height` CSS pixels high, and the id of the chosen one among them.
    fn draw(&self, document: &Document, seen: Range<usize>, height: f64, act: &Act) -> (Html, Option<String>);
    /// A row was clicked on, or its twisty.
    fn click(&self, document: &mut Document, row: usize, twisty: bool);
    /// A row was clicked on twice.
    fn double_click(&self, _: &mut Document, _: usize) {}
    /// What a key does; `None` for one that does nothing here.
    fn key(&self, press: &Press<'_>) -> Option<Deed>;
    /// Goes to the row that begins with what was typed, where a list has that.
    fn type_ahead(&self) -> Option<fn(&mut Document, &str)> {
        None
    }
}

impl PartialEq for dyn Rows {
    fn eq(&self, other: &Self) -> bool {
        self.face().id == other.face().id
    }
}

/// What a list needs.
#[derive(Properties, PartialEq)]
pub(crate) struct ListPaneProps {
    /// What it is of.
    pub(crate) rows: &'static dyn Rows,
    /// The document to draw.
    pub(crate) shown: Shown,
    /// Where to say what the user did.
    pub(crate) act: Act,
    /// Told when the chosen row is entered, by Enter or by two clicks, where that is the page's business.
    pub(crate) enter: Option<Callback<()>>,
}

/// A pane that is a list.
pub(crate) struct ListPane {
    list: List,
    subject: Option<Item>,
    chosen: (Selection, Option<usize>),
    typed: String,
    typed_at: f64,
}

pub(crate) enum ListMsg {
    Scrolled,
    Resized,
    Click(MouseEvent),
    DoubleClick(MouseEvent),
    Key(KeyboardEvent),
}

impl ListPane {
    fn measure(&mut self, ctx: &Context<Self>) {
        let ListPaneProps { rows, shown, .. } = ctx.props();
        self.list.measure(shown.read(|document| rows.length(document)));
    }

    /// Scrolls to what is chosen if that is something else than before.
    fn follow(&mut self, ctx: &Context<Self>) {
        let ListPaneProps { rows, shown, .. } = ctx.props();
        let standing = shown.read(|document| rows.standing(document));
        if standing.subject != self.subject {
            self.subject = standing.subject;
            self.list.scroll.move_to(0.0);
        }
        if standing.chosen != self.chosen {
            self.chosen = standing.chosen;
            if let Some(row) = standing.row {
                self.list.scroll.reveal(row);
            }
        }
    }

    fn is_typing(&self) -> bool {
        !self.typed.is_empty() && now() - self.typed_at < TYPING
    }

    /// Does what a key says. Answers whether it was one that does something here.
    fn key(&mut self, ctx: &Context<Self>, event: &KeyboardEvent) -> bool {
        let ListPaneProps { rows, shown, act, enter } = ctx.props();
        let (length, row) = shown.read(|document| (rows.length(document), rows.standing(document).row));
        let press = Press { event, row, last: length.saturating_sub(1), page: self.list.scroll.page() };
        if let Some(enter) = enter.as_ref().filter(|_| event.key() == "Enter" && !press.is_command()) {
            enter.emit(());
            return false;
        }
        // A blank belongs to the word that is being typed.
        match rows.key(&press).filter(|_| event.key() != " " || !self.is_typing()) {
            Some(deed) => {
                self.typed.clear();
                act.run(deed);
                true
            }
            None => self.type_ahead(ctx, &press),
        }
    }

    /// Letters go to the row that begins with them.
    fn type_ahead(&mut self, ctx: &Context<Self>, press: &Press<'_>) -> bool {
        let Some(go) = ctx.props().rows.type_ahead() else { return false };
        let key = press.event.key();
        let mut letters = key.chars();
        let (Some(letter), None) = (letters.next(), letters.next()) else { return false };
        let going_on = self.is_typing();
        // `/`, `?` and `g` do the same on the whole page, unless a word is being typed.
        if press.is_command() || letter == ' ' || (!going_on && matches!(letter, '/' | '?' | 'g')) {
            return false;
        }
        if !going_on {
            self.typed.clear();
        }
        self.typed.push(letter);
        self.typed_at = now();
        let typed = self.typed.clone();
        ctx.props().act.run(move |document| go(document, &typed));
        true
    }
}

impl Component for ListPane {
    type Message = ListMsg;
    type Properties = ListPaneProps;

    fn create(ctx: &Context<Self>) -> Self {
        let mut pane =
            Self { list: List::new(), subject: None, chosen: Default::default(), typed: String::new(), typed_at: 0.0 };
        pane.measure(ctx);
        pane
    }

    fn changed(&mut self, ctx: &Context<Self>, old: &ListPaneProps) -> bool {
        if old.shown.id != ctx.props().shown.id {
            self.list.scroll.move_to(0.0);
            self.chosen = Default::default();
        }
        self.measure(ctx);
        self.follow(ctx);
        true
    }

    fn update(&mut self, ctx: &Context<Self>, msg: ListMsg) -> bool {
        let ListPaneProps { rows, act, enter, .. } = ctx.props();
        let rows = *rows;
        match msg {
            ListMsg::Scrolled => return self.list.scrolled(),
            ListMsg::Resized => {
                self.measure(ctx);
                return true;
            }
            ListMsg::Click(event) => {
                if let Some((row, twisty)) = row_of(&event) {
                    act.run(move |document| rows.click(document, row, twisty));
                }
            }
            ListMsg::DoubleClick(event) => match (enter, row_of(&event)) {
                (Some(enter), _) => enter.emit(()),
                (None, Some((row, false))) => act.run(move |document| rows.double_click(document, row)),
                _ => {}
            },
            ListMsg::Key(event) => {
                if self.key(ctx, &event) {
                    event.prevent_default();
                    event.stop_propagation();
                }
            }
        }
        false
    }

    fn view(&self, ctx: &Context<Self>) -> Html {
        let ListPaneProps { rows, shown, act, .. } = ctx.props();
        let Face { id, class, role, label, empty } = rows.face();
        let (drawn, active) =
            shown.read(|document| rows.draw(document, self.list.seen(), self.list.scroll.row_height, act));
        let says_empty = !empty.is_empty() && shown.read(|document| rows.length(document)) == 0;
        let link = ctx.link();
        tag("div")
            .found_by(&self.list.outer)
            .set("id", id)
            .class(class)
            .role(role)
            .set("tabindex", "0")
            .set("aria-label", label)
            .set("aria-activedescendant", active)
            .on_click(link.tell(ListMsg::Click))
            .on_double_click(link.tell(ListMsg::DoubleClick))
            .on_key(link.tell(ListMsg::Key))
            .maybe(says_empty.then(|| tag("p").class("nothing").role("none").text(empty)))
            .child(self.list.frame(drawn))
            .into()
    }

    fn rendered(&mut self, ctx: &Context<Self>, first_render: bool) {
        if first_render {
            let link = ctx.link();
            self.list.attach(link.tell(|()| ListMsg::Scrolled), link.tell(|()| ListMsg::Resized));
            self.measure(ctx);
            self.follow(ctx);
            link.send_message(ListMsg::Resized);
        }
        self.list.place();
    }
}
