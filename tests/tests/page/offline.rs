//! After the first visit the page opens without a network.

use pycxray_tests::{Page, until};
use serde_json::json;

#[test]
fn the_page_opens_without_a_network() {
    let page = Page::open("/");
    until("the page is kept", || {
        let kept = page.run(
            "return caches.keys().then(async (names) => { for (const name of names) { const cache = await caches.open(name); if (await cache.match(location.href.split('#')[0])) return (await cache.keys()).length; } return 0; })",
            &[],
        );
        (kept.as_u64()? > 5).then_some(())
    });
    page.devtools("Network.enable", &json!({}));
    let nothing = json!({ "offline": true, "latency": 0, "downloadThroughput": 0, "uploadThroughput": 0 });
    page.devtools("Network.emulateNetworkConditions", &nothing);
    page.reload();
    page.wait_until_drawn();
    page.find_all(".sample")[0].click();
    page.find("#tree .row");
}
