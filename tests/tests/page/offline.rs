//! After the first visit the page opens without a network, announces new versions, and can be installed.

use crate::copy_of_page::CopyOfPage;
use crate::{PY38, wait_for_text, with_text};
use pycxray_tests::site::Site;
use pycxray_tests::{File, Page, place, until};
use serde_json::{Value, json};

/// Waits until so many versions of the page are kept whole, and the service worker that keeps them is in charge of the page.
#[track_caller]
fn until_kept(page: &Page, versions: u64) {
    until("the page is kept", || {
        let kept = page.run(
            "return caches.keys().then(async (names) => { let whole = 0; for (const name of names) { const cache = await caches.open(name); if (await cache.match(new URL('./', location).href) && (await cache.keys()).length > 5) whole += 1; } return navigator.serviceWorker.controller && whole; })",
            &[],
        );
        (kept.as_u64()? == versions).then_some(())
    });
}

#[test]
fn the_page_opens_without_a_network() {
    let page = Page::open("/");
    until_kept(&page, 1);
    page.devtools("Network.enable", &json!({}));
    let nothing = json!({ "offline": true, "latency": 0, "downloadThroughput": 0, "uploadThroughput": 0 });
    page.devtools("Network.emulateNetworkConditions", &nothing);
    let kind = "const program = new URL(document.getElementById('start').dataset.wasm, document.baseURI); \
                return caches.match(program).then((kept) => kept.headers.get('content-type'))";
    assert_eq!(page.run(kind, &[]), "application/wasm");
    page.reload();
    page.wait_until_drawn();
    page.find_all(".sample")[0].click();
    page.find("#tree .row");
}

#[test]
fn a_new_version_is_announced_and_never_mixed_with_the_old_one() {
    let folder = CopyOfPage::below("versions", "");
    let page = folder.open();
    until_kept(&page, 1);
    let index = folder.read("index.html");
    folder.write("index.html", &index.replace("<html ", "<html data-version=new "));
    page.reload();
    page.wait_until_drawn();
    assert_eq!(version(&page), None, "a visit begins with what is kept");
    wait_for_text(&page, ".notice", "A new version of this page is ready.");
    with_text(&page, ".notice button", "Reload").click();
    until("the new version is there", || (version(&page)? == "new").then_some(()));
    page.wait_until_drawn();
    until_kept(&page, 1);
    page.find_all(".sample")[0].click();
    page.find("#tree .row");
}

#[test]
fn a_page_gets_the_programs_of_its_workers_from_its_own_version() {
    let folder = CopyOfPage::below("workers", "");
    let page = folder.open();
    until_kept(&page, 1);
    // A new version, of which the prover is no program at all.
    let program = folder.program().file_name().unwrap().to_string_lossy().replace("_bg.wasm", "");
    for end in [".js", "_bg.wasm"] {
        folder.rename(&format!("{program}{end}"), &format!("pycxray-web-next{end}"));
    }
    folder.write("index.html", &folder.read("index.html").replace(&program, "pycxray-web-next"));
    folder.write("pycxray-prover.js", &folder.read("worker.js"));
    let mut files: Value =
        serde_json::from_str(&folder.read("files.json").replace(&program, "pycxray-web-next")).unwrap();
    files["pycxray-prover.js"] = files["worker.js"].clone();
    folder.write("files.json", &files.to_string());
    page.reload();
    page.wait_until_drawn();
    wait_for_text(&page, ".notice", "A new version of this page is ready.");
    until_kept(&page, 2);
    page.choose_files("#chooser", &[File::fixture(PY38)]);
    with_text(&page, ".view", "Source").click();
    wait_for_text(&page, "#source .row", "def walrus(");
}

#[test]
fn what_is_not_the_page_is_never_kept() {
    let folder = CopyOfPage::below("portal", "");
    let page = folder.open();
    until_kept(&page, 1);
    let (index, starter) = (folder.read("index.html"), folder.read("start.js"));
    // A network that wants a log-in answers for the server: with the same page to everything, then in place of one file.
    let portal = "<!doctype html><title>Log in</title><script src=portal.js></script>";
    folder.write("index.html", portal);
    visit(&page);
    folder.write("index.html", &index.replace("<html ", "<html data-version=new "));
    folder.write("start.js", portal);
    visit(&page);
    until_kept(&page, 1);
    assert_eq!(version(&page), None, "it is still the first one");
    // The server is well again.
    folder.write("start.js", &starter);
    visit(&page);
    wait_for_text(&page, ".notice", "A new version of this page is ready.");
    visit(&page);
    until("the new version is there", || (version(&page)? == "new").then_some(()));
    // And back to the version before.
    folder.write("index.html", &index);
    visit(&page);
    wait_for_text(&page, ".notice", "A new version of this page is ready.");
    visit(&page);
    until("the version before is there", || version(&page).is_none().then_some(()));
}

#[test]
fn a_server_that_names_the_index_can_be_visited_again() {
    let page = Page::open_site(Site::new(place::dist()).naming_its_index());
    until_kept(&page, 1);
    page.go_to(&page.url());
    page.wait_until_drawn();
    page.find_all(".sample")[0].click();
    page.find("#tree .row");
}

fn version(page: &Page) -> Option<String> {
    page.find("html").attribute("data-version")
}

fn visit(page: &Page) {
    page.reload();
    page.wait_until_drawn();
}

#[test]
fn the_page_can_be_installed_and_opens_files_for_the_system() {
    let page = Page::open("/");
    until_kept(&page, 1);
    let manifest = page.devtools("Page.getAppManifest", &json!({}));
    assert_eq!(manifest["errors"], json!([]), "{manifest}");
    let said: Value = serde_json::from_str(manifest["data"].as_str().unwrap_or_default()).expect("it is JSON");
    assert_eq!(said["file_handlers"][0]["accept"]["application/x-python-bytecode"], json!([".pyc", ".pyo"]));
    assert_eq!(page.devtools("Page.getInstallabilityErrors", &json!({}))["installabilityErrors"], json!([]));
    // What the system does when a file is opened with the page.
    let queue =
        "Object.defineProperty(window, 'launchQueue', { value: { setConsumer(take) { window.launch = take; } } });";
    page.devtools("Page.addScriptToEvaluateOnNewDocument", &json!({ "source": queue }));
    page.reload();
    page.wait_until_drawn();
    until("the page takes files", || page.run("return typeof launch === 'function'", &[]).as_bool()?.then_some(()));
    let bytes = File::fixture(PY38).bytes().to_vec();
    page.run(
        "const file = new File([new Uint8Array(arguments[0])], 'launched.pyc'); launch({ files: [{ getFile: async () => file }] });",
        &[json!(bytes)],
    );
    wait_for_text(&page, ".tab", "launched.pyc");
    page.assert_quiet();
}
