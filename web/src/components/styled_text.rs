//! Text in several styles, parts of it links. Text from a file only ever becomes text nodes, each isolated by the styles so
//! that its direction cannot spill over.

use pycxray_view::protocol::{Hue, ItemKey, Run, Style, Styled};
use yew::prelude::*;

/// The class that gives an element the colour of a hue.
pub fn hue_class(hue: Hue) -> &'static str {
    match hue {
        Hue::Header => "k-header",
        Hue::Code => "k-code",
        Hue::Bytecode => "k-bytecode",
        Hue::Const => "k-const",
        Hue::Name => "k-name",
        Hue::Lines => "k-lines",
        Hue::Exceptions => "k-exc",
        Hue::Damage => "k-damage",
        Hue::Opaque => "k-opaque",
    }
}

/// The class that gives text its colour; `None` for that of the text around it.
pub fn style_class(style: Style) -> Option<&'static str> {
    Some(match style {
        Style::Plain => return None,
        Style::Muted => "w-soft",
        Style::Strong => "w-strong",
        Style::Str => "w-string",
        Style::Number => "w-number",
        Style::Keyword => "w-keyword",
        Style::Name => "w-name",
        Style::Opcode => "w-opcode",
        Style::Jump => "w-jump",
        Style::Code => "w-code",
        Style::Hit => "w-hit",
        Style::Damage => "w-damage",
    })
}

/// Properties of [`StyledText`].
#[derive(Properties, PartialEq)]
pub struct StyledTextProps {
    /// The text.
    pub text: Styled,
    /// Called with what a link leads to; without it, there are no links.
    #[prop_or_default]
    pub onfollow: Option<Callback<ItemKey>>,
    /// Whether it stands in a row of a list, where Enter follows what the row leads to: its links are no stops for Tab.
    #[prop_or_default]
    pub in_row: bool,
}

/// Text in several styles.
#[component]
pub fn StyledText(props: &StyledTextProps) -> Html {
    let StyledTextProps { text, onfollow, in_row } = props;
    let runs = &text.0;
    let leads = |at: usize| onfollow.as_ref().and_then(|onfollow| Some((runs.get(at)?.link?, onfollow)));
    let draw = |(at, run): (usize, &Run)| {
        if let Some((item, onfollow)) = leads(at) {
            let link = draw_link(run, item, onfollow, *in_row);
            // A line could end between a button and its comma otherwise.
            let has_comma = leads(at + 1).is_none() && runs.get(at + 1).is_some_and(|next| next.text.starts_with(','));
            return if has_comma {
                html! { <span class="together">{ link }{ "," }</span> }
            } else {
                link
            };
        }
        let is_behind = at > 0 && leads(at - 1).is_some();
        let words = run.text.strip_prefix(',').filter(|_| is_behind).unwrap_or(&run.text);
        match style_class(run.style) {
            None => html! { words },
            Some(class) => html! { <span {class}>{ words }</span> },
        }
    };
    html! { <>{ for runs.iter().enumerate().map(draw) }</> }
}

/// A button that goes to an item.
fn draw_link(run: &Run, item: ItemKey, onfollow: &Callback<ItemKey>, in_row: bool) -> Html {
    let onclick = onfollow.reform(move |event: MouseEvent| {
        event.stop_propagation();
        item
    });
    let tabindex = if in_row { "-1" } else { "0" };
    html! {
        <button type="button" class={classes!("link", style_class(run.style))} {tabindex} {onclick}>
            { run.text.as_str() }
        </button>
    }
}
