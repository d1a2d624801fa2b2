//! The program on its way into the page: from servers of all kinds, or not all of it.

use crate::copy_of_page::CopyOfPage;
use crate::wait_for_text;
use pycxray_tests::site::Site;
use pycxray_tests::{Page, place, until};

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
    copy.write("engine.js", "throw new Error('broken on purpose');");
    let page = copy.open();
    wait_for_text(&page, ".notice", "could not be started");
    until("the page is still there", || page.find_all("main .samples").pop().map(drop));
}
