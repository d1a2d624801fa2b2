//! The browser's own dialogs for choosing files and folders to open.

use crate::commands::Commands;
use crate::folder::Folder;
use gloo::file::{File, FileList};
use wasm_bindgen::JsCast;
use web_sys::{HtmlElement, HtmlInputElement};
use yew::prelude::*;

/// Has the reader choose files.
pub(super) fn choose_files() {
    click("chooser");
}

/// Has the reader choose a folder.
pub(super) fn choose_folder() {
    click("folder-chooser");
}

fn click(id: &str) {
    let field = gloo::utils::document().get_element_by_id(id);
    if let Some(field) = field.and_then(|field| field.dyn_into::<HtmlElement>().ok()) {
        field.click();
    }
}

/// Properties of [`Chooser`].
#[derive(Properties, PartialEq)]
pub(super) struct ChooserProps {
    /// What opens what was chosen.
    pub(super) commands: Commands,
}

/// The fields that have these dialogs; they are not seen.
#[component]
pub(super) fn Chooser(ChooserProps { commands }: &ChooserProps) -> Html {
    let onfiles = {
        let commands = commands.clone();
        move |event: Event| commands.open(chosen(&event))
    };
    let onfolder = {
        let commands = commands.clone();
        move |event: Event| {
            Folder::of_chosen(chosen(&event)).into_iter().for_each(|folder| commands.open_folder(folder))
        }
    };
    html! {
        <>
            <input id="chooser" type="file" multiple=true hidden=true aria-label="Files to open" onchange={onfiles} />
            <input id="folder-chooser" type="file" webkitdirectory=true hidden=true aria-label="Folder to open"
                onchange={onfolder} />
        </>
    }
}

/// The files that were chosen.
fn chosen(event: &Event) -> Vec<File> {
    let input: HtmlInputElement = event.target_unchecked_into();
    let files = input.files().map(|list| FileList::from(list).to_vec()).unwrap_or_default();
    // Otherwise choosing the same file again would be no change.
    input.set_value("");
    files
}
