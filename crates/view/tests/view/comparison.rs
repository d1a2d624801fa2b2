use pycxray_view::protocol::{
    Action, ChangeRow, ComparisonAction, ComparisonVerdict, DocumentId, PairKind, PairLine, PairRow, Request,
};

use crate::screen::Screen;

const BEFORE: DocumentId = DocumentId(1);
const AFTER: DocumentId = DocumentId(2);
const BOTH: DocumentId = DocumentId(3);

fn pair(name: &str) -> Vec<u8> {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/../compare/tests/pairs");
    std::fs::read(format!("{folder}/{name}.pyc")).expect("the file is there")
}

/// Two files side by side.
fn compared(before: &str, after: &str) -> Screen {
    let mut screen = Screen::empty();
    screen.open_as(BEFORE, before, &pair(before), None);
    screen.open_as(AFTER, after, &pair(after), None);
    screen.compare(BOTH, [BEFORE, AFTER]);
    screen
}

fn act(screen: &mut Screen, action: ComparisonAction) {
    screen.act_in(BOTH, Action::Comparison(action));
}

fn words(row: &ChangeRow) -> String {
    match row {
        ChangeRow::Heading { name, fate } => format!("{name}: {fate}"),
        ChangeRow::Change { what, before, after, .. } => {
            let side = |side: &Option<String>| side.clone().unwrap_or_default();
            format!("{what} [{}] [{}]", side(before), side(after))
        }
        ChangeRow::Member { name, fate, .. } => format!("{name}: {fate}"),
    }
}

fn changes(screen: &mut Screen) -> Vec<String> {
    screen.changes(0..1_000).rows.iter().map(words).collect()
}

/// By which number a row's members are put side by side.
fn pair_of(row: &ChangeRow) -> Option<usize> {
    match row {
        ChangeRow::Member { pair, .. } => *pair,
        ChangeRow::Heading { .. } | ChangeRow::Change { .. } => None,
    }
}

fn line(line: &Option<PairLine>) -> String {
    line.as_ref()
        .map_or_else(String::new, |line| format!("{} {}<{}>{}", line.opname, line.before, line.changed, line.after))
}

/// The row that was gone to, and its number.
fn gone_to(screen: &mut Screen) -> (usize, PairRow) {
    let window = &screen.pair(0..10_000, true).window;
    let row = window.selected.expect("a row");
    (row, window.rows[row].clone())
}

/// Steps on until nothing else is gone to; how often that was.
fn steps(screen: &mut Screen, action: ComparisonAction) -> usize {
    let mut seen = Vec::new();
    loop {
        act(screen, action);
        let now = (screen.changes(0..0).selected, screen.pair(0..0, true).window.selected);
        if seen.last() == Some(&now) {
            return seen.len();
        }
        seen.push(now);
    }
}

#[test]
fn the_verdict_comes_first_in_a_tab_of_its_own() {
    let screen = compared("shop.312", "shop_changed.312");
    let tab = screen.tabs.tabs.last().expect("a tab");
    assert_eq!((tab.id, tab.name.as_str(), tab.is_comparison), (BOTH, "shop.312 ↔ shop_changed.312", true));
    assert_eq!(screen.tabs.active, Some(BOTH));
    let comparison = screen.comparison();
    assert_eq!(comparison.verdict, ComparisonVerdict::Different);
    assert!(comparison.sentence.starts_with("1 function changed") && comparison.sentence.ends_with('.'));
    assert_eq!(comparison.at, Some(1), "the first change is gone to");
}

#[test]
fn changes_are_listed_by_where_they_are() {
    let mut screen = compared("shop.312", "shop_changed.312");
    let changes = changes(&mut screen);
    assert!(changes.iter().any(|change| change == "function total: changed"), "{changes:?}");
    assert!(changes.iter().any(|change| change.starts_with("co_consts [")), "{changes:?}");
    assert!(changes[0].starts_with("source") || changes[0].starts_with("mtime"), "{changes:?}");
}

#[test]
fn instructions_stand_side_by_side_with_changed_words_marked() {
    let mut screen = compared("shop.312", "shop_changed.312");
    let at = changes(&mut screen).iter().position(|change| change == "function total: changed").expect("a heading");
    act(&mut screen, ComparisonAction::Change(at));
    let window = screen.pair(0..10_000, true).clone();
    assert_eq!(window.names, [Some("total".to_owned()), Some("total".to_owned())]);
    let differing: Vec<&PairRow> = window.window.rows.iter().filter(|row| row.kind != PairKind::Same).collect();
    assert!(!differing.is_empty());
    let (row, gone_to) = gone_to(&mut screen);
    assert_eq!((row, &gone_to), (differing[0].row, differing[0]), "the first difference is gone to");
    for row in differing.iter().filter(|row| row.kind == PairKind::Changed) {
        let [before, after] = [line(&row.sides[0]), line(&row.sides[1])];
        assert!(before.contains('<') && before != after, "{before} and {after}");
    }
    let below = screen.pair(0..10_000, false).clone();
    let changed = differing.iter().filter(|row| row.kind == PairKind::Changed).count();
    assert_eq!(below.window.total, window.window.total + changed, "what is changed has a row for each side");
    assert!(below.window.rows.iter().all(|row| row.sides.iter().flatten().count() == 1));
    let part = screen.pair(3..8, false).window.rows.clone();
    assert_eq!(part, below.window.rows[3..8], "windows show the same rows");
}

