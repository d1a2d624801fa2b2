//! What differs, as unified text.

use std::ops::Range;

use pycxray::{Pyc, counted};
use pycxray_compare::diff::{Change, CodeDifference, Difference, Fate, Line, Row, RowKind, Side, Verdict};

use crate::output::{Output, Stop, Style};

/// How many bytes of an operand are shown.
const OPERAND: usize = 200;
/// How many rows are made at a time.
const ROWS: usize = 1 << 16;

/// Writes the verdict, and with a context what differs.
pub(super) fn write(
    out: &mut Output,
    titles: &[String; 2],
    files: [&Pyc; 2],
    said: &Difference,
    context: Option<usize>,
) -> Result<(), Stop> {
    verdict(out, titles, said.verdict, &said.summary());
    let Some(context) = context.filter(|_| !(said.changes.is_empty() && said.codes.is_empty())) else { return Ok(()) };
    out.styled(Style::Red, format_args!("--- {}\n", titles[0]));
    out.styled(Style::Green, format_args!("+++ {}\n", titles[1]));
    if !said.changes.is_empty() {
        out.styled(Style::Cyan, "@@ file @@\n");
        said.changes.iter().for_each(|change| write_change(out, change));
    }
    for code in &said.codes {
        write_code(out, files, said, code, context)?;
        out.relieve()?;
    }
    Ok(())
}

/// Writes the verdict on two files, or on all that two folders or containers hold.
pub(super) fn verdict(out: &mut Output, titles: &[String; 2], verdict: Verdict, summary: &str) {
    out.styled(Style::Bold, format_args!("{} and {}", titles[0], titles[1]));
    let style = match verdict {
        Verdict::Identical | Verdict::Same => Style::Green,
        Verdict::SameProgram => Style::Yellow,
        Verdict::Different => Style::Red,
    };
    out.text.push_str(": ");
    out.styled(style, summary);
    out.text.push('\n');
}

/// Writes what differs in a code object.
fn write_code(
    out: &mut Output,
    files: [&Pyc; 2],
    said: &Difference,
    code: &CodeDifference,
    context: usize,
) -> Result<(), Stop> {
    let was = match &code.names {
        [Some(before), Some(after)] if code.is_renamed && before != after => format!(", was {before}"),
        _ if code.is_renamed => ", moved".to_owned(),
        _ => String::new(),
    };
    let fate = match code.fate {
        Fate::Added => ", added",
        Fate::Removed => ", removed",
        _ => "",
    };
    out.styled(Style::Cyan, format_args!("@@ {} {}{was}{fate} @@\n", code.sort.word(), code.name()));
    if !code.is_compared {
        out.text.push_str(" (not compared: it is too large, or its tables are shared by too many others)\n");
        return Ok(());
    }
    code.changes.iter().for_each(|change| write_change(out, change));
    if code.fate == Fate::Kept {
        return Ok(());
    }
    let rows = said.rows(files, code.ids);
    let mut next = 0;
    let mut hunks: Vec<Range<usize>> = Vec::new();
    for change in rows.changes() {
        let hunk = change.start.saturating_sub(context)..(change.end.saturating_add(context)).min(rows.len());
        match hunks.last_mut() {
            Some(last) if hunk.start <= last.end => last.end = hunk.end,
            _ => hunks.push(hunk),
        }
    }
    for hunk in hunks {
        if hunk.start > next {
            out.styled(Style::Dim, format_args!(" … {}\n", counted(hunk.start - next, "instruction")));
        }
        next = hunk.end;
        let mut start = hunk.start;
        while start < hunk.end {
            let end = hunk.end.min(start + ROWS);
            write_rows(out, &rows.get(files, start..end, OPERAND));
            out.relieve()?;
            start = end;
        }
    }
    Ok(())
}

fn write_rows(out: &mut Output, rows: &[Row]) {
    for run in rows.chunk_by(|row, next| (row.kind == RowKind::Same) == (next.kind == RowKind::Same)) {
        if run[0].kind == RowKind::Same {
            run.iter().filter_map(|row| row.after.as_ref()).for_each(|line| write_line(out, None, line));
            continue;
        }
        run.iter().filter_map(|row| row.before.as_ref()).for_each(|line| write_line(out, Some(false), line));
        run.iter().filter_map(|row| row.after.as_ref()).for_each(|line| write_line(out, Some(true), line));
    }
}

/// Writes an instruction: one that both have, or that the first or the second has.
fn write_line(out: &mut Output, is_second: Option<bool>, line: &Line) {
    let number = line.line.map_or_else(String::new, |line| line.to_string());
    let row = format!("{number:>5}  {:<26} {}", line.opcode, line.operand);
    let row = row.trim_end();
    match is_second {
        None => out.put(format_args!(" {row}")),
        Some(false) => out.styled(Style::Red, format_args!("-{row}")),
        Some(true) => out.styled(Style::Green, format_args!("+{row}")),
    }
    out.text.push('\n');
}

fn write_change(out: &mut Output, change: &Change) {
    let more = match change.count {
        0 | 1 => String::new(),
        count => format!(" ({count} in all)"),
    };
    if change.before.is_none() && change.after.is_none() {
        out.put(format_args!(" {} differs{more}\n", change.what));
        return;
    }
    // What instructions differ is shown by themselves.
    if change.what == "instructions" {
        return;
    }
    let mut write = |sign: &str, style, side: &Option<Side>| {
        if let Some(side) = side {
            out.styled(style, format_args!("{sign}{} {}{more}", change.what, side.text));
            out.text.push('\n');
        }
    };
    write("-", Style::Red, &change.before);
    write("+", Style::Green, &change.after);
}
