//! Instructions of the machine, counted by callgrind: unlike times they are the same in each run, so small changes show.

use crate::disk;
use crate::failure::{Doing, Failure, Result};
use crate::process::{Run, find_program};
use crate::project::Project;
use crate::report;
use std::path::{Path, PathBuf};

/// The folders of fixtures that are counted with: one for each great change of the format.
const FOLDERS: [&str; 4] = ["cpython-2.7", "cpython-3.8", "cpython-3.12", "cpython-3.14"];

/// A change by more than this is shown as one.
const NOTABLE: f64 = 0.03;

/// What is counted, per what.
const COUNTED: [&str; 5] = [
    "decode, per byte",
    "disassemble, per instruction",
    "listing, per byte of text",
    "JSON, per byte of text",
    "memory, bytes per byte",
];

/// Counts, compares with what is kept in the tree, and keeps the new numbers if `bless`.
pub(super) fn compare(project: &Project, bless: bool) -> Result {
    let Some(valgrind) = find_program("valgrind", &[]) else {
        report::note("instructions are not counted: valgrind is not on PATH");
        return Ok(());
    };
    let counted = report::step("instructions", "counted by callgrind, on fixtures", || count(project, &valgrind))?;
    let file = project.root.join("crates").join("core").join("benches").join("instructions.txt");
    let kept = std::fs::read_to_string(&file).unwrap_or_default();
    let compiler = Run::new("rustc").arg("--version").quiet()?;
    report::headline("instructions of the machine, and memory");
    for (what, now) in COUNTED.iter().zip(counted) {
        let before = kept_number(&kept, what);
        let change = before.map(|before| now / before - 1.0);
        let word = match change {
            None => "new".to_owned(),
            Some(change) if change.abs() > NOTABLE => format!("{:+.1} %: CHANGED", change * 100.0),
            Some(change) => format!("{:+.1} %", change * 100.0),
        };
        report::line(format_args!("{what:30} {now:10.2}   {word}"));
    }
    if kept.lines().next().is_some_and(|line| !line.contains(compiler.trim())) {
        report::note("another compiler counted what is kept: numbers may differ for no reason of ours");
    }
    if bless {
        let mut text =
            format!("# Instructions of the machine, counted by callgrind, and bytes of memory; {}.\n", compiler.trim());
        text.push_str("# `cargo xtask bench --bless` writes this file; `cargo xtask bench` compares with it.\n");
        for (what, now) in COUNTED.iter().zip(counted) {
            text.push_str(&format!("{what}: {now:.2}\n"));
        }
        disk::write(&file, &text)?;
    }
    Ok(())
}

/// The numbers of [`COUNTED`].
fn count(project: &Project, valgrind: &Path) -> Result<[f64; 5]> {
    let program = build(project)?;
    let list = project.target().join("bench").join("counted.list");
    disk::write(&list, &fixtures(project)?)?;
    let run = |what: &str| -> Result<Counted> {
        let out = project.target().join("bench").join("callgrind.out");
        let counted =
            Run::new(valgrind).words("--tool=callgrind").arg(format!("--callgrind-out-file={}", out.display()));
        let said = counted.arg(&program).arg(what).env("PYCXRAY_CORPUS", &list).quiet()?;
        let profile = std::fs::read_to_string(&out).doing("read what callgrind counted")?;
        let total = profile.lines().find_map(|line| line.strip_prefix("totals: ").or(line.strip_prefix("summary: ")));
        let total = total.and_then(|total| total.trim().parse().ok());
        let total = total.ok_or_else(|| Failure::new("callgrind counted nothing"))?;
        // "12345 bytes, 678 done, 91011 of memory"
        let mut numbers = said.split_whitespace().filter_map(|word| word.parse().ok());
        let mut number = || numbers.next().filter(|&number| number > 0.0).unwrap_or(1.0);
        Ok(Counted { total, bytes: number(), done: number(), memory: number() })
    };
    let (read, decode) = (run("read")?, run("decode")?);
    let per = |counted: &Counted| (counted.total - decode.total) / counted.done;
    Ok([
        (decode.total - read.total) / decode.bytes,
        per(&run("disassemble")?),
        per(&run("list")?),
        per(&run("json")?),
        decode.memory / decode.bytes,
    ])
}

/// What a run came to.
struct Counted {
    /// Instructions of the machine.
    total: f64,
    /// Bytes of the files.
    bytes: f64,
    /// How much was done, in units of its own.
    done: f64,
    /// Bytes of memory that the decoded files take.
    memory: f64,
}

/// The program that does the work once.
fn build(project: &Project) -> Result<PathBuf> {
    let words = "bench --locked --package pycxray --bench counted --no-run --message-format=json";
    let said = Run::new("cargo").words(words).folder(&project.root).quiet()?;
    let executable = said.lines().filter(|line| line.contains("\"name\":\"counted\"")).find_map(|line| {
        let path = line.split("\"executable\":\"").nth(1)?.split('"').next()?;
        Some(PathBuf::from(path.replace("\\\\", "\\")))
    });
    executable.ok_or_else(|| Failure::new("cargo did not say where the benchmark is"))
}

fn fixtures(project: &Project) -> Result<String> {
    let mut files = Vec::new();
    for folder in FOLDERS {
        files.extend(disk::entries(&project.root.join("tests").join("fixtures").join(folder))?);
    }
    files.retain(|file| file.extension().is_some_and(|extension| extension == "pyc"));
    files.sort();
    Ok(files.iter().map(|file| format!("{}\n", file.display())).collect())
}

fn kept_number(kept: &str, what: &str) -> Option<f64> {
    kept.lines().find_map(|line| line.strip_prefix(what)?.strip_prefix(": ")?.trim().parse().ok())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn kept_numbers_are_found_by_name() {
        let kept = "# a comment\ndecode, per byte: 12.50\ndisassemble, per instruction: 80.00\n";
        assert_eq!(kept_number(kept, COUNTED[0]), Some(12.5));
        assert_eq!(kept_number(kept, COUNTED[1]), Some(80.0));
        assert_eq!(kept_number("", COUNTED[0]), None);
    }
}
