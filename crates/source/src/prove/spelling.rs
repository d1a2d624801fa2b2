//! Names and constants that no text can spell, where they stand.

use crate::ast::{Body, Expr, Keyword, Node, Pattern, Stmt};
use crate::ast::{CmpOp, ExprId};
use crate::constant::{Constant, Name};
use crate::name::{Grammar, is_identifier};
use crate::unit::{Unit, UnitKind};

/// The first thing in the body of a code object that text would not bring back, if there is one.
pub(crate) fn check(unit: &Unit, body: &Body, grammar: Grammar) -> Option<String> {
    let held = body.held();
    let nodes = || held.iter().map(|&node| &body.nodes()[node as usize]);
    let mut found = NamesOf::default();
    // What the compiler makes itself has parameters that no text names, and names with dots.
    let is_compilers = matches!(unit.kind, UnitKind::TypeParameters | UnitKind::TypeValue | UnitKind::Annotate);
    if !unit.kind.is_comprehension() && !is_compilers {
        found.names.extend(unit.varnames.iter().take(unit.parameter_count()));
    }
    nodes().for_each(|node| found.add(node));
    // Parameters that are taken apart are written as tuples: each is named once, and once by the statement that does so.
    for (name, _) in body.stmts.iter().map_while(|&stmt| body.parameter_taken_apart(stmt)) {
        if found.names.iter().filter(|known| **known == name).count() == 2 {
            found.names.retain(|known| *known != name);
        }
    }
    if is_compilers {
        found.names.retain(|name| !name.starts_with('.'));
    }
    let is_argument = |name: &&Name| is_identifier(name, grammar) && name.chars().all(is_kept);
    let unspelled = found.names.into_iter().find(|name| !is_spelled(unit, name, grammar));
    if let Some(name) = unspelled.or_else(|| found.arguments.into_iter().find(|name| !is_argument(name))) {
        return Some(format!("no source has the name {}", pycxray::shown(name.as_bytes(), 100)));
    }
    if found
        .modules
        .into_iter()
        .any(|module| !module.is_empty() && !module.split('.').all(|part| is_spelled(unit, part, grammar)))
    {
        return Some("no source has the name of a module".to_owned());
    }
    let (places, mut problem) = (Places::of(body, &held), None);
    for &node in &held {
        if let Node::Expr(Expr::Constant(constant)) = &body.nodes()[node as usize] {
            problem = problem.or_else(|| unspellable(constant, places.of_node(node)));
        }
    }
    problem
}

/// Whether a name in the body of a code object is what the compiler makes of how it is written.
fn is_spelled(unit: &Unit, name: &str, grammar: Grammar) -> bool {
    let name: Name = name.into();
    let written = unit.unmangled(&name);
    is_identifier(&written, grammar)
        && unit.mangled(&written) == name
        && &*name != "__debug__"
        && written.chars().all(is_kept)
}

/// Whether normalization of identifiers (PEP 3131: NFKC) leaves a letter as it is. Of those that are rare it is not asked.
fn is_kept(letter: char) -> bool {
    let is_compatible = matches!(letter, 'ª' | 'º' | 'µ' | '·' | 'ĳ' | 'Ĳ' | 'ŀ' | 'Ŀ' | 'ŉ' | 'ſ');
    letter.is_ascii()
        || !is_compatible
            && matches!(
                letter,
                'À'..='ſ' | 'Α'..='ω' | 'А'..='џ' | 'ぁ'..='ゖ' | 'ァ'..='ヺ' | '一'..='鿿' | '가'..='힣'
            )
}

/// The names that nodes spell.
#[derive(Default)]
pub(crate) struct NamesOf<'b> {
    /// Those that are mangled in a class.
    pub(crate) names: Vec<&'b Name>,
    /// Those of arguments in calls and patterns, which are not.
    pub(crate) arguments: Vec<&'b Name>,
    /// Those of modules, with dots.
    pub(crate) modules: Vec<&'b Name>,
}

impl<'b> NamesOf<'b> {
    /// Adds those of a node.
    pub(crate) fn add(&mut self, node: &'b Node) {
        match node {
            Node::Expr(
                Expr::Name(name) | Expr::Attribute { attr: name, .. } | Expr::NamedExpr { target: name, .. },
            ) => {
                self.names.push(name);
            }
            Node::Expr(Expr::Call { keywords, .. }) => self.add_keywords(keywords),
            Node::Stmt(stmt) => self.add_stmt(stmt),
            Node::Pattern(Pattern::Class { keywords, .. }) => {
                self.arguments.extend(keywords.iter().map(|(name, _)| name));
            }
            Node::Pattern(Pattern::As { name, .. } | Pattern::Star(name) | Pattern::Mapping { rest: name, .. }) => {
                self.names.extend(name);
            }
            _ => {}
        }
    }

    fn add_keywords(&mut self, keywords: &'b [Keyword]) {
        self.arguments.extend(keywords.iter().filter_map(|keyword| keyword.arg.as_ref()));
    }

    fn add_stmt(&mut self, stmt: &'b Stmt) {
        let names = &mut self.names;
        match stmt {
            Stmt::FunctionDef { name, .. } | Stmt::TypeAlias { name, .. } => names.push(name),
            Stmt::ClassDef { name, keywords, .. } => {
                names.push(name);
                self.add_keywords(keywords);
            }
            Stmt::Try { handlers, .. } => names.extend(handlers.iter().filter_map(|handler| handler.name.as_ref())),
            Stmt::Import { names: aliases, .. } => {
                self.modules.extend(aliases.iter().map(|alias| &alias.name));
                names.extend(aliases.iter().filter_map(|alias| alias.asname.as_ref()));
            }
            Stmt::ImportFrom { module, names: aliases, .. } => {
                self.modules.push(module);
                names.extend(aliases.iter().map(|alias| &alias.name).filter(|name| &***name != "*"));
                names.extend(aliases.iter().filter_map(|alias| alias.asname.as_ref()));
            }
            Stmt::Global(declared) | Stmt::Nonlocal(declared) => names.extend(declared),
            _ => {}
        }
    }
}

