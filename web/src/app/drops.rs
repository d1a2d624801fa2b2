//! Files that come in by other ways than the Open button: dropped or pasted anywhere on the window, or opened by the system with
//! the installed page.

use super::focus::is_typing;
use crate::commands::Commands;
use crate::folder::Folder;
use crate::hooks::use_window_event;
use gloo::file::{File, FileList};
use js_sys::Array;
use wasm_bindgen::JsCast;
use wasm_bindgen_futures::spawn_local;
use web_sys::{ClipboardEvent, CustomEvent, DataTransfer, DragEvent, FileSystemDirectoryEntry};
use yew::prelude::*;

/// Takes files that come in.
#[hook]
pub(super) fn use_drops(commands: &Commands) {
    let over = {
        let commands = commands.clone();
        use_callback((), move |event: DragEvent, ()| {
            let Some(data) = event.data_transfer() else { return };
            event.prevent_default();
            if data.types().includes(&"Files".into(), 0) {
                data.set_drop_effect("copy");
                commands.drag_over(true);
            }
        })
    };
    let left = {
        let commands = commands.clone();
        use_callback((), move |event: DragEvent, ()| {
            // Only leaving the window has nowhere to go to.
            if event.related_target().is_none() {
                commands.drag_over(false);
            }
        })
    };
    let dropped = {
        let commands = commands.clone();
        use_callback((), move |event: DragEvent, ()| {
            event.prevent_default();
            if let Some(data) = event.data_transfer() {
                take(&data, &commands);
            }
        })
    };
    let pasted = {
        let commands = commands.clone();
        use_callback((), move |event: ClipboardEvent, ()| {
            let Some(data) = event.clipboard_data().filter(|_| !is_typing(&event)) else { return };
            event.prevent_default();
            match data.get_data("text/plain").unwrap_or_default() {
                text if text.trim().is_empty() => take(&data, &commands),
                text => commands.open_text(&text),
            }
        })
    };
    let launched = {
        let commands = commands.clone();
        use_callback((), move |event: CustomEvent, ()| {
            let files = Array::from(&event.detail());
            let files = files.iter().filter_map(|file| file.dyn_into::<web_sys::File>().ok());
            commands.open(files.map(File::from).collect());
        })
    };
    use_window_event("dragover", over);
    use_window_event("dragleave", left);
    use_window_event("drop", dropped);
    use_window_event("paste", pasted);
    // start.js passes on what the browser tells it.
    use_window_event("pycxray:files", launched);
}

/// Opens the files and folders that were dropped or pasted.
fn take(data: &DataTransfer, commands: &Commands) {
    let items = data.items();
    // What is behind the items is there for as long as the event is told, no longer.
    let entries = (0..items.length()).filter_map(|at| items.get(at)?.webkit_get_as_entry().ok()?);
    let folders: Vec<FileSystemDirectoryEntry> =
        entries.filter(|entry| entry.is_directory()).map(JsCast::unchecked_into).collect();
    let is_folder = |file: &File| folders.iter().any(|folder| folder.name() == file.name());
    let files = data.files().map(|list| FileList::from(list).to_vec()).unwrap_or_default();
    commands.open(files.into_iter().filter(|file| !is_folder(file)).collect());
    for folder in folders {
        let commands = commands.clone();
        spawn_local(async move { commands.open_folder(Folder::of_entry(folder).await) });
    }
}
