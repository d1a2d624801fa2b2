//! A dialog over the page: what stands behind it cannot be reached meanwhile, and Escape closes it.

use web_sys::HtmlDialogElement;
use yew::prelude::*;

/// What a dialog needs.
#[derive(Properties, PartialEq)]
pub(crate) struct ModalProps {
    /// The id of the element that names it.
    pub(crate) named_by: &'static str,
    /// Told when it was closed.
    pub(crate) closed: Callback<Event>,
    /// What is in it.
    pub(crate) children: Html,
}

/// A dialog over the page.
pub(crate) struct Modal {
    node: NodeRef,
}

impl Component for Modal {
    type Message = ();
    type Properties = ModalProps;

    fn create(_: &Context<Self>) -> Self {
        Self { node: NodeRef::default() }
    }

    fn view(&self, ctx: &Context<Self>) -> Html {
        let ModalProps { named_by, closed, children } = ctx.props();
        html! { <dialog ref={&self.node} aria-labelledby={*named_by} onclose={closed}>{ children.clone() }</dialog> }
    }

    fn rendered(&mut self, _: &Context<Self>, first_render: bool) {
        if let Some(dialog) = self.node.cast::<HtmlDialogElement>().filter(|_| first_render) {
            // Fails only if it is open already.
            let _ = dialog.show_modal();
        }
    }
}
