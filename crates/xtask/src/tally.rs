//! Counting checks, and saying at the end how they went.

use crate::report;
use anyhow::{Result, anyhow};
use std::time::{Duration, Instant};

/// How many checks went well and how many did not.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Tally {
    pub(crate) passed: usize,
    pub(crate) failed: usize,
}

impl std::ops::Add for Tally {
    type Output = Self;

    fn add(self, other: Self) -> Self {
        Self { passed: self.passed + other.passed, failed: self.failed + other.failed }
    }
}

impl Tally {
    /// The outcome of a single check.
    pub(crate) fn one(success: bool) -> Self {
        Self { passed: usize::from(success), failed: usize::from(!success) }
    }

    /// The sum over the closing lines of Rust's test runners: `test result: ok. 3 passed; 0 failed; …`.
    /// A run that failed without a failed test, because something did not compile, say, counts as one failure;
    /// so does a run of no test at all, which proves nothing.
    pub(crate) fn of_test_results(output: &str, success: bool) -> Self {
        let mut sum = Self::default();
        for line in output.lines().filter(|line| line.trim_start().starts_with("test result: ")) {
            let number = |word: &str| {
                let before = line.split_once(word).map_or("", |(before, _)| before).trim_end();
                before.rsplit(' ').next().and_then(|number| number.parse::<usize>().ok()).unwrap_or(0)
            };
            sum.passed += number("passed");
            sum.failed += number("failed");
        }
        if sum.failed == 0 && (!success || sum.passed == 0) {
            sum.failed = 1;
        }
        sum
    }
}

/// The checks of one run, in their order.
pub(crate) struct Checks {
    started: Instant,
    rows: Vec<Row>,
}

struct Row {
    what: String,
    tally: Tally,
    took: Duration,
}

impl Checks {
    pub(crate) fn new() -> Self {
        Self { started: Instant::now(), rows: Vec::new() }
    }

    /// Runs `check` if all that it needs is there, and writes down how it went. A check that cannot be run has failed.
    pub(crate) fn run(&mut self, what: &str, needs: &[&Result<()>], check: impl FnOnce() -> Result<Tally>) {
        report::headline(what);
        let started = Instant::now();
        let missing = needs.iter().find_map(|need| need.as_ref().err());
        let outcome = match missing {
            Some(missing) => Err(anyhow!("not run: {missing:#}")),
            None => check(),
        };
        let tally = outcome.unwrap_or_else(|failure| {
            report::line(format_args!("{failure:#}"));
            Tally::one(false)
        });
        self.rows.push(Row { what: what.to_owned(), tally, took: started.elapsed() });
    }

    /// Says how each check and all of them went, and gives whether well. The last line is the sum and nothing else.
    pub(crate) fn close(self) -> bool {
        report::headline(format_args!("all checks, {}", report::took(self.started.elapsed())));
        for Row { what, tally, took } in &self.rows {
            let word = if tally.failed == 0 { "ok" } else { "FAILED" };
            let (passed, failed, took) = (tally.passed, tally.failed, report::took(*took));
            report::line(format_args!("{word:6} {what:32} {passed:5} passed {failed:3} failed  {took:>10}"));
        }
        let sum = self.sum();
        report::line(format_args!("\n{} passed, {} failed", sum.passed, sum.failed));
        sum.failed == 0
    }

    fn sum(&self) -> Tally {
        self.rows.iter().fold(Tally::default(), |sum, row| sum + row.tally)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn test_results_are_summed_up() {
        let output = "running 3 tests\n\
            test result: ok. 3 passed; 0 failed; 0 ignored; 0 measured; 0 filtered out; finished in 0.01s\n\
            test result: FAILED. 10 passed; 2 failed; 1 ignored; 0 measured; 0 filtered out\n";
        assert_eq!(Tally::of_test_results(output, false), Tally { passed: 13, failed: 2 });
    }

    #[test]
    fn what_did_not_run_has_failed() {
        let fine = "test result: ok. 3 passed; 0 failed; 0 ignored\n";
        assert_eq!(Tally::of_test_results(fine, true), Tally { passed: 3, failed: 0 });
        assert_eq!(Tally::of_test_results(fine, false), Tally { passed: 3, failed: 1 });
        assert_eq!(Tally::of_test_results("", true), Tally { passed: 0, failed: 1 });
        assert_eq!(Tally::of_test_results("", false), Tally { passed: 0, failed: 1 });
    }

    #[test]
    fn a_check_whose_tools_are_missing_has_failed() {
        let mut checks = Checks::new();
        checks.run("with", &[&Ok(())], || Ok(Tally { passed: 2, failed: 0 }));
        checks.run("without", &[&Ok(()), &Err(anyhow!("no browser"))], || Ok(Tally { passed: 5, failed: 0 }));
        checks.run("broken", &[], || Err(anyhow!("no such program")));
        assert_eq!(checks.sum(), Tally { passed: 2, failed: 2 });
    }
}
