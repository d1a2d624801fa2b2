//! Two views that scroll together: what the reader scrolls to in one, the other shows too.

use super::ViewProps;
use pycxray_view::protocol::{Action, ItemKey, View};
use yew::prelude::*;

/// A callback that leads the view on the other side, if that is one which follows, to an item.
pub(super) fn leading(props: &ViewProps) -> Callback<Option<ItemKey>> {
    let Some(view) = props.leads.filter(|view| matches!(view, View::Listing | View::Source)) else {
        return Callback::noop();
    };
    let act = props.onact.clone();
    Callback::from(move |item: Option<ItemKey>| {
        if let Some(item) = item {
            act.emit(Action::Lead { view, item });
        }
    })
}
