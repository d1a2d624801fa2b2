//! What a frame costs while a pane is scrolled.

use crate::loading::{number, opened};
use pycxray_tests::{File, Page};
use serde_json::json;

/// Scrolls an element by more than what is in sight, once in each frame, and takes the time from the browser's telling of
/// it up to when the page has drawn its rows anew: nothing of the browser's own layout and painting.
const SCROLL: &str = "
    const [selector, frames] = arguments;
    const list = document.querySelector(selector);
    const times = [];
    let told = false;
    const before = () => { told = true; performance.mark('scroll'); };
    // On the way down, so before the page's own listener hears of it.
    addEventListener('scroll', before, true);
    const drawn = () => new Promise((done) => requestAnimationFrame(() => setTimeout(done)));
    return drawn().then(drawn).then(() => new Promise((done) => requestAnimationFrame(function frame() {
        if (told) times.push(performance.measure('scrolled', 'scroll').duration);
        told = false;
        const end = list.scrollTop >= list.scrollHeight - list.clientHeight - 1;
        if (times.length < frames && !end) {
            list.scrollTop += Math.max(list.clientHeight, (list.scrollHeight - list.clientHeight) / frames);
            return requestAnimationFrame(frame);
        }
        removeEventListener('scroll', before, true);
        done(times);
    })));
";

/// How many frames are measured in each pane.
const FRAMES: u32 = 120;

/// The times of all frames of each pane, in milliseconds, the shortest first.
pub(crate) fn scroll(file: &File) -> Vec<(&'static str, Vec<f64>)> {
    let page = opened(file);
    let hex = measure(&page, "#hex");
    page.find(".view-tabs + .end button").click();
    let tree = measure(&page, "#tree");
    page.find(".view-tabs [role=tab]:nth-child(2)").click();
    let listing = measure(&page, "#listing");
    let mut panes = vec![("tree", tree), ("listing", listing), ("hex", hex)];
    // What fits on the screen is not scrolled.
    panes.retain(|(_, times)| !times.is_empty());
    panes
}

fn measure(page: &Page, selector: &str) -> Vec<f64> {
    page.find(selector);
    let times = page.run(SCROLL, &[json!(selector), json!(FRAMES)]);
    let mut times: Vec<f64> = times.as_array().into_iter().flatten().map(number).collect();
    times.sort_by(f64::total_cmp);
    times
}
