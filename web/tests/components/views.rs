//! The views of a file's structure, each by itself.

use crate::harness::{Drawn, PYC, document, draw, recorded};
use pycxray_view::protocol::{
    Action, GraphAction, GraphStep, ListingAction, MemberName, MembersAction, Place, RowKey, Rows, SearchAction,
    SourceAction, StringRow, StringsAction, StringsOrder, StringsProgress, StringsWindow, Styled, TreeAction,
    TreeContent, View, Viewport, Window,
};
use pycxray_web::document::Document;
use pycxray_web::views::{VIEWS, ViewEntry, ViewProps, ViewTabs};
use std::cell::RefCell;
use std::rc::Rc;
use wasm_bindgen_test::wasm_bindgen_test;
use yew::prelude::*;
use yew::scheduler::flush;

/// A wheel of a few modules.
const WHEEL: &[u8] = include_bytes!("../../../tests/containers/shop-1.0-py3-none-any.whl");
const ROWS: Rows = Rows { start: 0, count: 200 };

/// A view of a file, and what it has called back.
struct Viewed {
    document: Rc<Document>,
    drawn: Drawn,
    acted: Rc<RefCell<Vec<Action>>>,
    watched: Rc<RefCell<Vec<Viewport>>>,
    unwatched: Rc<RefCell<Vec<View>>>,
    opened: Rc<RefCell<Vec<(MemberName, Place)>>>,
    shown: Rc<RefCell<Vec<View>>>,
}

async fn viewed(view: View, document: Rc<Document>) -> Viewed {
    let ((onact, acted), (onwatch, watched)) = (recorded(), recorded());
    let ((onunwatch, unwatched), (onshow, shown)) = (recorded(), recorded());
    let (onopen, opened) = recorded();
    let entry = ViewEntry::shown(view, &document);
    let props = ViewProps {
        onbeside: Callback::noop(),
        document: document.clone(),
        onact,
        onwatch,
        onunwatch,
        onopen,
        onsave: Callback::noop(),
        oncompare: Callback::noop(),
        oncopy: Callback::noop(),
        everywhere: None,
        oneverywhere: Callback::noop(),
        onfound: Callback::noop(),
        onshow,
        leads: None,
    };
    let drawn = draw(html! { <>{ (entry.draw_tools)(&props) }{ (entry.draw)(&props) }</> }).await;
    Viewed { document, drawn, acted, watched, unwatched, opened, shown }
}

fn row_with(viewed: &Viewed, text: &str) -> String {
    let row =
        viewed.drawn.all(".row").into_iter().find(|row| row.text_content().is_some_and(|said| said.contains(text)));
    let id = row.and_then(|row| row.get_attribute("id")).unwrap_or_else(|| panic!("no row says {text}"));
    format!("#{id}")
}

#[wasm_bindgen_test]
async fn a_file_has_tabs_for_the_views_that_it_has_something_for() {
    let (onshow, shown) = recorded();
    let document = document(PYC, &[]);
    let tabs = html! { <ViewTabs document={document.clone()} shown={View::Tree} onshow={onshow.clone()} /> };
    let tabs = draw(tabs).await;
    let titles: Vec<String> = tabs.all("[role=tab]").iter().filter_map(|tab| tab.text_content()).collect();
    assert_eq!(
        titles,
        ["Tree", "Listing", "Source", "Graph", "Outline", "Strings"],
        "nothing is wrong, nothing is searched"
    );
    tabs.click("[role=tab]:nth-child(2)").await;
    tabs.press("[aria-selected=true]", "ArrowLeft").await;
    assert_eq!(*shown.borrow(), [View::Listing, View::Strings], "round and round");
}

#[wasm_bindgen_test]
fn where_a_file_has_nothing_for_a_view_the_first_is_shown() {
    let none = document(b"Dear reader, this is no bytecode.", &[]);
    assert_eq!(ViewEntry::shown(View::Listing, &none).view, View::Tree);
    assert_eq!(ViewEntry::shown(View::Problems, &none).view, View::Problems);
    assert_eq!(ViewEntry::shown(View::Listing, &document(PYC, &[])).view, View::Listing);
}

