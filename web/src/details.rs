//! The details pane: what the chosen thing is, in plain words.

use crate::ink::{draw, hue_class};
use crate::menu::{Choice, Menu, MenuProps};
use crate::tag::{Tag, button, component, list, span, tag, text};
use crate::{Act, Shown, icon};
use pycxray_view::{Card, CopyAs, Definition, Part, hex_offset};
use yew::prelude::*;
use yew::virtual_dom::VComp;

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
pub(crate) fn draw_details(shown: &Shown, act: &Act, take: &Callback<usize>) -> Tag {
    let details = tag("section").class("det").set("id", "details").set("tabindex", "0").set("aria-label", "Details");
    let Some(card) = shown.read(|document| document.card()) else {
        return details.child(tag("p").class("w-soft").text("There are no bytes to tell of."));
    };
    let Card { hue, title, subtitle, text, definitions, parts, .. } = &card;
    let head = tag("div")
        .class("det-head")
        .class(hue_class(*hue))
        .child(tag("h2").text(title))
        .child(span("subtitle").text(subtitle))
        .child(draw_copy_menu(take));
    let bytes = || tag("ul").class("parts").children(parts.iter().map(|part| draw_part(part, act)));
    details
        .child(head)
        .children(text.iter().map(|paragraph| tag("p").child(draw(paragraph, Some(act)))))
        .maybe((!definitions.is_empty()).then(|| draw_definitions(definitions, Some(act))))
        .maybe((!parts.is_empty()).then(|| tag("h3").text("Byte by byte")))
        .maybe((!parts.is_empty()).then(bytes))
}

/// Terms, and what they are here; links in them are followed through `act`.
pub(crate) fn draw_definitions(definitions: &[Definition], act: Option<&Act>) -> Tag {
    definitions.iter().fold(tag("dl"), |list, definition| {
        list.child(tag("dt").text(&definition.term)).child(tag("dd").child(draw(&definition.value, act)))
    })
}

fn draw_part(part: &Part, act: &Act) -> Tag {
    tag("li").child(
        button("part")
            .on_click(act.select(part.item))
            .child(span("at").text(hex_offset(part.span.start)))
            .child(span("what").text(&part.label))
            .child(span("says").child(draw(&part.value, None))),
    )
}

fn draw_copy_menu(picked: &Callback<usize>) -> VComp {
    component::<Menu>(MenuProps {
        id: "copy",
        class: "btn quiet small",
        title: "Copy or save what is chosen",
        label: None,
        face: |_| list([icon::copy().into(), text("Copy")]),
        says: String::new(),
        choices: Take::all().map(|what| Choice::plain(what.title())).collect(),
        picked: picked.clone(),
    })
}

/// A title inside a sentence: `Hex` becomes `hex`, names stay as they are.
fn lower(title: &str) -> String {
    match title {
        "Hex" => "hex".to_owned(),
        "Text" => "text".to_owned(),
        _ => title.to_owned(),
    }
}
