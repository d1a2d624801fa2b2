use pycxray_view::{Document, Key, Lane, LaneShape, ListingRow, ListingRowKind, Relation};

use crate::fixture::{code, file_of, one_of_each, open};

/// The rows of the listing of a code object.
fn listing(path: &str, name: &str) -> (Document, Vec<ListingRow>) {
    let mut document = open(path);
    document.go_to(name).expect("it is there");
    let rows = document.listing_rows(0..document.listing_len());
    (document, rows)
}

fn line(row: &ListingRow) -> String {
    match &row.kind {
        ListingRowKind::Instruction(cells) => {
            let line = cells.line.map_or(String::new(), |line| line.to_string());
            let target = cells.label.clone().unwrap_or(if cells.is_target { ">>".to_owned() } else { String::new() });
            let arg = cells.arg.map_or(String::new(), |arg| arg.to_string());
            format!("{line:>3} {target:>3} {:>4} {:20} {arg:>3} {}", cells.offset, cells.opname, cells.operand)
        }
        ListingRowKind::Cache { name, value } => format!("{name} {value}"),
        ListingRowKind::ExceptionHeading => "exceptions".to_owned(),
        ListingRowKind::Exception(text) => text.to_string(),
    }
    .trim_end()
    .to_owned()
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
    assert!(rows[10].starts_line && rows[10].expandable && !rows[10].expanded);
    let (_, rows) = listing("cpython-3.13/py38.pyc", "walrus");
    assert!(rows.iter().any(|row| line(row).contains("L1 ")), "3.13 has labels");
}

#[test]
fn caches_unfold_by_one_and_all() {
    let (mut document, folded) = listing("cpython-3.12/py38.pyc", "walrus");
    let global = folded[10].item.expect("an instruction");
    document.listing_toggle(global);
    let rows = document.listing_rows(0..document.listing_len());
    assert_eq!(rows.len(), folded.len() + 4);
    assert_eq!(line(&rows[11]), "counter 0");
    assert!(rows[10].expanded);
    document.listing_show_caches(true);
    let all = document.listing_rows(0..document.listing_len());
    let caches = all.iter().filter(|row| matches!(row.kind, ListingRowKind::Cache { .. })).count();
    assert_eq!(all.len(), folded.len() + caches);
    assert!(caches > 4);
    document.listing_toggle(global);
    assert_eq!(document.listing_len(), all.len() - 4);
    document.listing_show_caches(false);
    assert_eq!(document.listing_len(), folded.len());
}

#[test]
fn any_window_is_a_part_of_all_rows() {
    for path in one_of_each() {
        let mut document = open(&path);
        for show in [false, true] {
            for code in document.pyc().codes().to_vec() {
                document.select(pycxray_view::Item::Object(code));
                document.listing_show_caches(show);
                let all = document.listing_rows(0..document.listing_len() + 10);
                assert_eq!(all.len(), document.listing_len(), "{path}");
                for start in (0..all.len()).step_by(11) {
                    let end = (start + 4).min(all.len());
                    assert_eq!(document.listing_rows(start..end), all[start..end], "{path} from {start}");
                }
                for row in &all {
                    let heading = matches!(row.kind, ListingRowKind::ExceptionHeading);
                    if let Some(item) = row.item.filter(|_| !heading) {
                        document.select(item);
                        assert_eq!(document.listing_selected_row(), Some(row.index), "{path}: {}", line(row));
                    }
                }
            }
        }
    }
}