#[test]
fn what_is_gone_to_is_chosen_in_the_file_of_its_side() {
    let mut screen = compared("shop.312", "shop_changed.312");
    let at = changes(&mut screen).iter().position(|change| change == "function total: changed").expect("a heading");
    act(&mut screen, ComparisonAction::Change(at));
    let row = screen.pair(0..10_000, true).window.rows[4].clone();
    let [before, after] = row.sides.clone().map(|side| side.expect("both have it"));
    act(&mut screen, ComparisonAction::Row(row.row, 0));
    assert_eq!((screen.comparison().side, screen.summary().name.as_str()), (0, "shop.312"));
    let crumb = |screen: &Screen| screen.selection().crumbs.last().map(|crumb| crumb.label.clone());
    assert_eq!(crumb(&screen), Some(format!("{} {}", before.offset, before.opname)));
    act(&mut screen, ComparisonAction::Side(1));
    assert_eq!(screen.summary().name, "shop_changed.312");
    assert_eq!(crumb(&screen), Some(format!("{} {}", after.offset, after.opname)), "both files are at the same row");
}

#[test]
fn what_is_chosen_elsewhere_is_shown_among_the_instructions() {
    let mut screen = compared("shop.312", "shop_changed.312");
    let at = changes(&mut screen).iter().position(|change| change == "function total: changed").expect("a heading");
    act(&mut screen, ComparisonAction::Change(at));
    let rows = screen.all_listing_rows();
    screen.act_in(BOTH, Action::Select(rows[6].item));
    let (_, row) = gone_to(&mut screen);
    let chosen = screen.selection().crumbs.last().map(|crumb| crumb.label.clone());
    let told = |side: usize| row.sides[side].as_ref().map(|line| format!("{} {}", line.offset, line.opname));
    assert_eq!(told(1), chosen);
    act(&mut screen, ComparisonAction::Side(0));
    let chosen = screen.selection().crumbs.last().map(|crumb| crumb.label.clone());
    assert_eq!(told(0), chosen, "and its counterpart is chosen in the other file");
}

#[test]
fn the_bytes_of_both_are_shown_whichever_is_on_screen() {
    let mut screen = compared("shop.312", "shop_changed.312");
    let at = changes(&mut screen).iter().position(|change| change == "function total: changed").expect("a heading");
    act(&mut screen, ComparisonAction::Change(at));
    for on_screen in [0, 1] {
        act(&mut screen, ComparisonAction::Side(on_screen));
        for (side, name) in [(0, "shop.312"), (1, "shop_changed.312")] {
            let hex = screen.side_hex(side, 0..4, 16).clone();
            let file = pair(name);
            assert_eq!((hex.side, hex.size as usize), (side, file.len()), "{name}");
            assert_eq!(hex.window.bytes, file[hex.window.start * 16..][..64], "{name}");
            let is_chosen = hex.selection == *screen.selection();
            assert_eq!(is_chosen, side == on_screen, "each has what is chosen in it");
        }
    }
}

#[test]
fn steps_lead_through_all_changes_and_back() {
    let mut screen = compared("shop.312", "shop_grown.312");
    let there = steps(&mut screen, ComparisonAction::Next);
    let total = screen.comparison().changes;
    assert!(there >= total, "{there} steps, {total} changes");
    assert_eq!(screen.comparison().at, Some(total), "the last one is reached");
    steps(&mut screen, ComparisonAction::Previous);
    assert_eq!(screen.comparison().at, Some(1), "and the first one again");
}

#[test]
fn classes_are_told_or_not() {
    let mut screen = compared("shop.312", "shop.312.again");
    assert_eq!(screen.comparison().verdict, ComparisonVerdict::SameProgram);
    let flags = screen.comparison().classes.iter().position(|class| class.title == "Reference flags").expect("one");
    act(&mut screen, ComparisonAction::Tell(flags, false));
    assert_eq!(screen.comparison().verdict, ComparisonVerdict::Same);
    assert_eq!(changes(&mut screen), Vec::<String>::new());
    act(&mut screen, ComparisonAction::Tell(flags, true));
    assert_eq!(screen.comparison().verdict, ComparisonVerdict::SameProgram);
}

#[test]
fn other_versions_and_optimized_files_are_compared() {
    for (before, after) in [("shop.312", "shop.313"), ("shop.312", "shop.312.opt-1")] {
        let mut screen = compared(before, after);
        assert!(!changes(&mut screen).is_empty(), "{before} and {after}");
        steps(&mut screen, ComparisonAction::Next);
    }
}

