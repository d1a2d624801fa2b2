//! A virtual list: an element that the browser scrolls, and in it a window that always fills what is seen.
//!
//! The window sticks to the top of the visible part and only ever holds the rows in sight, so a list of a million rows costs
//! what one of fifty does. The rows come from the engine; more of them are asked for than are seen, so that scrolling finds
//! them there already, and until rows have come, those drawn last stay: fast scrolling shows no blank stretch.

use crate::cssom;
use gloo::events::EventListener;
use pycxray_view::Scroll;
use pycxray_view::protocol::{ItemKey, Lead};
use std::cell::RefCell;
use std::ops::Range;
use std::rc::Rc;
use web_sys::{Element, HtmlElement};
use yew::prelude::*;

/// How many screens of rows are asked for before and behind those that are seen.
const MARGIN: usize = 3;

/// What a list scrolls to by itself.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Follow {
    /// What it lists: it begins at its top when this is something else than before.
    pub subject: Option<ItemKey>,
    /// Changes when something else is chosen: that is when `row` is brought in sight.
    pub choice: u64,
    /// The row of what is chosen.
    pub row: Option<usize>,
    /// Where another view leads it.
    pub lead: Option<Lead>,
}

/// What a virtual list is told at each rendering.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Listed {
    /// How many rows there are in all.
    pub rows: usize,
    /// How many things stand in a row: the first one in sight stays there when this changes.
    pub per_row: u32,
    /// What it scrolls to by itself.
    pub follow: Follow,
}

/// A virtual list, as a component holds it.
#[derive(Clone)]
pub(crate) struct VirtualList {
    spacer: NodeRef,
    window: NodeRef,
    layer: NodeRef,
    scroll: Rc<RefCell<Scroll>>,
    drawn: Rc<RefCell<Drawn>>,
    per_row: u32,
}

/// What was drawn last.
#[derive(Default)]
struct Drawn {
    rows: Html,
    /// How many things stood in a row.
    per_row: u32,
    /// How far its first row is cut off by the upper edge, in CSS pixels.
    cut: f64,
}

impl VirtualList {
    /// The rows in sight.
    pub(crate) fn seen(&self) -> Range<usize> {
        self.scroll.borrow().seen()
    }

    /// How many whole rows fit.
    pub(crate) fn page(&self) -> usize {
        self.scroll.borrow().page()
    }

    /// The height of a row in CSS pixels.
    pub(crate) fn row_height(&self) -> f64 {
        self.scroll.borrow().row_height
    }

    /// What stands in the element that scrolls: the rows in sight, as `draw` makes them, if they are among those `held`.
    pub(crate) fn frame(&self, held: &Range<usize>, draw: impl FnOnce(Range<usize>) -> Html) -> Html {
        let seen = self.seen();
        let mut drawn = self.drawn.borrow_mut();
        if held.start <= seen.start && seen.end <= held.end {
            *drawn = Drawn { rows: draw(seen), per_row: self.per_row, cut: self.scroll.borrow().cut() };
        } else if drawn.per_row != self.per_row {
            // Rows with other columns stand for other bytes than their place says.
            *drawn = Drawn::default();
        }
        html! {
            <div class="spacer" ref={self.spacer.clone()}>
                <div class="window" ref={self.window.clone()}>
                    <div class="layer" ref={self.layer.clone()}>{ drawn.rows.clone() }</div>
                </div>
            </div>
        }
    }

    /// Puts everything in its place after drawing. The styles are set from here because a Content-Security-Policy without
    /// `unsafe-inline` forbids `style` attributes.
    fn place(&self, outer: &NodeRef) {
        let mut scroll = self.scroll.borrow_mut();
        cssom::set_on(&self.spacer, "height", &format!("{}px", scroll.element_height()));
        cssom::set_on(&self.window, "height", &format!("{}px", scroll.height));
        cssom::set_on(&self.layer, "transform", &format!("translateY({}px)", -self.drawn.borrow().cut));
        if let Some(element) = outer.cast::<HtmlElement>() {
            let (bar, now) = (scroll.bar().round(), f64::from(element.scroll_top()));
            // In a scaled list the bar drifts from its true place while the wheel moves it pixel by pixel; writing it back at
            // each step would fight the browser's own smooth scrolling.
            let moved_by_hand = scroll.is_scaled() && scroll.is_at(now);
            if (now - bar).abs() >= 1.0 && !moved_by_hand {
                element.set_scroll_top(bar as i32);
            }
            scroll.wrote_bar(f64::from(element.scroll_top()));
        }
    }
}