#[test]
fn every_jump_has_a_way_without_crossing_itself() {
    for path in one_of_each() {
        let mut document = open(&path);
        for code in document.pyc().codes().to_vec() {
            document.select(pycxray_view::Item::Object(code));
            let rows = document.listing_rows(0..document.listing_len());
            let lanes = document.listing_lanes();
            assert!(lanes <= 9);
            let mut open_lanes = vec![None; usize::from(lanes)];
            for row in &rows {
                if !matches!(row.kind, ListingRowKind::Instruction(_)) {
                    continue;
                }
                let mut here = vec![None; usize::from(lanes)];
                let drawn = |lane: &&Lane| !matches!(lane.shape, LaneShape::LeavesUndrawn | LaneShape::ArrivesUndrawn);
                for lane in row.lanes.iter().filter(drawn) {
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
    let document = file_of(&code(&[jump.repeat(20), nop.repeat(60)].concat(), &[], &[]));
    let rows = document.listing_rows(0..document.listing_len());
    let with = |shape| rows.iter().filter(move |row| row.lanes.iter().any(|lane| lane.shape == shape)).count();
    assert_eq!((with(LaneShape::LeavesDown), with(LaneShape::ArrivesFromAbove)), (8, 8));
    assert_eq!((with(LaneShape::LeavesUndrawn), with(LaneShape::ArrivesUndrawn)), (12, 12));
    assert_eq!(document.listing_lanes(), 9);
    let jumps: Vec<_> = rows.iter().flat_map(|row| &row.lanes).filter(|lane| lane.lane == 8).collect();
    assert_eq!(jumps.len(), 24, "and they have a lane of their own");
}

#[test]
fn the_chosen_jump_lights_up() {
    let (mut document, rows) = listing("cpython-3.12/py38.pyc", "walrus");
    let jump = rows.iter().position(|row| line(row).contains("POP_JUMP_IF_FALSE     56 to 158")).expect("a jump");
    document.listing_select_row(jump);
    let lit = document.listing_rows(0..document.listing_len());
    let target = lit.iter().position(|row| row.relation == Some(Relation::Target)).expect("a target");
    assert!(line(&lit[target]).contains(" 158 "));
    for row in &lit {
        let between = (jump..=target).contains(&row.index);
        assert_eq!(row.lanes.iter().any(|lane| lane.lit), between, "{}", line(row));
    }
    assert_eq!(document.listing_key(Key::Enter, 20), Some(target), "Enter follows it");
    let lit = document.listing_rows(0..document.listing_len());
    assert_eq!(lit[jump].relation, Some(Relation::Source));
    assert!(document.back());
    assert_eq!(document.listing_selected_row(), Some(jump));
}

#[test]
fn exception_ranges_are_marked() {
    let (mut document, rows) = listing("cpython-3.12/py38.pyc", "walrus");
    for row in &rows {
        if let ListingRowKind::Instruction(cells) = &row.kind {
            let guarded = (166..184).contains(&cells.offset) || (186..194).contains(&cells.offset);
            assert_eq!(row.guards, u32::from(guarded), "{}", line(row));
        }
    }
    document.listing_key(Key::End, 20);
    let lit = document.listing_rows(0..document.listing_len());
    let sources: Vec<&ListingRow> = lit.iter().filter(|row| row.relation == Some(Relation::Source)).collect();
    assert!(line(sources[0]).contains(" 186 "));
    assert!(lit.iter().any(|row| row.relation == Some(Relation::Target) && line(row).contains(" 200 ")));
}

#[test]
fn the_outline_leads_through_the_functions() {
    let mut document = open("cpython-3.12/py38.pyc");
    let rows = document.outline_rows(0..document.outline_len());
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
    assert_eq!(document.outline_current(), Some(0));
    document.select(rows[1].item);
    assert_eq!(document.listing_code(), Some(rows[1].item));
    assert!(document.outline_rows(1..2)[0].current);
    let crumbs: Vec<String> = document.listing_crumbs().into_iter().map(|crumb| crumb.label).collect();
    assert_eq!(crumbs, ["<module>", "walrus"]);
    document.select_offset(0);
    assert_eq!(document.listing_code(), Some(rows[1].item), "the header is in no code object: the listing stays");
}

#[test]
fn following_a_code_constant_enters_it() {
    let (mut document, rows) = listing("cpython-3.12/py38.pyc", "<module>");
    let load = rows.iter().position(|row| line(row).contains("LOAD_CONST             2 <code")).expect("it is loaded");
    document.listing_select_row(load);
    document.listing_key(Key::Enter, 20);
    let code = document.outline_rows(1..2)[0].item;
    assert_eq!((document.selected_item(), document.listing_code()), (Some(code), Some(code)));
    assert!(document.back());
    assert_eq!(document.listing_selected_row(), Some(load));
}
