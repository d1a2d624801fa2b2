//! The program on its way into the page: from servers of all kinds, or not all of it.

use crate::copy_of_page::CopyOfPage;
use crate::{PY38, wait_for_text, with_text};
use pycxray_tests::site::Site;
use pycxray_tests::{File, Page, place, until};

#[test]
fn a_server_that_has_not_heard_of_wasm_will_do() {
    let page = Page::open_site(Site::new(place::dist()).ignorant_of_wasm());
    assert!(page.find("main .samples").is_shown());
    page.assert_quiet();
}

#[test]
fn a_program_that_is_cut_off_is_said_not_to_start() {
    let copy = CopyOfPage::below("cut", "");
    let whole = std::fs::read(copy.program()).unwrap();
    for length in [whole.len() - 1, whole.len() / 2, 15, 3] {
        std::fs::write(copy.program(), &whole[..length]).unwrap();
        let page = Page::open_stillborn(copy.site());
        wait_for_text(&page, "#starting", "The page could not start: CompileError");
    }
}

#[test]
fn a_page_of_the_server_in_place_of_the_program_is_refused() {
    let copy = CopyOfPage::below("refused", "");
    std::fs::write(copy.program(), "<!doctype html><title>Log in</title>").unwrap();
    let page = Page::open_stillborn(copy.site());
    wait_for_text(&page, "#starting", "The page could not start: CompileError");
}

#[test]
fn without_the_script_of_its_engine_the_page_says_so() {
    let copy = CopyOfPage::below("engineless", "");
    copy.write("worker.js", "throw new Error('broken on purpose');");
    let page = copy.open();
    wait_for_text(&page, ".notice", "could not be started");
    until("the page is still there", || page.find_all("main .samples").pop().map(drop));
}

#[test]
fn without_the_program_of_its_engine_the_page_says_so() {
    let copy = CopyOfPage::below("programless", "");
    copy.write("pycxray-engine_bg.wasm", "<!doctype html><title>Log in</title>");
    let page = copy.open();
    wait_for_text(&page, ".notice", "could not be started");
    until("the page is still there", || page.find_all("main .samples").pop().map(drop));
}

#[test]
fn without_its_prover_the_page_says_so_and_goes_on() {
    let copy = CopyOfPage::below("proverless", "");
    let bindings = copy.read("pycxray-prover.js");
    copy.write("pycxray-prover.js", "throw new Error('broken on purpose');");
    let page = copy.open();
    page.choose_files("#chooser", &[File::fixture(PY38)]);
    with_text(&page, ".view", "Source").click();
    wait_for_text(&page, "#source", "the part of the page that does it could not be loaded");
    copy.write("pycxray-prover.js", &bindings);
    with_text(&page, "#source button", "Try again").click();
    wait_for_text(&page, "#source .row", "def walrus(");
}

#[test]
fn what_takes_long_is_said_until_it_is_done() {
    let copy = CopyOfPage::below("slow", "");
    let bindings = copy.read("pycxray-prover.js");
    let wait = "await new Promise((go) => (new BroadcastChannel('go').onmessage = go));";
    copy.write("pycxray-prover.js", &format!("{wait}\n{bindings}"));
    let page = copy.open();
    page.choose_files("#chooser", &[File::fixture(PY38)]);
    with_text(&page, ".view", "Source").click();
    wait_for_text(&page, ".arrival", "Writing the source of py38.pyc");
    page.run("new BroadcastChannel('go').postMessage('')", &[]);
    wait_for_text(&page, "#source .row", "def walrus(");
    until("nothing is said to take long", || page.find_all(".arrival").is_empty().then_some(()));
    page.assert_quiet();
}

#[test]
fn source_does_not_wait_for_what_verifies() {
    let copy = CopyOfPage::below("verifierless", "");
    copy.write("pycxray-verifier.js", "throw new Error('broken on purpose');");
    let page = copy.open();
    page.choose_files("#chooser", &[File::fixture(PY38), File::new("py38.py", b"x = 1\n")]);
    with_text(&page, ".view", "Verify").click();
    wait_for_text(&page, "#verify", "the part of the page that does it could not be loaded");
    with_text(&page, ".view", "Source").click();
    wait_for_text(&page, "#source .row", "def walrus(");
}

#[test]
fn without_the_script_that_starts_it_the_page_says_so() {
    let copy = CopyOfPage::below("starterless", "");
    let index = copy.read("index.html");
    copy.write("index.html", &index.replace("src=\"./start.js\"", "src=\"./index.html\""));
    let page = Page::open_stillborn(copy.site());
    wait_for_text(&page, "#starting", "The page did not come whole.");
}
