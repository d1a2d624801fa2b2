//! Files on their way in: how long they are decoded, and how long it takes until one is on screen.

use crate::{DECODING_ROUNDS, ROUNDS};
use pycxray_tests::site::Site;
use pycxray_tests::wire::Method;
use pycxray_tests::{File, Page, place};
use serde_json::{Value, json};

/// Makes `window.dropped`, a drop that can be done at any time, of the files given, each as often as said between a head
/// and its bytes: a tuple of many code objects.
const PREPARE: &str = "
    const [files] = arguments;
    const binary = (base64) => Uint8Array.from(atob(base64), (character) => character.charCodeAt(0));
    const transfer = new DataTransfer();
    for (const { name, head, base64, times } of files) {
        const body = binary(base64);
        window.file = new File([binary(head), ...Array.from({ length: times }, () => body)], name);
        transfer.items.add(window.file);
    }
    window.dropFiles = () => document.body.dispatchEvent(new DragEvent('drop', { bubbles: true, cancelable: true, dataTransfer: transfer }));
";

/// Drops them, waits until each has its tab, adds up what the page took to decode them, and closes them again.
const DECODE: &str = "
    const [count] = arguments;
    const turn = () => new Promise((done) => setTimeout(done));
    return (async () => {
        performance.clearMeasures();
        window.dropFiles();
        while (document.querySelectorAll('.tab').length < count) await turn();
        const took = performance.getEntriesByName('pycxray:decode', 'measure');
        for (let close; (close = document.querySelector('.tab .close')); await turn()) close.click();
        return took.reduce((sum, entry) => sum + entry.duration, 0);
    })();
";

/// Drops a file and counts the frames until its tree is in the document. What is there when a frame begins is drawn in it.
const OPEN: &str = "
    return new Promise((done) => requestAnimationFrame(() => {
        let frames = 0;
        performance.mark('drop');
        window.dropFiles();
        requestAnimationFrame(function frame() {
            frames += 1;
            if (!document.querySelector('#tree .row')) return requestAnimationFrame(frame);
            done([performance.measure('drop to tree', 'drop').duration, frames]);
        });
    }));
";

/// Reads the last of the files as the page does, and nothing more.
const READ: &str = "
    performance.mark('read');
    return new Promise((done) => {
        const reader = new FileReader();
        reader.onload = () => done(performance.measure('reading', 'read').duration);
        reader.readAsArrayBuffer(window.file);
    });
";

/// Opens a file, and tells how long the longest task of the page's thread was meanwhile.
const WATCH: &str = "
    window.longest = 0;
    new PerformanceObserver((list) => {
        for (const entry of list.getEntries()) window.longest = Math.max(window.longest, entry.duration);
    }).observe({ type: 'longtask' });
";

/// What it took to open a file.
pub(crate) struct Opened {
    pub(crate) milliseconds: f64,
    pub(crate) frames: u64,
}

/// What it took to open a huge one, in milliseconds.
pub(crate) struct Huge {
    pub(crate) bytes: f64,
    pub(crate) reading: f64,
    pub(crate) opening: f64,
    /// The longest task while it was opened; 50 stands for any that is shorter.
    pub(crate) longest: f64,
}

/// Milliseconds that the page takes to decode the files.
pub(crate) fn decode(files: &[File]) -> f64 {
    let page = page();
    prepare(&page, &files.iter().map(|file| part(file, &[], file.bytes(), 1)).collect::<Vec<_>>());
    let rounds = (0..DECODING_ROUNDS).map(|_| number(&page.run(DECODE, &[json!(files.len())])));
    rounds.fold(f64::INFINITY, f64::min)
}

/// From drop to tree, the first time in a page that has just been opened, each time anew.
pub(crate) fn open(file: &File) -> Opened {
    let rounds = (0..ROUNDS).map(|_| {
        let page = page();
        prepare(&page, &[part(file, &[], file.bytes(), 1)]);
        let answer = page.run(OPEN, &[]);
        Opened { milliseconds: number(&answer[0]), frames: answer[1].as_u64().unwrap_or_default() }
    });
    rounds.min_by(|one, other| one.milliseconds.total_cmp(&other.milliseconds)).expect("there are rounds")
}

/// The same for 100 MB: a tuple that has what is in `file` in it many times.
pub(crate) fn huge(file: &File) -> Huge {
    const SIZE: usize = 100_000_000;
    let (header, body) = file.bytes().split_at(file.bytes().len().min(16));
    let times = SIZE.div_ceil(body.len().max(1));
    let count = u32::try_from(times).expect("files are not that small");
    let head = [header, b"(", &count.to_le_bytes()].concat();
    let page = page();
    prepare(&page, &[part(file, &head, body, times)]);
    let reading = (0..ROUNDS).map(|_| number(&page.run(READ, &[]))).fold(f64::INFINITY, f64::min);
    page.run(WATCH, &[]);
    let opening = number(&page.run(OPEN, &[])[0]);
    let longest = number(&page.run("return window.longest", &[])).max(50.0);
    Huge { bytes: (head.len() + times * body.len()) as f64, reading, opening, longest }
}

/// The page, opened, with time for scripts that take long.
pub(crate) fn page() -> Page {
    let page = Page::open_site(Site::new(place::dist()).isolated());
    patient(&page);
    page
}

/// Gives scripts a minute and a half.
pub(crate) fn patient(browser: &pycxray_tests::Browser) {
    let answer = browser.try_command(Method::Post, "/timeouts", &json!({ "script": 90_000 }));
    answer.unwrap_or_else(|refusal| panic!("{refusal}"));
}

/// Makes the drop of `parts` ready.
fn prepare(page: &Page, parts: &[Value]) {
    page.run(PREPARE, &[json!(parts)]);
}

/// Opens a file and waits until its tree is there.
pub(crate) fn opened(file: &File) -> Page {
    let page = page();
    prepare(&page, &[part(file, &[], file.bytes(), 1)]);
    page.run(OPEN, &[]);
    page
}

fn part(file: &File, head: &[u8], body: &[u8], times: usize) -> Value {
    let encoded = |bytes: &[u8]| base64::Engine::encode(&base64::engine::general_purpose::STANDARD, bytes);
    json!({ "name": file.name(), "head": encoded(head), "base64": encoded(body), "times": times })
}

pub(crate) fn number(value: &Value) -> f64 {
    value.as_f64().unwrap_or_else(|| panic!("the page says {value} where a time was asked for"))
}