#[wasm_bindgen_test]
async fn every_view_tells_when_it_is_on_screen_and_when_no_more() {
    let viewports = [
        Viewport::Tree(ROWS),
        Viewport::Listing(ROWS),
        Viewport::Source(ROWS),
        Viewport::Graph,
        Viewport::Outline(ROWS),
        Viewport::Strings(ROWS),
        Viewport::Problems,
        Viewport::Found(ROWS),
    ];
    let broken = document(&PYC[..900], &viewports);
    for entry in VIEWS.iter().filter(|entry| (entry.title)(&broken).is_some()) {
        let Viewed { drawn, watched, unwatched, .. } = viewed(entry.view, broken.clone()).await;
        assert_eq!(watched.borrow().last().map(Viewport::view), Some(entry.view));
        assert!(unwatched.borrow().is_empty());
        drop(drawn);
        flush().await;
        assert_eq!(*unwatched.borrow(), [entry.view]);
    }
}

#[wasm_bindgen_test]
async fn rows_of_the_tree_say_where_they_are() {
    let tree = viewed(View::Tree, document(PYC, &[Viewport::Tree(ROWS)])).await;
    let magic = row_with(&tree, "magic");
    let told = ["aria-level", "aria-posinset", "aria-setsize", "aria-selected"];
    let told = told.map(|name| tree.drawn.attribute(&magic, name).unwrap_or_default());
    assert_eq!(told, ["2", "1", "4", "false"]);
    assert_eq!(tree.drawn.attribute(&magic, "aria-expanded"), None);
    assert_eq!(tree.drawn.attribute("#row-0", "aria-expanded").as_deref(), Some("true"));
    let chosen = tree.drawn.attribute("[aria-selected=true]", "id");
    assert_eq!(tree.drawn.attribute("#tree", "aria-activedescendant"), chosen);
}

#[wasm_bindgen_test]
async fn a_row_of_the_tree_is_chosen_opened_and_entered() {
    let document = document(PYC, &[Viewport::Tree(ROWS)]);
    let header = document.tree.as_ref().and_then(|tree| tree.row(0)).map(|row| row.item).expect("a first row");
    let tree = viewed(View::Tree, document).await;
    tree.drawn.click("#row-0 .lb").await;
    tree.drawn.click("#row-0 .twisty").await;
    tree.drawn.mouse("#row-0 .lb", "dblclick", 0).await;
    let expected =
        [Action::Select(header), Action::Tree(TreeAction::Toggle(header)), Action::Tree(TreeAction::Enter(header))];
    assert_eq!(*tree.acted.borrow(), expected);
}

#[wasm_bindgen_test]
async fn keys_and_letters_move_through_the_tree() {
    let tree = viewed(View::Tree, document(PYC, &[Viewport::Tree(ROWS)])).await;
    for key in ["ArrowDown", "*", "-", "b", "y", " "] {
        assert!(tree.drawn.press("#tree", key).await, "{key}");
    }
    let page = 20;
    let expected = [
        TreeAction::Key(RowKey::Down, page),
        TreeAction::Key(RowKey::ExpandAll, page),
        TreeAction::CollapseSiblings,
        TreeAction::TypeAhead("b".to_owned()),
        TreeAction::TypeAhead("by".to_owned()),
        TreeAction::TypeAhead("by ".to_owned()),
    ];
    assert_eq!(*tree.acted.borrow(), expected.map(Action::Tree));
    assert!(!tree.drawn.press("#tree", "F5").await);
}

#[wasm_bindgen_test]
async fn the_tree_is_opened_and_closed_as_a_whole() {
    let tree = viewed(View::Tree, document(PYC, &[Viewport::Tree(ROWS)])).await;
    tree.drawn.click("button[title*='Open everything']").await;
    tree.drawn.click("button[title*='siblings']").await;
    let expected = [TreeAction::ExpandAll, TreeAction::CollapseSiblings];
    assert_eq!(*tree.acted.borrow(), expected.map(Action::Tree));
}

