//! The first use, from an empty cache: from going to the address until the bytes of a sample are on screen, as a plain host
//! sends the page, which compresses it.

use crate::ROUNDS;
use crate::loading::number;
use pycxray_tests::Browser;
use pycxray_tests::site::{Site, SiteServer};
use serde_json::json;
use std::path::Path;

/// Chooses the first sample as soon as there is one, and notes when its tree is drawn.
const USE: &str = "
    const chosen = new WeakSet();
    new MutationObserver(() => {
        const sample = document.querySelector('.sample');
        if (sample && !chosen.has(sample)) {
            chosen.add(sample);
            queueMicrotask(() => sample.click());
        }
        if (!window.used && document.querySelector('#tree .row')) window.used = performance.now();
    }).observe(document, { childList: true, subtree: true });
";

/// What the way to the page is like.
#[derive(Clone, Copy)]
pub(crate) struct Way {
    pub(crate) name: &'static str,
    /// Bytes in a second; -1 for as many as come.
    pub(crate) throughput: i64,
    /// How many times slower the processor is.
    pub(crate) slowdown: f64,
}

/// The ways that are measured.
pub(crate) const WAYS: [Way; 2] = [
    Way { name: "first use, 10 Mbit/s", throughput: 10_000_000 / 8, slowdown: 1.0 },
    Way { name: "first use, processor / 4", throughput: -1, slowdown: 4.0 },
];

/// Milliseconds of the middle one of some first uses of the page in a folder.
pub(crate) fn measure(folder: &Path, way: Way) -> f64 {
    let mut times: Vec<f64> = (0..ROUNDS).map(|_| once(folder, way)).collect();
    times.sort_by(f64::total_cmp);
    times[times.len() / 2]
}

fn once(folder: &Path, way: Way) -> f64 {
    let server = SiteServer::start(Site::new(folder).compressing(), 0).expect("some port is free");
    let browser = Browser::start();
    browser.devtools("Network.enable", &json!({}));
    browser.devtools("Page.enable", &json!({}));
    let conditions = json!({
        "offline": false, "latency": 20, "downloadThroughput": way.throughput, "uploadThroughput": way.throughput,
    });
    browser.devtools("Network.emulateNetworkConditions", &conditions);
    browser.devtools("Emulation.setCPUThrottlingRate", &json!({ "rate": way.slowdown }));
    browser.devtools("Page.addScriptToEvaluateOnNewDocument", &json!({ "source": USE }));
    browser.go_to(&server.url());
    browser.find("#tree .row");
    number(&browser.run("return window.used", &[]))
}
