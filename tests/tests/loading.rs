//! The built page loads from wherever its files are put.

use pycxray_tests::Page;

#[test]
fn loads_from_the_root_of_a_server() {
    let page = Page::open("/");
    assert!(page.find("main").is_shown());
    page.assert_quiet();
}

#[test]
fn loads_from_below_a_path_as_on_github_pages() {
    let page = Page::open("/pycxray/");
    assert!(page.find("main").is_shown());
    page.assert_quiet();
    let requests = page.requests();
    assert!(requests.iter().any(|address| address.ends_with(".wasm")), "{requests:?}");
}

#[test]
fn asks_for_nothing_once_it_is_loaded() {
    let page = Page::open("/");
    let loaded = page.requests().len();
    page.find("main").click();
    page.set_size(400, 700);
    assert_eq!(page.requests().len(), loaded, "{:?}", page.requests());
}

#[test]
fn the_program_is_asked_for_once_while_the_page_is_read_already() {
    let page = Page::open("/");
    let requests = page.requests();
    let programs: Vec<_> = requests.iter().filter(|address| address.ends_with(".wasm")).collect();
    assert_eq!(programs.len(), 1, "what is preloaded is what runs: {requests:?}");
    let initiator =
        "return performance.getEntriesByType('resource').find((entry) => entry.name.endsWith('.wasm')).initiatorType";
    assert_eq!(page.run(initiator, &[]), "link", "it is asked for by the document, before any script has run");
}
