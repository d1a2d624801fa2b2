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
fn the_engine_does_not_hold_the_page_up() {
    let page = Page::open("/");
    page.find_all(".sample")[0].click();
    page.find("#tree .row");
    let in_turn = "
        const [page, engine] = performance.getEntriesByType('resource').filter(({ name }) => name.includes('.wasm'));
        return page.responseEnd <= engine.startTime";
    assert_eq!(page.run(in_turn, &[]), true, "it is asked for when the page's own program has come");
}
