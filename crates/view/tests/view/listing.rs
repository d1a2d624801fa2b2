use pycxray::Item;
use pycxray_view::protocol::{
    Action, ItemKey, Lane, LaneShape, ListingAction, ListingContent, ListingRow, OutlineAction, Question, Relation,
    RowKey, TextForm,
};

use crate::fixture::{code, file_of, one_of_each, open};
use crate::screen::Screen;

fn lanes(row: &ListingRow) -> &[Lane] {
    match &row.content {
        ListingContent::Instruction { lanes, .. } | ListingContent::Cache { lanes, .. } => lanes,
        _ => &[],
    }
}

fn relation(row: &ListingRow) -> Option<Relation> {
    match row.content {
        ListingContent::Instruction { relation, .. } => relation,
        _ => None,
    }
}

fn toggle(screen: &mut Screen, item: ItemKey) {
    screen.act(Action::Listing(ListingAction::Toggle(item)));
}

/// The rows of the listing of a code object.
fn listing(path: &str, name: &str) -> (Screen, Vec<ListingRow>) {
    let mut screen = open(path);
    screen.go_to(name).expect("it is there");
    let rows = screen.all_listing_rows();
    (screen, rows)
}

fn line(row: &ListingRow) -> String {
    match &row.content {
        ListingContent::Instruction { cells, .. } => {
            let line = cells.line.map_or(String::new(), |line| line.to_string());
            let target = cells.label.clone().unwrap_or(if cells.is_target { ">>".to_owned() } else { String::new() });
            let arg = cells.arg.map_or(String::new(), |arg| arg.to_string());
            format!("{line:>3} {target:>3} {:>4} {:20} {arg:>3} {}", cells.offset, cells.opname, cells.operand)
        }
        ListingContent::Cache { name, value, .. } => format!("{name} {value}"),
        ListingContent::ExceptionHeading => "exceptions".to_owned(),
        ListingContent::Exception(text) => text.to_string(),
    }
    .trim_end()
    .to_owned()
}

#[test]
fn where_execution_never_comes_is_told() {
    let is_unreached =
        |row: &&ListingRow| matches!(&row.content, ListingContent::Instruction { cells, .. } if cells.is_unreached);
    let mut seen = 0;
    for path in one_of_each() {
        let mut screen = open(&path);
        for code in screen.pyc.codes().to_vec() {
            screen.select(Item::Object(code));
            let rows = screen.all_listing_rows();
            assert!(rows.first().is_none_or(|first| !is_unreached(&first)), "{path}: execution begins there");
            let Some(row) = rows.iter().find(is_unreached) else { continue };
            screen.select(row.item);
            let card = screen.card().expect("it is chosen");
            assert!(card.text.iter().any(|words| words.to_string().contains("never comes here")), "{card:?}");
            seen += 1;
        }
    }
    assert!(seen > 0, "old compilers leave such instructions");
}

#[test]
fn columns_of_the_source_are_shown_when_wanted() {
    let columns = |screen: &mut Screen| -> Vec<Option<String>> {
        let rows = screen.all_listing_rows();
        let columns = rows.iter().filter_map(|row| match &row.content {
            ListingContent::Instruction { columns, .. } => Some(columns.clone()),
            _ => None,
        });
        columns.take(3).collect()
    };
    let (mut screen, _) = listing("cpython-3.12/py38.pyc", "walrus");
    assert_eq!(screen.listing(0..1).shows_columns, Some(false));
    assert_eq!(columns(&mut screen), [None, None, None]);
    screen.show_columns(true);
    assert_eq!(columns(&mut screen), ["0–0", "20–24", "20–29"].map(|known| Some(known.to_owned())));
    let (mut early, _) = listing("cpython-3.8/py38.pyc", "walrus");
    assert_eq!(early.listing(0..1).shows_columns, None, "before 3.11 files have none");
}

