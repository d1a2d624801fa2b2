//! Dialogs over the page: what stands behind one cannot be reached meanwhile, and Escape closes it.

use web_sys::HtmlDialogElement;
use yew::prelude::*;

/// Properties of [`Dialog`].
#[derive(Properties, PartialEq)]
pub struct DialogProps {
    /// The id of the element in it that names it.
    pub named_by: &'static str,
    /// Called when it was closed, by whatever means.
    pub onclose: Callback<()>,
    /// What it holds.
    pub children: Html,
}

/// A dialog, open for as long as it is drawn.
#[component]
pub fn Dialog(props: &DialogProps) -> Html {
    let node = use_node_ref();
    {
        let node = node.clone();
        use_effect_with((), move |()| {
            if let Some(dialog) = node.cast::<HtmlDialogElement>() {
                // Fails only if it is open already.
                let _ = dialog.show_modal();
            }
        });
    }
    let onclose = props.onclose.reform(|_: Event| ());
    html! {
        <dialog ref={node} aria-labelledby={props.named_by} {onclose}>{ props.children.clone() }</dialog>
    }
}
