//! The page inside another one: bytes are handed over, the selection comes back, strangers are not listened to.

use crate::copy_of_page::CopyOfPage;
use pycxray_tests::{File, Page, until};
use serde_json::json;

/// A folder with a page that may hold frames, and the built page below it.
fn around(name: &str) -> CopyOfPage {
    let folder = CopyOfPage::below(name, "page");
    folder.write("index.html", "<!doctype html><title>around</title><main>A page</main>");
    folder
}

const EMBED: &str = "
    const [key, claimed] = arguments;
    window.heard = [];
    addEventListener('message', (event) => window.heard.push(event.data));
    const frame = document.createElement('iframe');
    frame.id = 'inner';
    const parent = encodeURIComponent(claimed || location.origin);
    frame.src = `page/?embed&parent=${parent}&key=${key}`;
    frame.width = 1000; frame.height = 600;
    document.body.append(frame);
";

const HAND_OVER: &str = "
    const [key, bytes] = arguments;
    const message = { type: 'pycxray:open', key, name: 'handed.pyc', bytes: new Uint8Array(bytes) };
    document.getElementById('inner').contentWindow.postMessage(message, location.origin);
";

const TABS: &str = "
    const inner = document.getElementById('inner').contentDocument;
    return [inner?.querySelector('.page.embedded') !== null, inner?.querySelectorAll('#tree [role=treeitem]').length ?? 0];
";

/// Waits until the frame has taken a message sent after all others.
const PING: &str = "
    const inner = document.getElementById('inner').contentWindow;
    return new Promise((done) => {
        inner.addEventListener('message', (event) => event.data === 'ping' && inner.requestAnimationFrame(() => done(1)));
        inner.postMessage('ping', '*');
    });
";

fn heard(page: &Page, kind: &str) -> Option<serde_json::Value> {
    let all = page.run("return window.heard", &[]);
    all.as_array()?.iter().rev().find(|message| message["type"] == kind).cloned()
}

#[test]
fn the_parent_hands_bytes_over_and_hears_what_is_chosen() {
    let around = around("parent");
    let page = around.open();
    page.run(EMBED, &[json!("secret"), json!("")]);
    let ready = until("the page is ready", || heard(&page, "pycxray:ready"));
    assert_eq!(ready["key"], "secret");
    let bytes = File::fixture("cpython-3.12/hello.pyc").bytes().to_vec();
    page.run(HAND_OVER, &[json!("wrong"), json!(bytes)]);
    page.run(HAND_OVER, &[json!("secret"), json!(bytes)]);
    until("the file is open", || (page.run(TABS, &[])[1].as_u64()? > 0).then_some(()));
    assert_eq!(page.run(TABS, &[])[0], true, "only the panes are drawn");
    page.run("document.getElementById('inner').contentDocument.querySelector('#tree .row:nth-child(2)').click()", &[]);
    let told =
        until("the selection is told", || heard(&page, "pycxray:selection").filter(|told| told["label"] == "magic"));
    assert_eq!((&told["key"], &told["start"], &told["end"]), (&json!("secret"), &json!(0), &json!(4)));
}

#[test]
fn a_parent_from_elsewhere_is_not_listened_to() {
    let around = around("stranger");
    let page = around.open();
    page.run(EMBED, &[json!("secret"), json!("https://elsewhere.example")]);
    until("the page is drawn", || {
        let drawn = page
            .run("return document.getElementById('inner').contentDocument?.querySelector('.embedded') !== null", &[]);
        drawn.as_bool()?.then_some(())
    });
    let bytes = File::fixture("cpython-3.12/hello.pyc").bytes().to_vec();
    page.run(HAND_OVER, &[json!("secret"), json!(bytes)]);
    // Messages arrive in order: once the frame has answered another one, the first has been passed over.
    page.run(PING, &[]);
    assert_eq!(page.run(TABS, &[])[1], json!(0));
    assert!(heard(&page, "pycxray:ready").is_none());
}
