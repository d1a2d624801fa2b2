//! Patterns of `case`.

use pycxray_source::ast::{Pattern, PatternId};
use pycxray_source::constant::Constant;
use pycxray_source::graph::Origin;
use ruff_python_ast as ast;

use super::{Converter, DEPTH, Made, name::plain};

impl<'s> Converter<'s> {
    pub(super) fn pattern(&mut self, pattern: &'s ast::Pattern) -> Made<PatternId> {
        self.depth += 1;
        if self.depth > DEPTH {
            return Err("the source nests too deep".to_owned());
        }
        let made = self.pattern_of(pattern);
        self.depth -= 1;
        Ok(self.body.pattern(made?, Origin::None))
    }

    fn pattern_of(&mut self, pattern: &'s ast::Pattern) -> Made<Pattern> {
        Ok(match pattern {
            ast::Pattern::MatchValue(pattern) => Pattern::Value(self.expr(&pattern.value)?),
            ast::Pattern::MatchSingleton(pattern) => Pattern::Singleton(match pattern.value {
                ast::Singleton::None => Constant::None,
                ast::Singleton::True => Constant::Bool(true),
                ast::Singleton::False => Constant::Bool(false),
            }),
            ast::Pattern::MatchSequence(pattern) => Pattern::Sequence(self.patterns(&pattern.patterns)?),
            ast::Pattern::MatchOr(pattern) => Pattern::Or(self.patterns(&pattern.patterns)?),
            ast::Pattern::MatchMapping(pattern) => {
                let mut items = Vec::new();
                for (key, pattern) in pattern.keys.iter().zip(&pattern.patterns) {
                    items.push((self.expr(key)?, self.pattern(pattern)?));
                }
                Pattern::Mapping { items, rest: pattern.rest.as_ref().map(|name| self.name(name)) }
            }
            ast::Pattern::MatchClass(pattern) => {
                let cls = self.expr(&pattern.cls)?;
                let patterns = self.patterns(&pattern.arguments.patterns)?;
                let mut keywords = Vec::new();
                for keyword in &pattern.arguments.keywords {
                    keywords.push((plain(&keyword.attr), self.pattern(&keyword.pattern)?));
                }
                Pattern::Class { cls, patterns, keywords }
            }
            ast::Pattern::MatchStar(pattern) => Pattern::Star(pattern.name.as_ref().map(|name| self.name(name))),
            ast::Pattern::MatchAs(pattern) => Pattern::As {
                pattern: pattern.pattern.as_ref().map(|pattern| self.pattern(pattern)).transpose()?,
                name: pattern.name.as_ref().map(|name| self.name(name)),
            },
        })
    }

    fn patterns(&mut self, patterns: &'s [ast::Pattern]) -> Made<Vec<PatternId>> {
        patterns.iter().map(|pattern| self.pattern(pattern)).collect()
    }
}