#[test]
fn a_function_is_listed_with_lines_targets_and_operands() {
    let (_, rows) = listing("cpython-3.12/py38.pyc", "walrus");
    let lines: Vec<String> = rows.iter().map(line).collect();
    assert_eq!(
        lines[..4],
        [
            "  2        0 RESUME                 0",
            "  3        2 LOAD_FAST              0 data",
            "           4 LOAD_ATTR              1 NULL|self + read",
            "          24 LOAD_CONST             1 10",
        ]
    );
    assert_eq!(lines[10], "  4  >>   46 LOAD_GLOBAL            3 NULL + len");
    assert_eq!(lines[lines.len() - 3..], ["exceptions", "166 to 184 → 200 [2]", "186 to 194 → 200 [2]"]);
    let ListingContent::Instruction { cells, expandable, expanded, .. } = &rows[10].content else { panic!("{rows:?}") };
    assert!(cells.line.is_some() && *expandable && !expanded);
    let (_, rows) = listing("cpython-3.13/py38.pyc", "walrus");
    assert!(rows.iter().any(|row| line(row).contains("L1 ")), "3.13 has labels");
}

#[test]
fn caches_unfold_by_one_and_all() {
    let (mut screen, folded) = listing("cpython-3.12/py38.pyc", "walrus");
    let global = folded[10].item;
    toggle(&mut screen, global);
    let rows = screen.all_listing_rows();
    assert_eq!(rows.len(), folded.len() + 4);
    assert_eq!(line(&rows[11]), "counter 0");
    assert!(matches!(rows[10].content, ListingContent::Instruction { expanded: true, .. }));
    screen.show_caches(true);
    let all = screen.all_listing_rows();
    let caches = all.iter().filter(|row| matches!(row.content, ListingContent::Cache { .. })).count();
    assert_eq!(all.len(), folded.len() + caches);
    assert!(caches > 4);
    toggle(&mut screen, global);
    assert_eq!(screen.listing_len(), all.len() - 4);
    screen.show_caches(false);
    assert_eq!(screen.listing_len(), folded.len());
}

#[test]
fn any_window_is_a_part_of_all_rows() {
    for path in one_of_each() {
        let mut screen = open(&path);
        for show in [false, true] {
            for code in screen.pyc.codes().to_vec() {
                screen.select(Item::Object(code));
                screen.show_caches(show);
                let all = screen.all_listing_rows();
                assert_eq!(all.len(), screen.listing_len(), "{path}");
                for start in (0..all.len()).step_by(11) {
                    let end = (start + 4).min(all.len());
                    assert_eq!(screen.listing_rows(start..end), all[start..end], "{path} from {start}");
                }
                for (index, row) in all.iter().enumerate() {
                    if row.content != ListingContent::ExceptionHeading {
                        screen.select(row.item);
                        assert_eq!(screen.listing_selected_row(), Some(index), "{path}: {}", line(row));
                    }
                }
            }
        }
    }
}

#[test]
fn every_jump_has_a_way_without_crossing_itself() {
    for path in one_of_each() {
        let mut screen = open(&path);
        for code in screen.pyc.codes().to_vec() {
            screen.select(Item::Object(code));
            let rows = screen.all_listing_rows();
            let count = screen.listing(0..0).lanes;
            assert!(count <= 9);
            let mut open_lanes = vec![None; usize::from(count)];
            for row in &rows {
                if !matches!(row.content, ListingContent::Instruction { .. }) {
                    continue;
                }
                let mut here = vec![None; usize::from(count)];
                let drawn = |lane: &&Lane| !matches!(lane.shape, LaneShape::LeavesUndrawn | LaneShape::ArrivesUndrawn);
                for lane in lanes(row).iter().filter(drawn) {
                    let at = usize::from(lane.lane);
                    assert!(here[at].is_none(), "{path}: two ways in lane {at} of {}", line(row));
                    here[at] = Some(lane.target);
                    let begins =
                        matches!(lane.shape, LaneShape::LeavesDown | LaneShape::ArrivesFromBelow | LaneShape::Loop);
                    let was = open_lanes[at] == Some(lane.target);
                    assert_eq!(was, !begins, "{path}: {:?} on {}", lane.shape, line(row));
                    let ends =
                        matches!(lane.shape, LaneShape::ArrivesFromAbove | LaneShape::LeavesUp | LaneShape::Loop);
                    open_lanes[at] = (!ends).then_some(lane.target);
                }
                for (at, way) in open_lanes.iter().enumerate().filter(|(_, way)| way.is_some()) {
                    assert_eq!(here[at], *way, "{path}: a way breaks off before {}", line(row));
                }
            }
            assert!(open_lanes.iter().all(Option::is_none), "{path}: a way ends nowhere");
        }
    }
}

