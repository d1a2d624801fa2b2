//! A pane that is a list: the tree, the listing, the outline, what a search found. Of its rows only those in sight exist.
//!
//! The pane itself has the focus and names the chosen row with `aria-activedescendant`; rows come and go as it scrolls,
//! and focus on one of them would be lost with it.

use crate::hooks::{Follow, Listed, use_element_size, use_virtual_list};
use pycxray_view::protocol::Window;
use std::ops::Range;
use wasm_bindgen::JsCast;
use web_sys::Element;
use yew::prelude::*;

/// How long after a letter the next one belongs to the same word, in milliseconds.
const TYPING: f64 = 700.0;

/// A click on a row.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct RowClick {
    /// Which row, counted from 0.
    pub row: usize,
    /// Whether on its twisty.
    pub twisty: bool,
    /// Whether with Shift.
    pub shift: bool,
}

/// A key that was pressed in a list.
#[derive(Clone, Debug, PartialEq)]
pub struct RowPress {
    /// The key.
    pub event: KeyboardEvent,
    /// The chosen row.
    pub row: Option<usize>,
    /// The last row.
    pub last: usize,
    /// How many rows are seen at once.
    pub page: usize,
}

impl RowPress {
    /// Whether Ctrl, Alt or Meta is held.
    pub fn is_command(&self) -> bool {
        self.event.ctrl_key() || self.event.alt_key() || self.event.meta_key()
    }

    /// The row that a key leads to in a flat list, if it is one of those that lead anywhere.
    pub fn step(&self) -> Option<usize> {
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

/// The rows of a list that are at hand, and how many there are.
#[derive(Clone, Debug, PartialEq)]
pub struct HeldRows {
    /// The rows that can be drawn.
    pub rows: Range<usize>,
    /// How many rows there are in all.
    pub total: usize,
    /// What the list scrolls to by itself.
    pub follow: Follow,
}

impl<R> From<&Window<R>> for HeldRows {
    fn from(window: &Window<R>) -> Self {
        Self {
            rows: window.start..window.start + window.rows.len(),
            total: window.total,
            follow: Follow { subject: window.subject, choice: window.choice, row: window.selected, lead: window.lead },
        }
    }
}

/// Where a row stands in its list.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct RowAt {
    /// Which row it is, counted from 0.
    pub index: usize,
    /// How many there are.
    pub total: usize,
    /// Whether it is chosen.
    pub selected: bool,
    /// Its height, in CSS pixels.
    pub height: f64,
}

/// Properties of [`ListPane`].
#[derive(Properties, PartialEq)]
pub struct ListPaneProps {
    /// Its id.
    pub id: &'static str,
    /// Its classes.
    pub class: &'static str,
    /// Its role.
    pub role: &'static str,
    /// What it is called, for those who listen.
    pub label: &'static str,
    /// What it says where it has no rows.
    #[prop_or_default]
    pub empty: &'static str,
    /// The rows that are at hand.
    pub held: HeldRows,
    /// What the ids of its rows begin with; their number follows.
    pub row_id: &'static str,
    /// Draws a row.
    pub draw_row: Callback<RowAt, Html>,
    /// Called with the rows that are to be held.
    pub onneed: Callback<Range<usize>>,
    /// Called with the first row in sight when the reader has scrolled.
    #[prop_or_default]
    pub onscroll: Callback<usize>,
    /// Called at a click on a row.
    pub onpick: Callback<RowClick>,
    /// Called at a double click on a row.
    #[prop_or_default]
    pub onenter: Callback<usize>,
    /// Called at a key; answers whether it does something here.
    pub onkey: Callback<RowPress, bool>,
    /// Called with the letters that were typed one after the other, where a list has something to do with them.
    #[prop_or_default]
    pub ontype: Option<Callback<String>>,
}

/// A pane that is a list.
#[component]
pub fn ListPane(props: &ListPaneProps) -> Html {
    let outer = use_node_ref();
    let (_, height) = use_element_size(&outer);
    let HeldRows { rows, total, follow } = props.held.clone();
    let listed = Listed { rows: total, per_row: 1, follow };
    let list = use_virtual_list(&outer, height, listed, props.onneed.clone(), props.onscroll.clone());
    let typed = use_mut_ref(Typed::default);
    let onclick = {
        let onpick = props.onpick.clone();
        move |event: MouseEvent| {
            if let Some(click) = clicked(&event) {
                onpick.emit(click);
            }
        }
    };
    let ondblclick = {
        let onenter = props.onenter.clone();
        move |event: MouseEvent| {
            if let Some(RowClick { row, twisty: false, .. }) = clicked(&event) {
                onenter.emit(row);
            }
        }
    };
    let onkeydown = {
        let (onkey, ontype, page) = (props.onkey.clone(), props.ontype.clone(), list.page());
        let (row, last) = (follow.row, total.saturating_sub(1));
        move |event: KeyboardEvent| {
            let key = RowPress { event: event.clone(), row, last, page };
            let mut typed = typed.borrow_mut();
            // A blank belongs to the word that is being typed.
            let is_in_word = event.key() == " " && typed.goes_on(event.time_stamp());
            let handled = if !is_in_word && onkey.emit(key.clone()) {
                typed.letters.clear();
                true
            } else if let Some(ontype) = ontype.as_ref().filter(|_| typed.take(&key)) {
                ontype.emit(typed.letters.clone());
                true
            } else {
                false
            };
            if handled {
                event.prevent_default();
                event.stop_propagation();
            }
        }
    };
    let active = follow.row.filter(|row| list.seen().contains(row)).map(|row| format!("{}-{row}", props.row_id));
    let height = list.row_height();
    let draw = |seen: Range<usize>| {
        let at = |index| RowAt { index, total, selected: follow.row == Some(index), height };
        html! { <>{ for seen.map(|index| props.draw_row.emit(at(index))) }</> }
    };
    html! {
        <div ref={outer} id={props.id} class={props.class} role={props.role} tabindex="0" aria-label={props.label}
            aria-activedescendant={active} {onclick} {ondblclick} {onkeydown}>
            if total == 0 && !props.empty.is_empty() {
                <p class="nothing" role="none">{ props.empty }</p>
            }
            { list.frame(&rows, draw) }
        </div>
    }
}

/// What is being typed, a letter at a time.
#[derive(Default)]
struct Typed {
    letters: String,
    /// When the last letter came, as events tell the time.
    at: f64,
}

impl Typed {
    /// Whether a letter at this time belongs to the word.
    fn goes_on(&self, time: f64) -> bool {
        !self.letters.is_empty() && time - self.at < TYPING
    }

    /// Adds the letter that a key writes. Answers whether it writes one.
    fn take(&mut self, key: &RowPress) -> bool {
        let text = key.event.key();
        let mut letters = text.chars();
        let (Some(letter), None) = (letters.next(), letters.next()) else { return false };
        let time = key.event.time_stamp();
        let goes_on = self.goes_on(time);
        // `/`, `?` and `g` do the same on the whole page, unless a word is being typed.
        if key.is_command() || !goes_on && matches!(letter, ' ' | '/' | '?' | 'g') {
            return false;
        }
        if !goes_on {
            self.letters.clear();
        }
        self.letters.push(letter);
        self.at = time;
        true
    }
}

/// The row that an event happened on.
fn clicked(event: &MouseEvent) -> Option<RowClick> {
    let target = event.target()?.dyn_into::<Element>().ok()?;
    let row = target.closest("[data-row]").ok()??.get_attribute("data-row")?.parse().ok()?;
    Some(RowClick { row, twisty: target.closest(".twisty").ok()?.is_some(), shift: event.shift_key() })
}