#[wasm_bindgen_test]
async fn an_empty_file_has_an_empty_tree_that_says_so() {
    let tree = viewed(View::Tree, document(b"", &[Viewport::Tree(ROWS)])).await;
    assert!(tree.drawn.text(".nothing").contains("no bytes"));
}

#[wasm_bindgen_test]
async fn a_listing_has_its_columns_and_its_margin() {
    let document = document(PYC, &[Viewport::Listing(ROWS)]);
    let lanes = document.listing.as_ref().map(|listing| listing.lanes);
    let listing = viewed(View::Listing, document).await;
    let resume = row_with(&listing, "RESUME");
    assert_eq!(listing.drawn.text(&format!("{resume} .op")), "RESUME");
    assert_eq!(listing.drawn.text(&format!("{resume} .of")), "0");
    let margins = listing.drawn.all(".lanes").len();
    assert_eq!(margins > 0, lanes > Some(0), "a margin where there are jumps");
}

#[wasm_bindgen_test]
async fn keys_move_through_the_listing_and_caches_are_shown() {
    let listing = viewed(View::Listing, document(PYC, &[Viewport::Listing(ROWS)])).await;
    listing.drawn.press("#listing", "End").await;
    assert!(!listing.drawn.press("#listing", "x").await, "letters are not typed here");
    assert_eq!(listing.drawn.attribute("[aria-pressed]", "aria-pressed").as_deref(), Some("false"));
    listing.drawn.click("[aria-pressed]").await;
    let expected = [ListingAction::Key(RowKey::End, 20), ListingAction::ShowCaches(true)];
    assert_eq!(*listing.acted.borrow(), expected.map(Action::Listing));
}

#[wasm_bindgen_test]
async fn a_line_of_the_source_is_chosen_and_its_verdict_told() {
    let document = document(PYC, &[Viewport::Source(ROWS)]);
    let window = document.source.clone().expect("it was asked for");
    let line =
        window.window.rows.iter().position(|row| row.before.to_string().contains("while (chunk")).expect("it is there");
    let source = viewed(View::Source, document).await;
    assert_eq!(source.drawn.text(".proof"), "6 of 6 proved");
    let row = row_with(&source, "def walrus(");
    assert!(
        source.drawn.attribute(&format!("{row} .verdict"), "title").is_some_and(|title| title.starts_with("Proved"))
    );
    source.drawn.click(&format!("#source-line-{line} .src")).await;
    source.drawn.press("#source", "ArrowDown").await;
    source.drawn.press("#source", "Enter").await;
    let item = window.window.rows[line].item.expect("it stands for instructions");
    let expected = [Action::Select(item), Action::Source(SourceAction::Key(RowKey::Down, 20))];
    assert_eq!(*source.acted.borrow(), expected);
    assert_eq!(*source.shown.borrow(), [View::Listing]);
}

#[wasm_bindgen_test]
async fn entering_a_row_of_the_outline_shows_its_listing() {
    let outline = viewed(View::Outline, document(PYC, &[Viewport::Outline(ROWS)])).await;
    assert_eq!(outline.drawn.all(".row").len(), 6);
    assert!(outline.drawn.text("#code-1").contains("bytes"));
    outline.drawn.press("#outline", "ArrowDown").await;
    outline.drawn.press("#outline", "Enter").await;
    outline.drawn.mouse("#code-2", "dblclick", 0).await;
    assert!(matches!(outline.acted.borrow()[..], [Action::Outline(_), Action::Select(_)]));
    assert_eq!(*outline.shown.borrow(), [View::Listing, View::Listing]);
}

