//! What the page hands to the components on it, to be called with.

use super::{App, AppMsg, LeftView};
use crate::Act;
use crate::details::Take;
use crate::sight::Sight;
use crate::tell::Tell;
use crate::theme::Theme;
use pycxray_view::ExportKind;
use yew::Callback;
use yew::html::Scope;

/// What the page hands to the components on it. Made once: a component that gets another one is drawn anew.
pub(super) struct Calls {
    /// Something was done to the document on screen.
    pub(super) act: Act,
    /// Which bytes the hex pane shows.
    pub(super) sight: Sight,
    /// A row of the outline was entered.
    pub(super) enter: Callback<()>,
    /// A line of the menu of colours.
    pub(super) theme: Callback<usize>,
    /// A line of the menu of exports.
    pub(super) export: Callback<usize>,
    /// A line of the menu of what can be copied or saved.
    pub(super) take: Callback<usize>,
    /// A line of the menu of Pythons.
    pub(super) read_as: Callback<usize>,
}

impl Calls {
    /// Those of the page behind `link`.
    pub(super) fn new(link: &Scope<App>) -> Self {
        Self {
            act: Act::new(link.tell(AppMsg::Deed)),
            sight: Sight::default(),
            enter: link.tell(|()| AppMsg::Show(LeftView::Listing)),
            theme: link.batch_callback(|at: usize| Theme::ALL.get(at).copied().map(AppMsg::Theme)),
            export: link.batch_callback(|at| exports().nth(at).map(|(kind, copy)| AppMsg::Export(kind, copy))),
            take: link.batch_callback(|at| Take::all().nth(at).map(AppMsg::Take)),
            read_as: link.tell(AppMsg::ReadAs),
        }
    }
}

/// What can be exported, and whether to the clipboard, in the order of the menu.
pub(super) fn exports() -> impl Iterator<Item = (ExportKind, bool)> {
    [false, true].into_iter().flat_map(|copy| ExportKind::ALL.map(|kind| (kind, copy)))
}