/// Where expressions stand that may be what others may not.
#[derive(Default)]
struct Places {
    /// Behind `in`, or what a loop goes through: sets of constants there are made once.
    searched: Vec<u32>,
    /// In brackets: slices.
    indices: Vec<u32>,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Place {
    Searched,
    Index,
    Other,
}

impl Places {
    fn of(body: &Body, held: &[u32]) -> Self {
        let mut places = Self::default();
        for &node in held {
            match &body.nodes()[node as usize] {
                Node::Expr(Expr::Compare { rest, .. }) => {
                    let searched = rest.iter().filter(|(op, _)| matches!(op, CmpOp::In { .. }));
                    places.searched.extend(searched.map(|(_, expr)| expr.0));
                }
                Node::Expr(Expr::Subscript { slice, .. }) => {
                    places.indices.push(slice.0);
                    if let Expr::Tuple(items) = body.get_expr(*slice) {
                        places.indices.extend(items.iter().map(|item| item.0));
                    }
                }
                Node::Expr(Expr::OwnComp { iter, .. }) | Node::Stmt(Stmt::For { iter, .. }) => {
                    places.searched.push(iter.0)
                }
                Node::Expr(
                    Expr::ListComp { generators, .. }
                    | Expr::SetComp { generators, .. }
                    | Expr::DictComp { generators, .. }
                    | Expr::GeneratorExp { generators, .. },
                ) => {
                    let iters = generators.iter().filter_map(|generator| generator.iter);
                    places.searched.extend(iters.map(|ExprId(iter)| iter));
                }
                _ => {}
            }
        }
        places.searched.sort_unstable();
        places.indices.sort_unstable();
        places
    }

    fn of_node(&self, node: u32) -> Place {
        if self.searched.binary_search(&node).is_ok() {
            Place::Searched
        } else if self.indices.binary_search(&node).is_ok() {
            Place::Index
        } else {
            Place::Other
        }
    }
}

/// Why text has no such constant at this place. Recursion is bounded: [`Constant::DEPTH`].
fn unspellable(constant: &Constant, place: Place) -> Option<String> {
    let inside = |items: &[Constant], place| items.iter().find_map(|item| unspellable(item, place));
    match constant {
        Constant::Float(bits) if f64::from_bits(*bits).is_nan() => Some("no source has this NaN".to_owned()),
        Constant::Complex(real, imaginary) => {
            let (real, imaginary) = (f64::from_bits(*real), f64::from_bits(*imaginary));
            let is_plain = |part: f64| !part.is_nan() && (part != 0.0 || part.is_sign_positive());
            let is_negated =
                real.to_bits() == (-0.0_f64).to_bits() && imaginary.is_sign_negative() && !imaginary.is_nan();
            (!is_negated && (!is_plain(real) || !is_plain(imaginary)))
                .then(|| "no source has this complex number".to_owned())
        }
        Constant::Tuple(items) => inside(items, if place == Place::Index { Place::Index } else { Place::Other }),
        Constant::FrozenSet(items) if place == Place::Searched && !items.is_empty() => inside(items, Place::Other),
        Constant::FrozenSet(_) => Some("no source has a frozenset there".to_owned()),
        Constant::Slice(parts) if place == Place::Index => inside(parts, Place::Other),
        Constant::Slice(_) => Some("no source has a slice there".to_owned()),
        Constant::Code(_) => Some("no source has a code object there".to_owned()),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::{Place, unspellable};
    use crate::constant::Constant;

    fn complex(real: f64, imaginary: f64) -> Constant {
        Constant::Complex(real.to_bits(), imaginary.to_bits())
    }

    #[test]
    fn text_has_numbers_whose_zeros_have_signs_but_not_all() {
        for spelled in [Constant::float(-0.0), Constant::float(f64::INFINITY), complex(0.0, -1.5), complex(-0.0, -0.0)]
        {
            assert_eq!(unspellable(&spelled, Place::Other), None, "{spelled:?}");
        }
        for unspelled in [Constant::float(f64::NAN), complex(-1.0, -0.0), complex(-0.0, 1.0), complex(f64::NAN, 0.0)] {
            assert!(unspellable(&unspelled, Place::Other).is_some(), "{unspelled:?}");
            assert!(unspellable(&Constant::Tuple([unspelled].into()), Place::Other).is_some());
        }
    }

    #[test]
    fn sets_are_constants_only_where_they_are_searched() {
        let set = Constant::FrozenSet([Constant::Int(1)].into());
        assert_eq!(unspellable(&set, Place::Searched), None);
        assert!(unspellable(&set, Place::Other).is_some());
        assert!(unspellable(&Constant::FrozenSet([].into()), Place::Searched).is_some());
        assert!(unspellable(&Constant::Tuple([set].into()), Place::Searched).is_some());
    }

    #[test]
    fn slices_are_constants_only_in_brackets() {
        let slice = Constant::Slice([Constant::None, Constant::Int(1)].into());
        assert_eq!(unspellable(&slice, Place::Index), None);
        assert_eq!(unspellable(&Constant::Tuple([slice.clone()].into()), Place::Index), None);
        assert!(unspellable(&slice, Place::Other).is_some());
    }
}
