//! Barriers to people who use the page with other means than eyes and mouse, as axe-core finds them.

use crate::browser::Browser;
use serde_json::json;

const RUN: &str = "
    return axe.run(document, { resultTypes: ['violations'], runOnly: arguments[0] }).then(({ violations }) =>
        violations.flatMap(({ id, help, nodes }) => nodes.map(({ html }) => `${id}: ${help}: ${html}`)));
";

impl Browser {
    /// What stands against WCAG 2.2, levels A and AA, in the page as it is now, a line each. Nothing, if axe-core is not
    /// there to tell.
    #[track_caller]
    pub fn barriers(&self) -> Option<Vec<String>> {
        let axe = crate::place::axe()?;
        let script = std::fs::read_to_string(&axe).unwrap_or_else(|error| panic!("no {}: {error}", axe.display()));
        self.run(&script, &[]);
        let rules = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];
        let found = self.run(RUN, &[json!(rules)]);
        let lines = found.as_array().into_iter().flatten();
        Some(lines.map(|line| line.as_str().unwrap_or_default().to_owned()).collect())
    }

    /// Fails if there is a barrier.
    #[track_caller]
    pub fn assert_no_barriers(&self) {
        let barriers = self.barriers().unwrap_or_default();
        assert!(barriers.is_empty(), "{}", barriers.join("\n"));
    }
}