#[wasm_bindgen_test]
async fn an_archive_has_its_members_in_place_of_a_tree() {
    let wheel = document(WHEEL, &[Viewport::Members(ROWS)]);
    assert_eq!(ViewEntry::shown(View::Tree, &wheel).view, View::Members);
    let members = viewed(View::Members, wheel).await;
    let titles: Vec<&str> =
        VIEWS.iter().filter(|entry| (entry.title)(&members.document).is_some()).map(|entry| entry.name).collect();
    assert_eq!(titles, ["Members", "Strings"]);
    let row = row_with(&members, "__init__.py");
    assert_eq!(members.drawn.text(&format!("{row} .kind")), "Python source");
    assert_eq!(members.drawn.attribute("#member-0", "aria-expanded").as_deref(), Some("true"), "a folder, laid open");
    members.drawn.click("#member-1").await;
    members.drawn.click("#member-0 .twisty").await;
    members.drawn.press("#members", "ArrowLeft").await;
    members.drawn.press("#members", "Enter").await;
    members.drawn.mouse(&row, "dblclick", 0).await;
    let opened: Vec<String> = members.opened.borrow().iter().map(|(member, _)| member.name.clone()).collect();
    assert_eq!(opened, ["shop/__init__.py"], "with two clicks");
    let acted = members.acted.borrow();
    let done = [MembersAction::Select(1), MembersAction::Toggle(0)];
    assert!(done.into_iter().all(|action| acted.contains(&Action::Members(action))), "{acted:?}");
    assert!(
        matches!(
            acted[..],
            [.., Action::Members(MembersAction::Key(RowKey::Left, _)), Action::Members(MembersAction::Toggle(0))]
        ),
        "{acted:?}"
    );
}

#[wasm_bindgen_test]
async fn strings_are_sorted_filtered_and_entered() {
    let mut document = (*document(PYC, &[Viewport::Strings(ROWS)])).clone();
    let row = |kind: &str, holds: Option<&str>| StringRow {
        kind: kind.to_owned(),
        length: 1_234,
        value: Styled::default(),
        holds: holds.map(str::to_owned),
        code: "walrus".to_owned(),
        member: None,
    };
    let rows = vec![row("text", None), row("encoded", Some("base64 → zlib"))];
    let window = Window { start: 0, total: rows.len(), rows, selected: Some(1), choice: 1, subject: None, lead: None };
    let progress = Some(StringsProgress { message: "1 of 2 members looked at".to_owned(), is_complete: false });
    document.strings =
        Some(Rc::new(StringsWindow { window, order: StringsOrder::Place, shows_names: false, progress }));
    let strings = viewed(View::Strings, document.into()).await;
    assert!(strings.drawn.text("#string-1").contains("holds: base64 → zlib"));
    strings.drawn.enter("#string-filter", "url").await;
    strings.drawn.click(".orders button:nth-child(2)").await;
    strings.drawn.click(".orders button:last-child").await;
    strings.drawn.press("#strings", "ArrowUp").await;
    strings.drawn.press("#strings", "Enter").await;
    assert!(strings.drawn.text(".progress").starts_with("1 of 2 members looked at"));
    strings.drawn.click(".progress button").await;
    let expected = [
        StringsAction::Filter(String::new()),
        StringsAction::Filter("url".to_owned()),
        StringsAction::Order(StringsOrder::Length),
        StringsAction::ShowNames(true),
        StringsAction::Select(0),
        StringsAction::Use(1),
        StringsAction::Stop,
    ];
    assert_eq!(*strings.acted.borrow(), expected.map(Action::Strings));
    assert_eq!(*strings.shown.borrow(), [View::Listing]);
}

#[wasm_bindgen_test]
async fn a_problem_leads_to_its_bytes() {
    let document = document(&PYC[..900], &[Viewport::Problems]);
    let first = document.problems.as_ref().and_then(|all| all.problems.shown.first().cloned()).expect("a problem");
    let problems = viewed(View::Problems, document).await;
    assert_eq!(problems.drawn.text(".problem .message"), first.message);
    problems.drawn.click(".problem").await;
    assert_eq!(*problems.acted.borrow(), [Action::SelectSpan { span: first.span, item: first.item }]);
}

