//! The line between two panes: dragged, or moved with the arrow keys, and remembered.

use crate::{cssom, settings};
use wasm_bindgen::JsCast;
use web_sys::{DomRect, Element, HtmlElement};
use yew::prelude::*;

/// Which way the line runs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Direction {
    /// Between a left and a right pane, or an upper and a lower one where there is no room beside each other; the size is the
    /// first one's.
    Upright,
    /// Between an upper and a lower pane; the size is the lower one's.
    Level,
}

/// Properties of [`Splitter`].
#[derive(Properties, PartialEq)]
pub struct SplitterProps {
    /// Which way it runs.
    pub direction: Direction,
    /// The custom property of the parent element that holds the size, such as `--split`.
    pub property: &'static str,
    /// Under which name the size is remembered.
    pub name: &'static str,
    /// What it is called to those who cannot see it.
    pub label: &'static str,
}

/// The least that is left of a pane, in percent of both.
const LEAST: f64 = 12.0;
/// How far an arrow key moves the line, in percent.
const STEP: f64 = 2.0;

/// The line between two panes.
#[component]
pub fn Splitter(props: &SplitterProps) -> Html {
    let SplitterProps { direction, property, name, label } = *props;
    let node = use_node_ref();
    let moving = use_state_eq(|| false);
    // The size in percent, if it is not the styles' own.
    let share = use_state_eq(|| {
        // What was stored may have been written by anybody.
        settings::read(name).filter(|share| (LEAST..=100.0 - LEAST).contains(share))
    });
    {
        let node = node.clone();
        use_effect_with(*share, move |share| show(&node, property, *share));
    }
    let set = {
        let share = share.clone();
        move |to: Option<f64>| {
            let to = to.map(|to| (to.clamp(LEAST, 100.0 - LEAST) * 10.0).round() / 10.0);
            settings::write(name, to.as_ref());
            share.set(to);
        }
    };
    let onpointerdown = {
        let (node, moving) = (node.clone(), moving.clone());
        move |event: PointerEvent| {
            if let Some(element) = node.cast::<Element>() {
                let _ = element.set_pointer_capture(event.pointer_id());
            }
            moving.set(true);
        }
    };
    let onpointermove = {
        let (node, moving, set) = (node.clone(), *moving, set.clone());
        move |event: PointerEvent| {
            if moving && let (Some(line), Some(around)) = (node.cast::<Element>(), parent(&node)) {
                set(Some(share_at(&event, &line, &around, direction)));
            }
        }
    };
    let release = {
        let moving = moving.setter();
        move |_: PointerEvent| moving.set(false)
    };
    let ondblclick = {
        let set = set.clone();
        move |_: MouseEvent| set(None)
    };
    let onkeydown = {
        let node = node.clone();
        move |event: KeyboardEvent| {
            if let Some(to) = now(&node, direction).and_then(|now| stepped(&event.key(), direction, now)) {
                event.prevent_default();
                set(Some(to));
            }
        }
    };
    let (class, orientation) = match direction {
        Direction::Upright => ("upright", "vertical"),
        Direction::Level => ("level", "horizontal"),
    };
    html! {
        <div ref={node} class={classes!("splitter", class, moving.then_some("moving"))} role="separator" tabindex="0"
            aria-label={label} aria-orientation={orientation} aria-valuemin={LEAST.to_string()}
            aria-valuemax={(100.0 - LEAST).to_string()} aria-valuenow={share.unwrap_or(50.0).round().to_string()}
            {onpointerdown} {onpointermove} onpointerup={release.clone()} onpointercancel={release} {ondblclick}
            {onkeydown} />
    }
}

fn parent(node: &NodeRef) -> Option<HtmlElement> {
    node.cast::<Element>()?.parent_element()?.dyn_into().ok()
}

/// Gives the panes their size, or leaves that to the styles.
fn show(node: &NodeRef, property: &str, share: Option<f64>) {
    let Some(parent) = parent(node) else { return };
    match share {
        Some(share) => cssom::set(&parent, property, &format!("{share}%")),
        None => {
            let _ = parent.style().remove_property(property);
        }
    }
}

/// Where the line stands now, in percent.
fn now(node: &NodeRef, direction: Direction) -> Option<f64> {
    let (line, around) = (node.cast::<Element>()?, parent(node)?);
    let (line, around) = (line.get_bounding_client_rect(), around.get_bounding_client_rect());
    Some(match direction {
        Direction::Upright if is_laid_down(&line) => (line.top() - around.top()) / around.height() * 100.0,
        Direction::Upright => (line.left() - around.left()) / around.width() * 100.0,
        Direction::Level => (around.bottom() - line.bottom()) / around.height() * 100.0,
    })
}

/// Whether an upright line is laid down, as where the panes stand above each other for want of room: its size is then the upper
/// pane's.
fn is_laid_down(line: &DomRect) -> bool {
    line.width() > line.height()
}

/// Where a pointer is between the ends of the panes, in percent.
fn share_at(event: &PointerEvent, line: &Element, around: &Element, direction: Direction) -> f64 {
    let (line, around) = (line.get_bounding_client_rect(), around.get_bounding_client_rect());
    100.0
        * match direction {
            Direction::Upright if is_laid_down(&line) => (f64::from(event.client_y()) - around.top()) / around.height(),
            Direction::Upright => (f64::from(event.client_x()) - around.left()) / around.width(),
            Direction::Level => (around.bottom() - f64::from(event.client_y())) / around.height(),
        }
}

/// Where a key moves the line to.
fn stepped(key: &str, direction: Direction, now: f64) -> Option<f64> {
    Some(match (key, direction) {
        ("ArrowLeft" | "ArrowUp", Direction::Upright) | ("ArrowDown", Direction::Level) => now - STEP,
        ("ArrowRight" | "ArrowDown", Direction::Upright) | ("ArrowUp", Direction::Level) => now + STEP,
        ("Home", _) => LEAST,
        ("End", _) => 100.0 - LEAST,
        _ => return None,
    })
}
