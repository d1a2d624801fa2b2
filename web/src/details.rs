//! The details pane: what the chosen thing is, in plain words.

use crate::ink::{draw, hue_class};
use crate::menu::{Choice, Menu};
use crate::{Act, Shown, icon};
use pycxray_view::{Card, CopyAs, Definition, Part, hex_offset};
use yew::prelude::*;

/// What can be taken from the chosen thing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Take {
    /// Its value, as text.
    Value,
    /// Its path in the tree.
    Path,
    /// Its bytes, to the clipboard.
    Bytes(CopyAs),
    /// Its bytes, as a file.
    Save,
}

/// The details pane. `take` hears what is to be copied or saved.
pub(crate) fn draw_details(shown: &Shown, act: &Act, take: Callback<Take>) -> Html {
    let Some(card) = shown.read(|document| document.card()) else {
        return html! {
            <section class="det" id="details" tabindex="0" aria-label="Details"><p class="w-soft">{ "There are no bytes to tell of." }</p></section>
        };
    };
    let Card { hue, title, subtitle, text, definitions, parts, .. } = &card;
    html! {
        <section class="det" id="details" tabindex="0" aria-label="Details">
            <div class={classes!("det-head", hue_class(*hue))}>
                <h2>{ title }</h2>
                <span class="subtitle">{ subtitle }</span>
                { draw_copy_menu(take) }
            </div>
            { for text.iter().map(|paragraph| html! { <p>{ draw(paragraph, Some(act)) }</p> }) }
            if !definitions.is_empty() {
                <dl>{ for definitions.iter().map(|definition| draw_definition(definition, act)) }</dl>
            }
            if !parts.is_empty() {
                <h3>{ "Byte by byte" }</h3>
                <ul class="parts">{ for parts.iter().map(|part| draw_part(part, act)) }</ul>
            }
        </section>
    }
}

fn draw_definition(definition: &Definition, act: &Act) -> Html {
    html! { <><dt>{ &definition.term }</dt><dd>{ draw(&definition.value, Some(act)) }</dd></> }
}

fn draw_part(part: &Part, act: &Act) -> Html {
    let item = part.item;
    let act = act.clone();
    let onclick = Callback::from(move |_: MouseEvent| act.run(move |document| document.select(item)));
    html! {
        <li>
            <button type="button" class="part" {onclick}>
                <span class="at">{ hex_offset(part.span.start) }</span>
                <span class="what">{ &part.label }</span>
                <span class="says">{ draw(&part.value, None) }</span>
            </button>
        </li>
    }
}

fn draw_copy_menu(take: Callback<Take>) -> Html {
    let kinds: Vec<(Take, String)> = [(Take::Value, "Value".to_owned()), (Take::Path, "Path".to_owned())]
        .into_iter()
        .chain(CopyAs::ALL.map(|form| (Take::Bytes(form), format!("Bytes as {}", lower(form.title())))))
        .chain([(Take::Save, "Save bytes…".to_owned())])
        .collect();
    let choices = kinds.iter().map(|(_, label)| Choice::plain(label.clone())).collect::<Vec<_>>();
    let picked = Callback::from(move |at: usize| {
        if let Some((kind, _)) = kinds.get(at) {
            take.emit(*kind);
        }
    });
    html! {
        <Menu id="copy" class="btn quiet small" title="Copy or save what is chosen" face={html! { <>{ icon::copy() }{ "Copy" }</> }} {choices} {picked} />
    }
}

/// A title inside a sentence: `Hex` becomes `hex`, names stay as they are.
fn lower(title: &str) -> String {
    match title {
        "Hex" => "hex".to_owned(),
        "Text" => "text".to_owned(),
        _ => title.to_owned(),
    }
}