#[wasm_bindgen_test]
async fn of_a_sound_file_no_problem_is_listed() {
    let mut document = (*document(PYC, &[Viewport::Problems])).clone();
    // It has a tab only where something is listed.
    let mut summary = (*document.summary).clone();
    summary.listed = 1;
    document.summary = summary.into();
    let problems = viewed(View::Problems, document.into()).await;
    assert!(problems.drawn.text("#problems").contains("Nothing is damaged."));
}

#[wasm_bindgen_test]
async fn what_was_found_is_listed_and_chosen() {
    let mut document = (*document(PYC, &[Viewport::Tree(ROWS)])).clone();
    let tree = document.tree.clone().expect("rows were asked for");
    let row = tree.row(0).expect("a first row");
    assert!(matches!(row.content, TreeContent::Value { .. }));
    let hit = pycxray_view::protocol::Hit {
        kind: pycxray_view::protocol::HitKind::Name,
        item: row.item,
        span: row.span,
        words: pycxray_view::protocol::Styled::default(),
    };
    document.found = Some(Rc::new(pycxray_view::protocol::Window {
        start: 0,
        rows: vec![hit.clone(), hit],
        total: 2,
        selected: Some(0),
        choice: 1,
        subject: None,
        lead: None,
    }));
    let message = "2 of 2: 2 names".to_owned();
    let state = pycxray_view::protocol::SearchState { total: 2, message, complete: true, ..Default::default() };
    document.search = Some(state.into());
    let found = viewed(View::Found, document.into()).await;
    assert_eq!(found.drawn.text(".hits-head p"), "2 of 2: 2 names");
    assert_eq!(found.drawn.text("#hit-0 .lb"), "name");
    found.drawn.click("#hit-1").await;
    found.drawn.press("#hits", "ArrowDown").await;
    let select = Action::Search(SearchAction::Select(1));
    assert_eq!(*found.acted.borrow(), [select.clone(), select]);
}

#[wasm_bindgen_test]
async fn blocks_of_the_graph_are_options_and_their_instructions_are_chosen() {
    let document = document(PYC, &[Viewport::Graph]);
    let graph = document.graph.clone().expect("a graph");
    let seen = viewed(View::Graph, document).await;
    assert_eq!(seen.drawn.attribute("#block-0", "role").as_deref(), Some("option"));
    assert_eq!(seen.drawn.attribute("#block-0", "aria-description"), Some(graph.blocks[0].words.clone()));
    assert_eq!(seen.drawn.all("[role=option]").len(), graph.blocks.len());
    assert_eq!(seen.drawn.all(".ways .way").len(), graph.ways.len());
    seen.drawn.mouse("#block-0 [data-row='1'] .under", "click", 0).await;
    seen.drawn.mouse("#block-0 .body", "click", 0).await;
    let block = &graph.blocks[0];
    assert_eq!(*seen.acted.borrow(), [Action::Select(block.rows[1].item), Action::Select(block.item)]);
}

#[wasm_bindgen_test]
async fn keys_step_through_the_graph_enter_the_listing_and_zoom() {
    let seen = viewed(View::Graph, document(PYC, &[Viewport::Graph])).await;
    for key in ["ArrowDown", "ArrowRight", "Home"] {
        assert!(seen.drawn.press("#graph", key).await, "{key} does something here");
    }
    let steps = [GraphStep::Next, GraphStep::Along, GraphStep::First];
    assert_eq!(*seen.acted.borrow(), steps.map(|step| Action::Graph(GraphAction::Step(step))));
    assert!(!seen.drawn.press("#graph", "Backspace").await, "there is nothing to go out of");
    let width = || seen.drawn.attribute("#graph svg", "width").and_then(|width| width.parse::<f64>().ok());
    let before = width().expect("a width");
    seen.drawn.press("#graph", "+").await;
    assert!(width().expect("a width") > before);
    seen.drawn.press("#graph", "Enter").await;
    assert_eq!(*seen.shown.borrow(), [View::Listing]);
}
