//! Hues and inks as class names, and text in several inks as elements.

use crate::Act;
use crate::tag::{Tag, button, list, span, text};
use pycxray_view::{Hue, Ink, Item, Styled};
use yew::prelude::*;

/// The class that gives an element the colour of a hue.
pub(crate) fn hue_class(hue: Hue) -> &'static str {
    match hue {
        Hue::Header => "k-header",
        Hue::Code => "k-code",
        Hue::Bytecode => "k-bytecode",
        Hue::Const => "k-const",
        Hue::Name => "k-name",
        Hue::Lines => "k-lines",
        Hue::Exceptions => "k-exc",
        Hue::Damage => "k-damage",
    }
}

fn ink_class(ink: Ink) -> &'static str {
    match ink {
        Ink::Plain => "",
        Ink::Muted => "w-soft",
        Ink::Strong => "w-strong",
        Ink::Str => "w-string",
        Ink::Number => "w-number",
        Ink::Keyword => "w-keyword",
        Ink::Name => "w-name",
        Ink::Opcode => "w-opcode",
        Ink::Jump => "w-jump",
        Ink::Code => "w-code",
        Ink::Damage => "w-damage",
    }
}

/// Text in several inks. Pieces that lead somewhere are buttons where `act` says how to go there. Text from a file only
/// ever becomes text nodes, each isolated so that its direction cannot spill over.
pub(crate) fn draw(text: &Styled, act: Option<&Act>) -> Html {
    pieces(text, act, "0")
}

/// The same in a row of a list, where Enter follows what the row leads to: its links are no stops for Tab.
pub(crate) fn draw_in_row(text: &Styled, act: &Act) -> Html {
    pieces(text, Some(act), "-1")
}

fn pieces(styled: &Styled, act: Option<&Act>, tabindex: &'static str) -> Html {
    let all = &styled.0;
    let leads = |at: usize| act.and_then(|act| Some((all.get(at)?.link?, act)));
    list(all.iter().enumerate().map(|(at, piece)| {
        if let Some((item, act)) = leads(at) {
            let link = draw_link(item, act).class(ink_class(piece.ink)).set("tabindex", tabindex).text(&piece.text);
            // A line could end between a button and its comma otherwise.
            let has_comma = leads(at + 1).is_none() && all.get(at + 1).is_some_and(|next| next.text.starts_with(','));
            return if has_comma { span("together").child(link).text(",").into() } else { link.into() };
        }
        let is_behind = at > 0 && leads(at - 1).is_some();
        let words = piece.text.strip_prefix(',').filter(|_| is_behind).unwrap_or(&piece.text).to_owned();
        match ink_class(piece.ink) {
            "" => text(words),
            class => span(class).text(words).into(),
        }
    }))
}

/// A button that goes to an item.
fn draw_link(item: Item, act: &Act) -> Tag {
    let act = act.clone();
    button("link").on_click(Callback::from(move |event: MouseEvent| {
        event.stop_propagation();
        act.run(move |document| document.select(item));
    }))
}
