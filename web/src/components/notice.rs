//! A sentence about what just happened.

use yew::prelude::*;

/// What a button in a notice does besides taking it away.
#[derive(Clone, Debug, PartialEq)]
pub struct NoticeAction {
    /// What it says.
    pub label: AttrValue,
    /// Called at a click.
    pub onclick: Callback<()>,
}

/// Properties of [`Notice`].
#[derive(Properties, PartialEq)]
pub struct NoticeProps {
    /// The sentence.
    pub text: AttrValue,
    /// What it suggests to do.
    #[prop_or_default]
    pub action: Option<NoticeAction>,
    /// Called when it has been read.
    pub ondismiss: Callback<()>,
}

/// A sentence about what just happened.
#[component]
pub fn Notice(props: &NoticeProps) -> Html {
    html! {
        <div class="notice" role="region" aria-label="What just happened">
            { props.text.clone() }
            if let Some(NoticeAction { label, onclick }) = &props.action {
                <button type="button" class="btn small primary" onclick={onclick.reform(|_| ())}>
                    { label.clone() }
                </button>
            }
            <button type="button" class="btn small" onclick={props.ondismiss.reform(|_| ())}>{ "Dismiss" }</button>
        </div>
    }
}
