//! The control flow of the code object in the listing: blocks of instructions, and the ways between them.
//!
//! To those who listen it is a list of blocks, each with the ways from it; the arrow keys go through it. The drawing is in its own
//! size in CSS pixels, and the browser scales it.

mod drawing;
mod zoom;

use super::{ViewEntry, ViewProps};
use crate::components::Crumbs;
use crate::hooks::use_watched;
use drawing::Drawing;
use pycxray_view::protocol::{Action, GraphAction, GraphStep, GraphWindow, View, Viewport};
use std::rc::Rc;
use wasm_bindgen::JsCast;
use web_sys::Element;
use yew::prelude::*;
use zoom::{Zoom, Zooming, use_zoom};

pub(super) const ENTRY: ViewEntry = ViewEntry {
    view: View::Graph,
    name: "Graph",
    title: |document| (document.summary.codes > 0).then(|| "Graph".to_owned()),
    draw: |props| html! { <Graph key={props.document.key()} ..props.clone() /> },
    draw_tools: |props| html! { <GraphTools ..props.clone() /> },
};

/// The way to the code objects around this one.
#[component]
fn GraphTools(props: &ViewProps) -> Html {
    let Some(graph) = &props.document.graph else { return Html::default() };
    html! {
        <Crumbs crumbs={graph.crumbs.clone()} label="Code objects around this one"
            onfollow={props.onact.reform(Action::Select)} />
    }
}

/// The graph. Entering a block opens it where it stands for several, else shows its instructions in the listing.
#[component]
fn Graph(props: &ViewProps) -> Html {
    let ViewProps { document, onact, onwatch, onunwatch, onshow, .. } = props;
    use_watched(Viewport::Graph, onwatch, onunwatch);
    let outer = use_node_ref();
    let zoom = use_zoom(&outer);
    let graph = document.graph.clone().unwrap_or_default();
    use_following(&outer, &graph, zoom.scale);
    let onclick = {
        let (graph, act) = (graph.clone(), onact.clone());
        move |event: MouseEvent| {
            if let Some(action) = clicked(&event, &graph) {
                act.emit(action);
            }
        }
    };
    let onenter = {
        let (graph, act, onshow) = (graph.clone(), onact.clone(), onshow.clone());
        Callback::from(move |block: Option<usize>| match block.and_then(|at| Some((at, graph.blocks.get(at)?))) {
            Some((at, block)) if block.is_folded => act.emit(Action::Graph(GraphAction::Open(at))),
            _ => onshow.emit(View::Listing),
        })
    };
    let ondblclick = {
        let onenter = onenter.clone();
        move |event: MouseEvent| {
            if let Some(block) = number_at(&event, "data-block") {
                onenter.emit(Some(block));
            }
        }
    };
    let onkeydown = {
        let (graph, act, zooming) = (graph.clone(), onact.clone(), zoom.onzoom.clone());
        move |event: KeyboardEvent| {
            let step = |step| act.emit(Action::Graph(GraphAction::Step(step)));
            match event.key().as_str() {
                _ if event.ctrl_key() || event.alt_key() || event.meta_key() => return,
                "ArrowDown" => step(GraphStep::Next),
                "ArrowUp" => step(GraphStep::Previous),
                "ArrowRight" => step(GraphStep::Along),
                "ArrowLeft" => step(GraphStep::Against),
                "Home" => step(GraphStep::First),
                "End" => step(GraphStep::Last),
                "Enter" => onenter.emit(graph.chosen),
                "Backspace" if graph.is_part => act.emit(Action::Graph(GraphAction::Out)),
                "+" | "=" => zooming.emit(Zoom::In),
                "-" => zooming.emit(Zoom::Out),
                "0" => zooming.emit(Zoom::Whole(graph.size)),
                _ => return,
            }
            event.prevent_default();
            event.stop_propagation();
        }
    };
    let active = graph.chosen.map(|block| format!("block-{block}"));
    let label = format!("Control flow: {}", graph.words);
    html! {
        <div class="graph-pane">
            <div class="list graph" ref={outer} id="graph" tabindex="0" role="listbox" aria-label={label}
                aria-activedescendant={active} {onclick} {ondblclick} {onkeydown}>
                <Drawing graph={graph.clone()} scale={zoom.scale} />
            </div>
            { draw_tools(&graph, &zoom, onact) }
        </div>
    }
}

/// What stands over the drawing: how much there is, the way out of a part, and the zoom.
fn draw_tools(graph: &Rc<GraphWindow>, zoom: &Zooming, onact: &Callback<Action>) -> Html {
    let button = |sign: &'static str, title: &'static str, to: Zoom| {
        html! {
            <button type="button" class="btn small" {title} aria-label={title} onclick={zoom.onzoom.reform(move |_| to)}>
                { sign }
            </button>
        }
    };
    html! {
        <div class="graph-tools">
            <span class="said">{ &graph.words }</span>
            if graph.is_part {
                <button type="button" class="btn small" title="The whole graph (Backspace)"
                    onclick={onact.reform(|_| Action::Graph(GraphAction::Out))}>
                    { "Out" }
                </button>
            }
            { button("−", "Smaller (-)", Zoom::Out) }
            <span class="scale">{ format!("{:.0} %", zoom.scale * 100.0) }</span>
            { button("+", "Larger (+)", Zoom::In) }
            { button("Fit", "Fit all of it (0)", Zoom::Whole(graph.size)) }
        </div>
    }
}

/// A number that an element around what was clicked has.
fn number_at(event: &MouseEvent, attribute: &str) -> Option<usize> {
    let target = event.target()?.dyn_into::<Element>().ok()?;
    target.closest(&format!("[{attribute}]")).ok()??.get_attribute(attribute)?.parse().ok()
}

/// What a click chooses: the instruction, else the block.
fn clicked(event: &MouseEvent, graph: &GraphWindow) -> Option<Action> {
    let block = graph.blocks.get(number_at(event, "data-block")?)?;
    let row = number_at(event, "data-row").and_then(|row| block.rows.get(row));
    Some(Action::Select(row.map_or(block.item, |row| row.item)))
}

/// Brings the chosen block in sight when something else is chosen; where none is, the one that the graph begins with.
#[hook]
fn use_following(outer: &NodeRef, graph: &GraphWindow, scale: f64) {
    let outer = outer.clone();
    let place = graph.blocks.get(graph.chosen.unwrap_or(0)).map(|block| block.place);
    use_effect_with((graph.subject, graph.choice), move |_| {
        let Some(pane) = outer.cast::<Element>() else { return };
        let (x, y, width, height) = place.unwrap_or_default();
        let [left, top, right, bottom] = [x, y, x + width, y + height].map(|length| f64::from(length) * scale);
        pane.set_scroll_left(nearest(pane.scroll_left(), pane.client_width(), left, right));
        pane.set_scroll_top(nearest(pane.scroll_top(), pane.client_height(), top, bottom));
    });
}

/// Where to scroll to, from `now` on, so that what lies between two lines is in sight as far as it fits.
fn nearest(now: i32, seen: i32, start: f64, end: f64) -> i32 {
    let (start, end) = (start as i32, end as i32 + drawing::MARGIN as i32 * 2);
    if start < now || end - start > seen {
        start
    } else if end > now + seen {
        end - seen
    } else {
        now
    }
}