#[test]
fn jumps_without_a_free_lane_are_marked_at_both_ends() {
    // Twenty jumps forward across each other, and what they jump to.
    let (jump, nop) = ([110, 80], [9, 0]);
    let mut screen = file_of(&code(&[jump.repeat(20), nop.repeat(60)].concat(), &[], &[]));
    let rows = screen.all_listing_rows();
    let with = |shape| rows.iter().filter(move |row| lanes(row).iter().any(|lane| lane.shape == shape)).count();
    assert_eq!((with(LaneShape::LeavesDown), with(LaneShape::ArrivesFromAbove)), (8, 8));
    assert_eq!((with(LaneShape::LeavesUndrawn), with(LaneShape::ArrivesUndrawn)), (12, 12));
    assert_eq!(screen.listing(0..0).lanes, 9);
    let jumps: Vec<_> = rows.iter().flat_map(lanes).filter(|lane| lane.lane == 8).collect();
    assert_eq!(jumps.len(), 24, "and they have a lane of their own");
}

#[test]
fn the_chosen_jump_lights_up() {
    let (mut screen, rows) = listing("cpython-3.12/py38.pyc", "walrus");
    let jump = rows.iter().position(|row| line(row).contains("POP_JUMP_IF_FALSE     56 to 158")).expect("a jump");
    screen.select(rows[jump].item);
    let lit = screen.all_listing_rows();
    let target = lit.iter().position(|row| relation(row) == Some(Relation::Target)).expect("a target");
    assert!(line(&lit[target]).contains(" 158 "));
    for (index, row) in lit.iter().enumerate() {
        let between = (jump..=target).contains(&index);
        assert_eq!(lanes(row).iter().any(|lane| lane.lit), between, "{}", line(row));
    }
    assert_eq!(screen.listing_key(RowKey::Enter, 20), Some(target), "Enter follows it");
    let lit = screen.all_listing_rows();
    assert_eq!(relation(&lit[jump]), Some(Relation::Source));
    screen.select(rows[jump].item);
    assert_eq!(screen.listing_selected_row(), Some(jump));
}

#[test]
fn exception_ranges_are_marked() {
    let (mut screen, rows) = listing("cpython-3.12/py38.pyc", "walrus");
    for row in &rows {
        if let ListingContent::Instruction { cells, guards, .. } = &row.content {
            let guarded = (166..184).contains(&cells.offset) || (186..194).contains(&cells.offset);
            assert_eq!(*guards, u32::from(guarded), "{}", line(row));
        }
    }
    screen.listing_key(RowKey::End, 20);
    let lit = screen.all_listing_rows();
    let sources: Vec<&ListingRow> = lit.iter().filter(|row| relation(row) == Some(Relation::Source)).collect();
    assert!(line(sources[0]).contains(" 186 "));
    assert!(lit.iter().any(|row| relation(row) == Some(Relation::Target) && line(row).contains(" 200 ")));
}

