//! Files dropped on the page. No driver can drag from outside the window, so the events are made in the page, in the
//! order and with the objects of a real drag.

use crate::browser::Browser;
use crate::file::{File, OnDisk};
use serde_json::{Value, json};

const TRANSFER: &str = "
    const [selector, files, events] = arguments;
    const target = document.querySelector(selector);
    const transfer = new DataTransfer();
    for (const { name, base64 } of files) {
        const bytes = Uint8Array.from(atob(base64), (character) => character.charCodeAt(0));
        transfer.items.add(new File([bytes], name));
    }
    const { left, top, width, height } = target.getBoundingClientRect();
    const place = { clientX: left + width / 2, clientY: top + height / 2 };
    const answers = {};
    for (const kind of events) {
        const event = new DragEvent(kind, { bubbles: true, cancelable: true, dataTransfer: transfer, ...place });
        answers[kind] = !target.dispatchEvent(event);
    }
    return answers;
";

impl Browser {
    /// Drags files from outside over the element that `selector` fits and drops them there.
    ///
    /// # Panics
    /// When the page does not take them: a real browser would then leave the page and open the file itself.
    #[track_caller]
    pub fn drop_files(&self, selector: &str, files: &[File]) {
        let answers = self.drag(selector, files, &["dragenter", "dragover", "drop"]);
        for kind in ["dragover", "drop"] {
            assert_eq!(answers[kind], json!(true), "{selector} does not call preventDefault on {kind}");
        }
    }

    /// Drags files over the element that `selector` fits and holds them there.
    #[track_caller]
    pub fn drag_files_over(&self, selector: &str, files: &[File]) {
        self.drag(selector, files, &["dragenter", "dragover"]);
    }

    /// Drags what was held by [`Browser::drag_files_over`] away again.
    #[track_caller]
    pub fn drag_files_away(&self, selector: &str) {
        self.drag(selector, &[], &["dragleave"]);
    }

    #[track_caller]
    fn drag(&self, selector: &str, files: &[File], events: &[&str]) -> Value {
        self.find(selector);
        let files: Vec<Value> = files.iter().map(File::to_json).collect();
        self.run(TRANSFER, &[json!(selector), json!(files), json!(events)])
    }

    /// Chooses files in the dialog of the field for files that `selector` fits.
    #[track_caller]
    pub fn choose_files(&self, selector: &str, files: &[File]) {
        let on_disk = OnDisk::write(files);
        let paths: Vec<String> = on_disk.paths.iter().map(|path| path.display().to_string()).collect();
        let field = self.find(selector);
        field.enter(&paths.join("\n"));
        // The page reads them in its own time; they must be there until it has.
        self.on_disk.borrow_mut().push(on_disk);
    }
}
