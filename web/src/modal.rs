//! A dialog over the page: what stands behind it cannot be reached meanwhile, and Escape closes it.

use crate::tag::{Tag, list, tag};
use web_sys::HtmlDialogElement;
use yew::prelude::*;
use yew::virtual_dom::VComp;

/// A dialog with `children` in it. The element with the id `named_by` names it and tells it from others; `closed` is told when
/// it was closed.
pub(crate) fn modal<const N: usize>(named_by: &'static str, closed: Callback<Event>, children: [Tag; N]) -> Html {
    let children = list(children);
    VComp::new::<Modal>(ModalProps { named_by, closed, children }.into(), Some(named_by.into())).into()
}

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
        tag("dialog")
            .found_by(&self.node)
            .set("aria-labelledby", *named_by)
            .on_close(closed.clone())
            .child(children.clone())
            .into()
    }

    fn rendered(&mut self, _: &Context<Self>, first_render: bool) {
        if let Some(dialog) = self.node.cast::<HtmlDialogElement>().filter(|_| first_render) {
            // Fails only if it is open already.
            let _ = dialog.show_modal();
        }
    }
}
