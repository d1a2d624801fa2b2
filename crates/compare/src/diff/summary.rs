//! The verdict in a sentence.

use super::class::Class;
use super::{Change, CodeDifference, Condition, Difference, Fate, Sort, Verdict};
use crate::sentence::as_sentence;

impl Difference {
    /// [`Difference::summary`] as a sentence of its own.
    #[must_use]
    pub fn sentence(&self) -> String {
        as_sentence(&self.summary())
    }

    /// The verdict, to be told in a sentence: `the same program; mtime and 14 reference flags differ`, `1 function changed, 2 added`.
    #[must_use]
    pub fn summary(&self) -> String {
        let noise = self.noise();
        let noise =
            (!noise.is_empty()).then(|| format!("{} differ{}", listed(&noise), if is_one(&noise) { "s" } else { "" }));
        let said = match self.verdict {
            Verdict::Identical => "the same bytes".to_owned(),
            Verdict::Same => "the same, in all that was compared".to_owned(),
            Verdict::SameProgram => format!("the same program; {}", noise.unwrap_or_default()),
            Verdict::Different => {
                let program = self.program();
                match noise {
                    Some(noise) => format!("{program}; {noise}"),
                    None => program,
                }
            }
        };
        match self.conditions {
            [Condition::Whole, Condition::Whole] => said,
            [Condition::Damaged, Condition::Damaged] => format!("{said} (both files are damaged)"),
            [Condition::Empty, Condition::Empty] => format!("{said} (both files are empty)"),
            [Condition::Whole, condition] => format!("{said} (the second file is {})", condition.word()),
            [condition, Condition::Whole] => format!("{said} (the first file is {})", condition.word()),
            [first, second] => format!("{said} (the first file is {}, the second {})", first.word(), second.word()),
        }
    }

    /// What became of the program.
    fn program(&self) -> String {
        let mut parts: Vec<String> = Vec::new();
        let is = |fate: Fate| move |code: &&CodeDifference| code.fate == fate && code.is_compared;
        let groups: [(&str, Vec<&CodeDifference>); 5] = [
            ("changed", self.codes.iter().filter(is(Fate::Changed)).collect()),
            ("renamed or moved", self.codes.iter().filter(is(Fate::Kept)).filter(|code| code.is_renamed).collect()),
            ("added", self.codes.iter().filter(is(Fate::Added)).collect()),
            ("removed", self.codes.iter().filter(is(Fate::Removed)).collect()),
            ("too large to be compared", self.codes.iter().filter(|code| !code.is_compared).collect()),
        ];
        // `1 function changed, 2 added`: a word that was said is not said again.
        let mut told = None;
        for (what, codes) in groups.into_iter().filter(|(_, codes)| !codes.is_empty()) {
            let mut sorts: Vec<Sort> = codes.iter().map(|code| code.sort).collect();
            sorts.sort_unstable();
            let is_told = told == Some(sorts[0]) && sorts[0] == sorts[sorts.len() - 1];
            told = Some(sorts[sorts.len() - 1]);
            let counts = sorts.chunk_by(|one, other| one == other).map(|group| match (is_told, group.len()) {
                (true, count) => count.to_string(),
                (false, 1) => format!("1 {}", group[0].word()),
                (false, count) => format!("{count} {}", group[0].plural()),
            });
            parts.push(format!("{} {what}", listed(&counts.collect::<Vec<_>>())));
        }
        let other = self.changes.iter().filter(|change| change.class == Class::Program);
        parts.extend(other.map(|change| format!("another {}", change.what).replace("another bytes", "other bytes")));
        parts.join(", ")
    }

    /// What differs besides the program.
    fn noise(&self) -> Vec<String> {
        let mut parts = Vec::new();
        for change in self.changes.iter().filter(|change| change.class != Class::Program) {
            parts.push(match change.class {
                Class::References | Class::SetOrder => counted(change),
                Class::Python => "the Python".to_owned(),
                _ => change.what.clone(),
            });
        }
        let in_codes = [
            (Class::Positions, "positions"),
            (Class::ConstantOrder, "the order of constants or names"),
            (Class::Encoding, "the encoding of instructions"),
        ];
        for (class, what) in in_codes {
            let has = |code: &&CodeDifference| code.changes.iter().any(|change| change.class == class);
            match self.codes.iter().filter(has).count() {
                0 => {}
                count => parts.push(format!("{what} in {}", pycxray::counted(count, "code object"))),
            }
        }
        parts.dedup();
        parts
    }
}

/// `14 reference flags`, `1 reference flag`.
fn counted(change: &Change) -> String {
    match (change.count, change.what.strip_suffix('s')) {
        (1, Some(one)) if change.class == Class::References => format!("1 {one}"),
        (1, _) => change.what.clone(),
        (count, _) if change.class == Class::References => format!("{count} {}", change.what),
        (count, _) => format!("{} ({count})", change.what),
    }
}

fn is_one(parts: &[String]) -> bool {
    matches!(parts, [one] if !one.starts_with("positions") && (one.starts_with("1 ") || !one.starts_with(|c: char| c.is_ascii_digit())))
}

/// `a, b and c`.
fn listed(parts: &[String]) -> String {
    match parts {
        [] => String::new(),
        [one] => one.clone(),
        [first @ .., last] => format!("{} and {last}", first.join(", ")),
    }
}
