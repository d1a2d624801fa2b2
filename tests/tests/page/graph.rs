//! The control flow, drawn.

use crate::{PY38, opened, wait_for_text, with_text};
use pycxray_tests::{Key, Media, Page, Scheme, until};

/// The graph of a function with a loop.
fn graph_of_early() -> Page {
    let page = opened(PY38);
    with_text(&page, ".view", "Outline").click();
    with_text(&page, "#outline .row", "early").click();
    with_text(&page, ".view", "Graph").click();
    wait_for_text(&page, "#graph .block", "FOR_ITER");
    page
}

#[test]
fn a_graph_shows_blocks_and_is_part_of_the_one_selection() {
    let page = graph_of_early();
    page.find("#graph .way.back");
    wait_for_text(&page, ".graph-tools .said", "1 loop");
    with_text(&page, "#graph .ins", "FOR_ITER").click();
    wait_for_text(&page, ".status .crumbs", "FOR_ITER");
    until("the instruction and its block are marked", || {
        page.find_all("#graph .block.sel .ins.sel").pop().filter(|row| row.says("FOR_ITER"))
    });
    page.screenshot("graph");
    page.set_media(Media { scheme: Scheme::Dark, ..Media::default() });
    page.screenshot("graph-dark");
    page.assert_no_barriers();
    with_text(&page, ".view", "Listing").click();
    until("the listing has it chosen", || page.find_all("#listing .sel").pop().filter(|row| row.says("FOR_ITER")));
    page.assert_quiet();
}

#[test]
fn keys_lead_through_the_blocks_and_change_the_size() {
    let page = graph_of_early();
    page.find("#graph").focus();
    page.press(Key::Down);
    page.press(Key::Down);
    until("the second block is chosen", || {
        (page.find("#graph").attribute("aria-activedescendant").as_deref() == Some("block-1")).then_some(())
    });
    let label = page.find("#block-1").attribute("aria-description").expect("it is described");
    assert!(label.contains("a loop begins") && label.contains("goes on to block"), "{label}");
    page.type_text("-");
    wait_for_text(&page, ".graph-tools .scale", "80 %");
    page.type_text("+");
    wait_for_text(&page, ".graph-tools .scale", "100 %");
    page.press(Key::Enter);
    page.find("#listing .sel");
    page.assert_quiet();
}

#[test]
fn a_graph_fits_a_phone() {
    let page = graph_of_early();
    page.set_size(380, 800);
    page.find(".graph-tools button[aria-label^='Fit all']").click();
    until("it is drawn smaller", || (!page.find(".graph-tools .scale").still_says()?.contains("100")).then_some(()));
    page.screenshot("graph-narrow");
    page.assert_quiet();
}
