//! The program on its way into the page: packed, as it is, or not all of it.

use crate::copy_of_page::CopyOfPage;
use crate::wait_for_text;
use lzma_rust2::LzmaReader;
use pycxray_tests::Page;
use std::io::Read;

/// The page as Trunk alone builds it: its program is not packed.
fn with_plain_program(name: &str) -> CopyOfPage {
    let copy = CopyOfPage::below(name, "");
    let packed = std::fs::read(copy.program()).unwrap();
    let mut program = Vec::new();
    LzmaReader::new_mem_limit(&packed[..], u32::MAX, None).unwrap().read_to_end(&mut program).unwrap();
    std::fs::write(copy.program().with_extension(""), program).unwrap();
    std::fs::remove_file(copy.program()).unwrap();
    copy.write("index.html", &copy.read("index.html").replace(".wasm.lzma", ".wasm"));
    copy
}

#[test]
fn a_page_whose_program_is_not_packed_works_as_well() {
    let copy = with_plain_program("plain");
    for site in [copy.site(), copy.site().ignorant_of_wasm()] {
        let page = Page::open_site(site);
        assert!(page.find("main .samples").is_shown());
        page.assert_quiet();
    }
}

#[test]
fn a_program_that_is_cut_off_is_said_to_be() {
    let copy = CopyOfPage::below("cut", "");
    let packed = std::fs::read(copy.program()).unwrap();
    for length in [packed.len() - 1, packed.len() / 2, 15, 3] {
        std::fs::write(copy.program(), &packed[..length]).unwrap();
        let page = Page::open_stillborn(copy.site());
        wait_for_text(&page, "#starting", "The page could not start: Error: the program is cut off.");
    }
}

#[test]
fn a_page_of_the_server_in_place_of_the_program_is_refused() {
    let copy = CopyOfPage::below("refused", "");
    std::fs::write(copy.program(), "<!doctype html><title>Log in</title>").unwrap();
    let page = Page::open_stillborn(copy.site());
    wait_for_text(&page, "#starting", "the program is not packed as it should be");
}
