//! The page's own small icons, drawn in the colour of the text around them.

use yew::prelude::*;

/// What an icon stands for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum IconKind {
    /// A cross.
    Close,
    /// Half a disc: light and dark.
    Theme,
    /// A question mark: keys and help.
    Help,
    /// Two sheets.
    Copy,
    /// An arrow to the left.
    Back,
    /// An arrow to the right.
    Forward,
    /// A lens.
    Search,
}

impl IconKind {
    /// The lines of its drawing, in a square of 16 units.
    fn path(self) -> &'static str {
        match self {
            Self::Close => "M3.5 3.5l9 9m0-9l-9 9",
            Self::Theme => "M14 8a6 6 0 1 1-12 0a6 6 0 1 1 12 0",
            Self::Help => "M5.8 6a2.2 2.2 0 1 1 3.3 1.9c-.7.4-1.1.9-1.1 1.7M8 12.4v.1",
            Self::Copy => "M5.5 5.5h7v8h-7zM3.5 10.5v-8h7",
            Self::Back => "M9.5 3.5L5 8l4.5 4.5",
            Self::Forward => "M6.5 3.5L11 8l-4.5 4.5",
            Self::Search => "M7 2.5a4.5 4.5 0 1 1 0 9 4.5 4.5 0 0 1 0-9zM10.4 10.4l3.1 3.1",
        }
    }
}

/// Properties of [`Icon`].
#[derive(Properties, PartialEq)]
pub struct IconProps {
    /// What it stands for.
    pub kind: IconKind,
}

/// An icon. What stands beside or around it says the same in words.
#[component]
pub fn Icon(props: &IconProps) -> Html {
    html! {
        <svg viewBox="0 0 16 16" aria-hidden="true" fill="none" stroke="currentColor" stroke-width="1.6"
            stroke-linecap="round" stroke-linejoin="round">
            <path d={props.kind.path()} />
            if props.kind == IconKind::Theme {
                <path fill="currentColor" stroke="none" d="M8 2a6 6 0 0 1 0 12z" />
            }
        </svg>
    }
}
