//! What is printed: the whole listing, as text, for the panes only ever hold the rows in sight. It must be there when the
//! browser wants to print, so it is fetched as soon as a file has been on screen for a while.

use crate::commands::Commands;
use crate::document::Document;
use gloo::timers::callback::Timeout;
use std::rc::Rc;
use yew::prelude::*;

/// How long a file must have been on screen, in milliseconds.
const WHILE: u32 = 1_000;

/// Keeps the listing of the file on screen at hand for printing.
#[hook]
pub(super) fn use_paper(document: Option<&Rc<Document>>, commands: &Commands) {
    let (of, commands) = (document.map(|document| (document.id, document.summary.clone())), commands.clone());
    use_effect_with(of, move |of| {
        put_on_paper("");
        let timeout = of.as_ref().map(|(id, _)| {
            let id = *id;
            Timeout::new(WHILE, move || commands.ask_paper(id, Callback::from(|text: String| put_on_paper(&text))))
        });
        move || drop(timeout)
    });
}

fn put_on_paper(text: &str) {
    if let Some(paper) = gloo::utils::document().get_element_by_id("print") {
        paper.set_text_content(Some(text));
    }
}
