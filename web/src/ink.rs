//! Hues and inks as class names, and text in several inks as elements.

use crate::Act;
use crate::tag::{button, list, span, text};
use pycxray_view::{Hue, Ink, Styled};
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
    list(styled.0.iter().map(|piece| match (piece.link, act) {
        (Some(item), Some(act)) => {
            let act = act.clone();
            let onclick = Callback::from(move |event: MouseEvent| {
                event.stop_propagation();
                act.run(move |document| document.select(item));
            });
            let link = button("link").class(ink_class(piece.ink)).set("tabindex", tabindex);
            link.on_click(onclick).text(&piece.text).into()
        }
        _ => match ink_class(piece.ink) {
            "" => text(&piece.text),
            class => span(class).text(&piece.text).into(),
        },
    }))
}
