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

/// Holds the down arrow in an element, as fast as keyboards repeat, and takes the time from each key until what is chosen by it
/// is on screen; counts the frames in which the middle of the element shows no row.
const HOLD: &str = "
    const [selector, keys] = arguments;
    const list = document.querySelector(selector);
    list.focus();
    const frame = () => new Promise((done) => requestAnimationFrame(done));
    const chosen = () => list.querySelector('.sel')?.id;
    const { left, top, width, height } = list.getBoundingClientRect();
    const isBlank = () => !document.elementFromPoint(left + width / 2, top + height / 2)?.closest('.row');
    return (async () => {
        const times = [];
        let blank = 0;
        for (let key = 0; key < keys; key += 1) {
            const before = chosen();
            const start = performance.now();
            list.dispatchEvent(new KeyboardEvent('keydown', { key: 'ArrowDown', bubbles: true, cancelable: true }));
            do { await frame(); blank += isBlank(); } while (chosen() === before && performance.now() - start < 1000);
            times.push(performance.now() - start);
        }
        return [times, blank];
    })();
";

/// Scrolls an element at the speed of a wheel, and counts the frames in which its middle shows no row.
const WHEEL: &str = "
    const [selector, frames] = arguments;
    const list = document.querySelector(selector);
    const frame = () => new Promise((done) => requestAnimationFrame(done));
    const { left, top, width, height } = list.getBoundingClientRect();
    const isBlank = () => !document.elementFromPoint(left + width / 2, top + height / 2)?.closest('.row');
    return (async () => {
        let blank = 0;
        for (let number = 0; number < frames; number += 1) {
            list.scrollTop += 60;
            await frame();
            blank += isBlank();
        }
        return blank;
    })();
";

/// What it is like to hold a key, and to scroll, in the tree.
pub(crate) struct Held {
    /// Milliseconds from each key until its row is chosen on screen, the shortest first.
    pub(crate) times: Vec<f64>,
    /// In how many frames of these the middle of the tree was blank.
    pub(crate) blank: u64,
    /// The same while it was scrolled, of [`FRAMES`].
    pub(crate) blank_scrolling: u64,
}

/// Holds the down arrow in the tree of a file, all of it unfolded.
pub(crate) fn hold(file: &File) -> Held {
    let page = opened(file);
    page.find("#tree").focus();
    page.press('*');
    let answer = page.run(HOLD, &[json!("#tree"), json!(FRAMES)]);
    let mut times: Vec<f64> = answer[0].as_array().into_iter().flatten().map(number).collect();
    times.sort_by(f64::total_cmp);
    let blank_scrolling = page.run(WHEEL, &[json!("#tree"), json!(FRAMES)]);
    Held {
        times,
        blank: answer[1].as_u64().unwrap_or_default(),
        blank_scrolling: blank_scrolling.as_u64().unwrap_or_default(),
    }
}

/// How many frames are measured in each pane.
pub(crate) const FRAMES: u32 = 120;

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
