//! That the engine has failed at a file, and what became of the others.

use yew::prelude::*;

/// Properties of [`FailureNotice`].
#[derive(Properties, PartialEq)]
pub struct FailureNoticeProps {
    /// The file that it failed at, if that is known.
    #[prop_or_default]
    pub file: Option<AttrValue>,
    /// Whether there are other files.
    pub has_others: bool,
    /// Called when it has been read.
    pub ondismiss: Callback<()>,
}

/// That the engine has failed at a file.
#[component]
pub fn FailureNotice(props: &FailureNoticeProps) -> Html {
    let at = props.file.as_ref().map_or_else(String::new, |file| format!(" at {file}"));
    let on = if props.has_others { "Go on with the other files" } else { "Start again" };
    html! {
        <div id="failed" class="notice" role="alert">
            { format!("pycxray has failed{at} and cannot show it; no file was harmed.") }
            <button type="button" class="btn small primary" onclick={props.ondismiss.reform(|_| ())}>{ on }</button>
        </div>
    }
}
