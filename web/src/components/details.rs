//! The details pane: what the chosen thing is, in plain words.

use super::styled_text::hue_class;
use super::{Choice, Definitions, Icon, IconKind, Menu, StyledText};
use pycxray_view::hex_offset;
use pycxray_view::protocol::{Card, CardPart, CopyAs, ItemKey};
use std::rc::Rc;
use yew::prelude::*;

/// What can be taken from the chosen thing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Take {
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
    pub fn all() -> impl Iterator<Item = Self> {
        [Self::Value, Self::Path].into_iter().chain(CopyAs::ALL.map(Self::Bytes)).chain([Self::Save])
    }

    fn title(self) -> String {
        match self {
            Self::Value => "Value".to_owned(),
            Self::Path => "Path".to_owned(),
            Self::Bytes(form) => format!("Bytes as {}", in_sentence(form.title())),
            Self::Save => "Save bytes…".to_owned(),
        }
    }
}

/// A title inside a sentence: `Hex` becomes `hex`, names stay as they are.
fn in_sentence(title: &str) -> String {
    match title {
        "Hex" | "Text" => title.to_lowercase(),
        _ => title.to_owned(),
    }
}

/// Properties of [`Details`].
#[derive(Properties, PartialEq)]
pub struct DetailsProps {
    /// What there is to know; nothing in a file without bytes.
    #[prop_or_default]
    pub card: Option<Rc<Card>>,
    /// Called with what a link leads to.
    pub onfollow: Callback<ItemKey>,
    /// Called with what is to be copied or saved.
    pub ontake: Callback<Take>,
}

/// The details pane.
#[component]
pub fn Details(props: &DetailsProps) -> Html {
    let content = match &props.card {
        Some(card) => draw_card(card, props),
        None => html! { <p class="w-soft">{ "There are no bytes to tell of." }</p> },
    };
    html! { <section class="det" id="details" tabindex="0" aria-label="Details">{ content }</section> }
}

fn draw_card(card: &Card, props: &DetailsProps) -> Html {
    let DetailsProps { onfollow, ontake, .. } = props;
    let onpick = {
        let ontake = ontake.clone();
        move |at| {
            if let Some(what) = Take::all().nth(at) {
                ontake.emit(what);
            }
        }
    };
    let choices: Vec<Choice> = Take::all().map(|what| Choice::plain(what.title())).collect();
    html! {
        <>
            <div class={classes!("det-head", hue_class(card.hue))}>
                <h2>{ card.title.clone() }</h2>
                <span class="subtitle">{ card.subtitle.clone() }</span>
                <Menu id="copy" class="btn quiet small" title="Copy or save what is chosen" {choices} {onpick}>
                    <Icon kind={IconKind::Copy} />{ "Copy" }
                </Menu>
            </div>
            { for card.text.iter().map(|paragraph| html! {
                <p><StyledText text={paragraph.clone()} onfollow={onfollow.clone()} /></p>
            }) }
            if !card.definitions.is_empty() {
                <Definitions definitions={card.definitions.clone()} onfollow={onfollow.clone()} />
            }
            if !card.parts.is_empty() {
                <h3>{ "Byte by byte" }</h3>
                <ul class="parts">{ for card.parts.iter().map(|part| draw_part(part, onfollow)) }</ul>
            }
        </>
    }
}

fn draw_part(part: &CardPart, onfollow: &Callback<ItemKey>) -> Html {
    let item = part.item;
    html! {
        <li>
            <button type="button" class="part" onclick={onfollow.reform(move |_| item)}>
                <span class="at">{ hex_offset(part.span.start) }</span>
                <span class="what">{ part.label.clone() }</span>
                <span class="says"><StyledText text={part.value.clone()} /></span>
            </button>
        </li>
    }
}