#[test]
fn the_outline_leads_through_the_functions() {
    let mut screen = open("cpython-3.12/py38.pyc");
    let rows = screen.all_outline_rows();
    let lines: Vec<String> =
        rows.iter().map(|row| format!("{}{}", "  ".repeat(row.depth as usize), row.name)).collect();
    assert_eq!(
        lines,
        [
            "<module>",
            "  walrus(data, /, start, *, stop)",
            "  early()",
            "  star_return(rest)",
            "  A",
            "    __class_getitem__(cls, item)",
        ]
    );
    assert_eq!(screen.outline(0..9).selected, Some(0));
    screen.select(rows[1].item);
    assert_eq!(screen.listing_code(), Some(rows[1].item));
    assert_eq!(screen.outline(0..9).selected, Some(1));
    let crumbs: Vec<String> = screen.listing(0..0).crumbs.iter().map(|crumb| crumb.label.clone()).collect();
    assert_eq!(crumbs, ["<module>", "walrus"]);
    screen.select_offset(0);
    assert_eq!(screen.listing_code(), Some(rows[1].item), "the header is in no code object: the listing stays");
}

#[test]
fn following_a_code_constant_enters_it() {
    let (mut screen, rows) = listing("cpython-3.12/py38.pyc", "<module>");
    let load = rows.iter().position(|row| line(row).contains("LOAD_CONST             2 <code")).expect("it is loaded");
    screen.select(rows[load].item);
    screen.listing_key(RowKey::Enter, 20);
    let code = screen.all_outline_rows()[1].item;
    assert_eq!((screen.selected_item(), screen.listing_code()), (Some(code), Some(code)));
    screen.select(rows[load].item);
    assert_eq!(screen.listing_selected_row(), Some(load));
}

#[test]
fn the_outline_is_narrowed_down() {
    let mut screen = open("cpython-3.12/py38.pyc");
    screen.act(Action::Outline(OutlineAction::Filter("WALR".to_owned())));
    let rows = screen.all_outline_rows();
    assert_eq!(rows.len(), 1);
    assert!(rows[0].name.to_string().starts_with("walrus("));
    assert_eq!(screen.outline(0..9).selected, Some(0), "the first that fits is chosen");
    assert_eq!(screen.listing_code(), Some(rows[0].item));
    screen.act(Action::Outline(OutlineAction::Filter("no such name".to_owned())));
    assert_eq!(screen.listing_code(), Some(rows[0].item), "there is nothing to choose");
    screen.act(Action::Outline(OutlineAction::Filter(String::new())));
    assert_eq!(screen.all_outline_rows().len(), 6);
}

#[test]
fn rows_are_chosen_together_and_copied() {
    let mut screen = open("cpython-3.12/py38.pyc");
    screen.go_to("walrus:46").expect("it is there");
    let rows = screen.all_listing_rows();
    let first = screen.listing_selected_row().expect("a row is chosen");
    let extend = |screen: &mut Screen, row: usize| screen.act(Action::Listing(ListingAction::Extend(rows[row].item)));
    let in_range = |screen: &mut Screen| {
        let rows = screen.all_listing_rows();
        rows.iter().enumerate().filter(|(_, row)| row.is_in_range).map(|(at, _)| at).collect::<Vec<_>>()
    };
    extend(&mut screen, first + 2);
    assert_eq!(in_range(&mut screen), [first, first + 1, first + 2]);
    assert_eq!(screen.listing_selected_row(), Some(first + 2), "the end that moves");
    assert!(screen.listing(0..0).has_range);
    extend(&mut screen, first - 1);
    assert_eq!(in_range(&mut screen), [first - 1, first], "it began where it began");
    assert_eq!(screen.listing_selected_row(), Some(first - 1));
    let text = screen.ask_text(Question::FunctionText(TextForm::Dis));
    let lines: Vec<&str> = text.lines().collect();
    assert_eq!(lines[0], "# py38.pyc, CPython 3.12, walrus");
    assert!(lines.len() == 4 && lines[3].contains("46 LOAD_GLOBAL"), "{lines:?}");
    extend(&mut screen, first);
    assert!(!screen.listing(0..0).has_range, "one row is no range");
}