/// A virtual list in the element `outer`, which is `height` CSS pixels high inside. `onneed` is called with the rows that the
/// list wants to be held; it goes on to want them until the next call. `onscroll` is called with the first row in sight when the
/// reader has scrolled.
#[hook]
pub fn use_virtual_list(
    outer: &NodeRef,
    height: u32,
    listed: Listed,
    onneed: Callback<Range<usize>>,
    onscroll: Callback<usize>,
) -> VirtualList {
    let scroll = use_mut_ref(|| Scroll::new(0, row_height()));
    let list = VirtualList {
        spacer: use_node_ref(),
        window: use_node_ref(),
        layer: use_node_ref(),
        scroll: scroll.clone(),
        drawn: use_mut_ref(Drawn::default),
        per_row: listed.per_row,
    };
    let before = use_mut_ref(|| None::<Listed>);
    stand(&mut scroll.borrow_mut(), height, &listed, before.borrow().as_ref());
    // A list without height cannot bring anything in sight: it does so once it has one.
    if height > 0 {
        before.replace(Some(listed));
    }
    use_redraw_on_scroll(outer, scroll, onscroll);
    // Rows with other columns were others.
    let asked = use_mut_ref(|| None::<(u32, Range<usize>)>);
    {
        let (list, outer, per_row) = (list.clone(), outer.clone(), listed.per_row);
        use_effect(move || {
            list.place(&outer);
            let before = asked.borrow().clone().filter(|(columns, _)| *columns == per_row);
            let needed = needed(&list.scroll.borrow(), before.as_ref().map(|(_, rows)| rows));
            if let Some(needed) = needed.filter(|_| height > 0) {
                asked.replace(Some((per_row, needed.clone())));
                onneed.emit(needed);
            }
            || ()
        });
    }
    list
}

/// Draws the component anew when the reader scrolls the element.
#[hook]
fn use_redraw_on_scroll(outer: &NodeRef, scroll: Rc<RefCell<Scroll>>, onscroll: Callback<usize>) {
    let redraw = use_force_update();
    // The listener is made once and calls what it is told last: callbacks are others at each rendering.
    let told = use_mut_ref(Callback::noop);
    told.replace(onscroll);
    let outer = outer.clone();
    use_effect_with((), move |()| {
        let listener = outer.cast::<Element>().map(|element| {
            let scrolled = element.clone();
            EventListener::new(&element, "scroll", move |_| {
                if scroll.borrow_mut().scrolled(f64::from(scrolled.scroll_top())) {
                    redraw.force_update();
                    let onscroll = told.borrow().clone();
                    onscroll.emit(scroll.borrow().seen().start);
                }
            })
        });
        move || drop(listener)
    });
}

/// Moves a list to where it belongs now that it is told `listed`, and was told `before`.
fn stand(scroll: &mut Scroll, height: u32, listed: &Listed, before: Option<&Listed>) {
    let Listed { rows, per_row, follow } = listed;
    let kept = before.filter(|before| before.per_row != *per_row).map(|before| {
        let first = (scroll.top / scroll.row_height).floor();
        (first * f64::from(before.per_row) / f64::from(*per_row)).floor() * scroll.row_height
    });
    // What is chosen stays in sight where a list gets less room than it had.
    let is_less = height > 0 && f64::from(height) < scroll.height;
    let loses = is_less && follow.row.is_some_and(|row| scroll.seen().contains(&row));
    scroll.resize(*rows, f64::from(height));
    if let Some(top) = kept {
        scroll.move_to(top);
    }
    let before = before.map(|before| &before.follow);
    if before.is_some_and(|before| before.subject != follow.subject) {
        scroll.move_to(0.0);
    }
    // Without height any row but the first would be out of sight.
    let is_new = height > 0 && before.is_none_or(|before| before.choice != follow.choice);
    if let Some(row) = follow.row.filter(|_| is_new || loses) {
        scroll.reveal(row);
    }
    let is_led = before.is_some_and(|before| before.lead != follow.lead);
    if let Some(lead) = follow.lead.filter(|_| is_led) {
        scroll.move_to(lead.row as f64 * scroll.row_height);
    }
}

/// The rows to ask for, `asked` having been asked for; `None` while those will do.
fn needed(scroll: &Scroll, asked: Option<&Range<usize>>) -> Option<Range<usize>> {
    let (seen, page) = (scroll.seen(), scroll.page() + 1);
    let will_do = asked.is_some_and(|asked| {
        let at_start = asked.start == 0 || asked.start + page <= seen.start;
        let at_end = asked.end >= scroll.rows || seen.end + page <= asked.end;
        at_start && at_end
    });
    (!will_do).then(|| seen.start.saturating_sub(MARGIN * page)..seen.start + (MARGIN + 1) * page)
}

/// The height of a row in CSS pixels; the styles' `--row` says the same.
fn row_height() -> f64 {
    let coarse = gloo::utils::window().match_media("(pointer: coarse)").ok().flatten();
    if coarse.is_some_and(|query| query.matches()) { 30.0 } else { 22.0 }
}
