//! The details pane: what the chosen thing is, in plain words.

use super::styled_text::hue_class;
use super::{Choice, Definitions, Icon, IconKind, Menu, StyledText};
use pycxray_view::hex_offset;
use pycxray_view::protocol::{Card, CardPart, CardPayload, CopyAs, ItemKey};
use std::rc::Rc;
use yew::prelude::*;

/// What can be taken from the chosen thing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Take {
    /// Its value, as text.
    Value,
    /// Its path in the tree.
    Path,
    /// The address of this page with its place.
    Link,
    /// Its bytes, to the clipboard.
    Bytes(CopyAs),
    /// Its bytes, as a file; of a text or bytes, with what marshal puts around its contents.
    Save,
    /// The contents of a text or bytes, as a file.
    SaveContents,
    /// The same, opened as if they had been dropped on the page.
    OpenContents,
}

impl Take {
    /// All that can be taken of what a card is about, in the order of the menu.
    pub fn all(card: &Card, has_address: bool) -> impl Iterator<Item = Self> {
        let contents: &[Self] = if card.has_contents { &[Self::SaveContents, Self::OpenContents] } else { &[] };
        let link = has_address.then_some(Self::Link);
        let copies = [Self::Value, Self::Path].into_iter().chain(link).chain(CopyAs::ALL.map(Self::Bytes));
        copies.chain(contents.iter().copied()).chain([Self::Save])
    }

    fn title(self, card: &Card) -> String {
        match self {
            Self::Value => "Value".to_owned(),
            Self::Path => "Path".to_owned(),
            Self::Link => "Link to this place".to_owned(),
            Self::Bytes(form) => format!("Bytes as {}", in_sentence(form.title())),
            Self::Save if card.has_contents => "Save with its marshal frame…".to_owned(),
            Self::Save | Self::SaveContents => "Save bytes…".to_owned(),
            Self::OpenContents => "Open as a file".to_owned(),
        }
    }
}

/// A title inside a sentence: `Hex` becomes `hex`, names stay as they are.
fn in_sentence(title: &str) -> String {
    match title {
        "Hex" | "Text" => title.to_ascii_lowercase(),
        _ => title.to_owned(),
    }
}

/// Properties of [`Details`].
#[derive(Properties, PartialEq)]
pub struct DetailsProps {
    /// What there is to know; nothing in a file without bytes.
    #[prop_or_default]
    pub card: Option<Rc<Card>>,
    /// Whether an address can name the file that it is in.
    #[prop_or(true)]
    pub has_address: bool,
    /// Called with what a link leads to.
    pub onfollow: Callback<ItemKey>,
    /// Called with what is to be copied, saved or opened.
    pub ontake: Callback<Take>,
    /// Called with what the chosen constant holds, and whether it is to be opened; if not, saved.
    pub onpayload: Callback<(CardPayload, bool)>,
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
    let DetailsProps { has_address, onfollow, ontake, .. } = props;
    let takes: Vec<Take> = Take::all(card, *has_address).collect();
    let choices: Vec<Choice> = takes.iter().map(|what| Choice::plain(what.title(card))).collect();
    let onpick = {
        let ontake = ontake.clone();
        move |at: usize| {
            if let Some(what) = takes.get(at) {
                ontake.emit(*what);
            }
        }
    };
    html! {
        <>
            <div class={classes!("det-head", hue_class(card.hue))}>
                <h2>{ card.title.clone() }</h2>
                <span class="subtitle">{ card.subtitle.clone() }</span>
                <Menu id="copy" class="btn quiet small" title="Copy or save what is chosen" {choices} {onpick}>
                    <Icon kind={IconKind::Copy} />{ "Copy" }
                </Menu>
            </div>
            { for card.payload.iter().map(|payload| draw_payload(payload, &props.onpayload)) }
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

/// What a constant holds, with what can be done with it.
fn draw_payload(payload: &CardPayload, onpayload: &Callback<(CardPayload, bool)>) -> Html {
    let take = |opens: bool| {
        let payload = payload.clone();
        onpayload.reform(move |_: MouseEvent| (payload.clone(), opens))
    };
    html! {
        <div class="holds">
            <p>
                <b>{ "Holds: " }</b>{ payload.words.clone() }
                if payload.parts > 1 {
                    <span class="w-soft">{ format!(", {} constants joined", payload.parts) }</span>
                }
            </p>
            <button type="button" class="btn small" onclick={take(true)}>{ "Open" }</button>
            <button type="button" class="btn small" onclick={take(false)}>{ "Save…" }</button>
        </div>
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
