//! What became of the members of two containers, or the files of two folders: of each, and of all together.

use super::{Difference, Verdict};

/// What became of a member.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// It is the same, in all that was compared.
    Same,
    /// It is the same program, written otherwise: what differs.
    SameProgram(String),
    /// It is another: what differs.
    Changed(String),
    /// The first alone has it.
    Removed,
    /// The second alone has it.
    Added,
}

impl Outcome {
    /// That of a member which is bytecode in both.
    #[must_use]
    pub fn of_code(found: &Difference) -> Self {
        match found.verdict {
            Verdict::Identical | Verdict::Same => Self::Same,
            Verdict::SameProgram => Self::SameProgram(found.summary()),
            Verdict::Different => Self::Changed(found.summary()),
        }
    }

    /// That of any other, of which the bytes alone are compared. `size` writes how many there are.
    #[must_use]
    pub fn of_bytes([before, after]: [&[u8]; 2], size: impl Fn(usize) -> String) -> Self {
        match [before, after].map(<[u8]>::len) {
            _ if before == after => Self::Same,
            [one, other] if one == other => Self::Changed(format!("other contents, {}", size(one))),
            [one, other] => Self::Changed(format!("{} before, {} after", size(one), size(other))),
        }
    }

    /// How its two sides stand to each other.
    #[must_use]
    pub fn verdict(&self) -> Verdict {
        match self {
            Self::Same => Verdict::Same,
            Self::SameProgram(_) => Verdict::SameProgram,
            Self::Changed(_) | Self::Removed | Self::Added => Verdict::Different,
        }
    }
}

/// How many members came to each outcome.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct Totals {
    /// Those that are others now.
    pub changed: usize,
    /// Those that the second alone has.
    pub added: usize,
    /// Those that the first alone has.
    pub removed: usize,
    /// Those that are the same programs, written otherwise.
    pub same_program: usize,
    /// Those that are the same.
    pub same: usize,
}

impl Totals {
    /// Those of these members.
    #[must_use]
    pub fn of<'o>(outcomes: impl IntoIterator<Item = &'o Outcome>) -> Self {
        let mut totals = Self::default();
        for outcome in outcomes {
            *(match outcome {
                Outcome::Changed(_) => &mut totals.changed,
                Outcome::Added => &mut totals.added,
                Outcome::Removed => &mut totals.removed,
                Outcome::SameProgram(_) => &mut totals.same_program,
                Outcome::Same => &mut totals.same,
            }) += 1;
        }
        totals
    }

    /// How the two containers stand to each other.
    #[must_use]
    pub fn verdict(&self) -> Verdict {
        match (self.changed + self.added + self.removed, self.same_program) {
            (0, 0) => Verdict::Same,
            (0, _) => Verdict::SameProgram,
            _ => Verdict::Different,
        }
    }

    /// The same in words: `1 changed, 2 added, 40 the same`. `number` writes a number.
    #[must_use]
    pub fn words(&self, number: impl Fn(usize) -> String) -> String {
        let counts = [
            (self.changed, "changed"),
            (self.added, "added"),
            (self.removed, "removed"),
            (self.same_program, "the same program, written otherwise"),
            (self.same, "the same"),
        ];
        let parts = counts.into_iter().filter(|(count, _)| *count > 0);
        let parts: Vec<String> = parts.map(|(count, word)| format!("{} {word}", number(count))).collect();
        parts.join(", ")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn other_members_are_compared_by_their_bytes() {
        let outcome = |before: &str, after: &str| {
            Outcome::of_bytes([before, after].map(str::as_bytes), |size| format!("{size} bytes"))
        };
        assert_eq!(outcome("a", "a"), Outcome::Same);
        assert_eq!(outcome("a", "b"), Outcome::Changed("other contents, 1 bytes".into()));
        assert_eq!(outcome("a", "bc"), Outcome::Changed("1 bytes before, 2 bytes after".into()));
    }

    #[test]
    fn totals_name_what_there_is() {
        let program = Outcome::SameProgram("mtime differs".into());
        let all = [Outcome::Same, program.clone(), Outcome::Added, Outcome::Same];
        let totals = Totals::of(&all);
        assert_eq!(totals.words(|n| n.to_string()), "1 added, 1 the same program, written otherwise, 2 the same");
        assert_eq!(totals.verdict(), Verdict::Different);
        assert_eq!(Totals::of([&program]).verdict(), Verdict::SameProgram);
        assert_eq!(Totals::of(&[]).verdict(), Verdict::Same);
    }
}
