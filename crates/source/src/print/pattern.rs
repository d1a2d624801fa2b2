//! Patterns of `case`.

use super::Printer;
use super::constant::constant;
use super::precedence::Precedence as P;
use crate::ast::{Pattern, PatternId};
use crate::unit::CodeId;

/// How deep patterns nest at the most: Python's own limit of brackets is 200.
const DEPTH: usize = 200;

impl Printer<'_> {
    /// Writes a pattern as `case` has it: a sequence without brackets of its own is one with them.
    pub(super) fn pattern(&mut self, code: CodeId, pattern: PatternId) {
        self.nested_pattern(code, pattern, false, 0);
    }

    /// `tight`: in a place where `as` and `|` need parentheses.
    fn nested_pattern(&mut self, code: CodeId, pattern: PatternId, tight: bool, depth: usize) {
        let Some(body) = self.body(code).filter(|_| depth < DEPTH) else {
            self.push_unwritten(code);
            self.push(".pattern");
            return;
        };
        let start = self.out.text.len();
        match body.get_pattern(pattern) {
            Pattern::Value(value) => self.expr(code, *value, P::Arith),
            Pattern::Singleton(value) => {
                let text = constant(value).0;
                self.push(&text);
            }
            Pattern::Sequence(items) => {
                self.push("[");
                self.patterns(code, items, depth);
                self.push("]");
            }
            Pattern::Mapping { items, rest } => {
                self.push("{");
                for (at, (key, value)) in items.iter().enumerate() {
                    self.push(if at > 0 { ", " } else { "" });
                    self.expr(code, *key, P::Arith);
                    self.push(": ");
                    self.nested_pattern(code, *value, false, depth + 1);
                }
                if let Some(rest) = rest {
                    self.push(if items.is_empty() { "**" } else { ", **" });
                    let rest = self.written(code, rest);
                    self.push(&rest);
                }
                self.push("}");
            }
            Pattern::Class { cls, patterns, keywords } => {
                self.expr(code, *cls, P::Atom);
                self.push("(");
                self.patterns(code, patterns, depth);
                for (at, (name, value)) in keywords.iter().enumerate() {
                    self.push(if at + patterns.len() > 0 { ", " } else { "" });
                    let name = self.written(code, name);
                    self.push(&name);
                    self.push("=");
                    self.nested_pattern(code, *value, false, depth + 1);
                }
                self.push(")");
            }
            Pattern::Star(name) => {
                let name = name.as_ref().map_or_else(|| "_".into(), |name| self.written(code, name));
                self.push("*");
                self.push(&name);
            }
            Pattern::As { pattern: None, name } => {
                let name = name.as_ref().map_or_else(|| "_".into(), |name| self.written(code, name));
                self.push(&name);
            }
            Pattern::As { pattern: Some(inner), name } => {
                let name = name.as_ref().map_or_else(|| "_".into(), |name| self.written(code, name));
                self.push(if tight { "(" } else { "" });
                self.nested_pattern(
                    code,
                    *inner,
                    matches!(body.get_pattern(*inner), Pattern::As { pattern: Some(_), .. }),
                    depth + 1,
                );
                self.push(" as ");
                self.push(&name);
                self.push(if tight { ")" } else { "" });
            }
            Pattern::Or(alternatives) => {
                self.push(if tight { "(" } else { "" });
                for (at, &alternative) in alternatives.iter().enumerate() {
                    self.push(if at > 0 { " | " } else { "" });
                    self.nested_pattern(code, alternative, true, depth + 1);
                }
                self.push(if tight { ")" } else { "" });
            }
        }
        self.note(code, pattern.0, start);
    }

    fn patterns(&mut self, code: CodeId, items: &[PatternId], depth: usize) {
        for (at, &item) in items.iter().enumerate() {
            self.push(if at > 0 { ", " } else { "" });
            self.nested_pattern(code, item, false, depth + 1);
        }
    }
}
