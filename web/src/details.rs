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

impl Take {
    /// All of it, in the order of the menu.
    pub(crate) fn all() -> impl Iterator<Item = Take> {
        [Take::Value, Take::Path].into_iter().chain(CopyAs::ALL.map(Take::Bytes)).chain([Take::Save])
    }

    fn title(self) -> String {
        match self {
            Take::Value => "Value".to_owned(),
            Take::Path => "Path".to_owned(),
            Take::Bytes(form) => format!("Bytes as {}", lower(form.title())),
            Take::Save => "Save bytes…".to_owned(),
        }
    }
}

/// The details pane. `take` hears which line was chosen of the menu of what can be copied or saved.
pub(crate) fn draw_details(shown: &Shown, act: &Act, take: &Callback<usize>) -> Html {
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

fn draw_copy_menu(picked: &Callback<usize>) -> Html {
    let choices = Take::all().map(|what| Choice::plain(what.title())).collect::<Vec<_>>();
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