#[test]
fn a_comparison_outlives_its_tabs_and_is_closed_by_itself() {
    let mut screen = compared("shop.312", "shop_changed.312");
    screen.send(Request::Close(BEFORE));
    screen.send(Request::ReadAs { id: BOTH, python: Some("CPython 3.11".to_owned()) });
    act(&mut screen, ComparisonAction::Next);
    assert_eq!(screen.tabs.active, Some(BOTH));
    screen.send(Request::Close(BOTH));
    assert_eq!(screen.tabs.active, Some(AFTER));
    screen.compare(BOTH, [BEFORE, AFTER]);
    assert_eq!(screen.tabs.tabs.len(), 1, "what is closed is compared with nothing");
}

#[test]
fn files_that_are_no_bytecode_are_compared_without_harm() {
    let mut screen = Screen::empty();
    screen.open_as(BEFORE, "letter.txt", b"Dear reader, this is no bytecode.", None);
    screen.open_as(AFTER, "empty", b"", None);
    screen.compare(BOTH, [BEFORE, AFTER]);
    for action in [ComparisonAction::Next, ComparisonAction::Row(7, 1), ComparisonAction::Change(9)] {
        act(&mut screen, action);
    }
    assert!(screen.pair(0..100, true).window.rows.is_empty());
}

/// Opens a folder with these files in it.
fn open_folder(screen: &mut Screen, id: DocumentId, name: &str, files: &[(&str, Vec<u8>)]) {
    let listed = files.iter().map(|(name, bytes)| ((*name).to_owned(), bytes.len() as u32)).collect();
    let bytes = files.iter().flat_map(|(_, bytes)| bytes.clone()).collect();
    screen.send_with(Request::OpenFolder { id, name: name.to_owned(), files: listed, on_screen: true }, bytes);
}

#[test]
fn folders_are_compared_member_by_member() {
    let mut screen = Screen::empty();
    let text = |text: &str| text.as_bytes().to_vec();
    let before = [
        ("a.pyc", pair("shop.312")),
        ("gone.pyc", pair("shop.312")),
        ("notes.txt", text("one")),
        ("same.pyc", pair("shop_grown.312")),
        ("twice.pyc", pair("shop.312")),
    ];
    let after = [
        ("a.pyc", pair("shop_changed.312")),
        ("new.pyc", pair("shop.312")),
        ("notes.txt", text("three")),
        ("same.pyc", pair("shop_grown.312")),
        ("twice.pyc", pair("shop.312.again")),
    ];
    open_folder(&mut screen, BEFORE, "old", &before);
    open_folder(&mut screen, AFTER, "new", &after);
    screen.compare(BOTH, [BEFORE, AFTER]);
    assert!(screen.comparison().sentence.starts_with("Comparing: "), "{}", screen.comparison().sentence);
    screen.finish();
    let comparison = screen.comparison();
    assert_eq!(comparison.verdict, ComparisonVerdict::Different);
    assert_eq!(
        comparison.sentence,
        "Of 6 members: 2 changed, 1 added, 1 removed, 1 the same program, written otherwise, 1 the same."
    );
    assert_eq!((comparison.has_instructions, comparison.changes), (false, 5));
    let rows = changes(&mut screen);
    assert_eq!(rows.len(), 5);
    assert!(rows[0].starts_with("a.pyc: ") && rows[0].contains("changed"), "{rows:?}");
    assert_eq!(rows[1..4], ["gone.pyc: removed", "new.pyc: added", "notes.txt: 3 bytes before, 5 bytes after"]);
    act(&mut screen, ComparisonAction::Next);
    assert_eq!(screen.changes(0..9).selected, Some(0));
    assert_eq!(screen.card().expect("the member's").title, "a.pyc");
    act(&mut screen, ComparisonAction::Change(3));
    assert_eq!(screen.card().expect("the member's").title, "notes.txt");
    // The members of a row are put side by side in a tab of their own, also when that of the folders is gone.
    let pairs: Vec<Option<usize>> = screen.changes(0..9).rows.iter().map(pair_of).collect();
    assert_eq!(
        pairs,
        [Some(0), None, None, None, Some(5)],
        "what one side alone has, or is no bytecode, is not compared"
    );
    let members = DocumentId(4);
    screen.send(Request::Close(BOTH));
    let compare = |id, pair| Request::Compare { id, files: [BEFORE, AFTER], pair: Some(pair), on_screen: true };
    screen.send(compare(members, 0));
    assert_eq!(screen.tabs.active, Some(members));
    assert_eq!(screen.comparison().names, ["old!a.pyc", "new!a.pyc"]);
    assert!(screen.comparison().has_instructions);
    for no_code_on_both_sides in [1, 2, 3, 99] {
        screen.send(compare(DocumentId(5), no_code_on_both_sides));
    }
    assert_eq!(screen.tabs.tabs.len(), 3);
}

#[test]
fn a_file_is_not_compared_with_what_holds_many() {
    let mut screen = Screen::empty();
    open_folder(&mut screen, BEFORE, "old", &[("a.pyc", pair("shop.312"))]);
    screen.open_as(AFTER, "shop.pyc", &pair("shop.312"), None);
    screen.compare(BOTH, [BEFORE, AFTER]);
    assert_eq!(screen.tabs.tabs.len(), 2);
}
