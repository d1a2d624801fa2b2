//! Files that come in by other ways than the Open button: dropped anywhere on the window, or opened by the system with the
//! installed page.

use crate::commands::Commands;
use crate::hooks::use_window_event;
use gloo::file::{File, FileList};
use js_sys::Array;
use wasm_bindgen::JsCast;
use web_sys::{CustomEvent, DragEvent};
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
            let files = event.data_transfer().and_then(|data| data.files());
            commands.open(files.map(|list| FileList::from(list).to_vec()).unwrap_or_default());
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
    // start.js passes on what the browser tells it.
    use_window_event("pycxray:files", launched);
}
