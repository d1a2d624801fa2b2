//! What a code object is besides its instructions, as the compiler would tell it from the tree: name, flags, parameters,
//! docstring.
//!
//! The text repeats what the code object says of itself, as far as text can. Where it cannot, what is printed is another program.

use std::collections::{HashMap, HashSet};

use crate::ast::{Body, Expr, ExprId, Function, Node, Stmt};
use crate::constant::{Constant, Name};
use crate::unit::{self, CodeId, Unit, UnitKind, Units};

/// `CO_OPTIMIZED | CO_NEWLOCALS`: every function.
const FUNCTION: u32 = 0x03;
/// `CO_NEWLOCALS` alone: classes of Python 2, and its functions in which `exec` or `import *` stands.
const NEWLOCALS: u32 = 0x02;
/// `CO_NESTED`: a function in a function.
const NESTED: u32 = 0x10;
/// `CO_NOFREE`: nothing is shared with functions around or inside (up to 3.10).
const NOFREE: u32 = 0x40;
/// `CO_METHOD`: a function right in a class (3.14+).
const METHOD: u32 = 0x800_0000;
/// What only parameters and docstrings tell, which the text takes from the code object.
const TAKEN: u32 = Unit::VARARGS | Unit::VARKEYWORDS | Unit::HAS_DOCSTRING;

/// What is imported from `__future__`, and its flag: up to 3.8.1, and since then (`Include/cpython/code.h`). All others leave none in
/// Python 3 (`future_check_features` in CPython's `future.c`), but for `generator_stop` up to 3.6.
const FUTURES: [(&str, u32, u32); 2] =
    [("barry_as_FLUFL", 0x4_0000, 0x40_0000), ("annotations", 0x10_0000, 0x100_0000)];
/// The same of Python 2.
const OLD_FUTURES: [(&str, u32); 5] = [
    ("division", Unit::FUTURE_DIVISION),
    ("absolute_import", Unit::FUTURE_ABSOLUTE_IMPORT),
    ("with_statement", 0x8000),
    ("print_function", Unit::FUTURE_PRINT_FUNCTION),
    ("unicode_literals", Unit::FUTURE_UNICODE_LITERALS),
];
const GENERATOR_STOP: (&str, u32, u32) = ("generator_stop", 0x8_0000, 0);

/// For each code object, what of it text cannot say, if there is anything.
pub(crate) fn check(units: &Units, bodies: &[Body]) -> Vec<Option<String>> {
    let problems = vec![None; units.units.len()];
    let inlined = made_in_inlined(units, bodies);
    let is_nested = nested(units, &inlined);
    let mut facts = Facts { units, problems, futures: futures(units, bodies), is_nested, inlined };
    let mut qualnames: Vec<Option<Name>> = vec![None; units.units.len()];
    // Where each code object is made: the number of a statement, of all there are.
    let (mut statement, mut made_in) = (0_u32, HashMap::new());
    for (unit, body) in units.units.iter().zip(bodies) {
        let held = body.held();
        let globals: HashSet<&Name> =
            held.iter().flat_map(|&node| declared_global(&body.nodes()[node as usize])).collect();
        for node in held.iter().map(|&node| &body.nodes()[node as usize]) {
            statement += u32::from(matches!(node, Node::Stmt(_)));
            let Some(made) = made(node) else { continue };
            facts.made(unit, &made);
            facts.asked(&made, bodies);
            // Two that are alike are one code object only if they stand on one line, which up to 3.6 statements may exceed.
            statement += u32::from(!units.since(3, 7));
            if !is_made_inside(node) && *made_in.entry(made.code).or_insert(statement) != statement {
                facts.problem(unit.id, "a code object of it stands twice in the source".to_owned());
            }
            let is_global = made.name.is_some_and(|name| globals.contains(name));
            if let Some(inner) = units.units.get(made.code.0 as usize) {
                qualnames[made.code.0 as usize]
                    .get_or_insert_with(|| qualname(unit, inner, is_global, units.compiler.comprehensions_have_locals));
            }
        }
        facts.unit(unit, body, &held);
    }
    for (unit, expected) in units.units.iter().zip(qualnames) {
        if expected.is_some_and(|expected| expected != unit.qualname) && units.since(3, 11) && !is_compilers(unit.kind)
        {
            facts.problem(unit.id, "its qualified name is another".to_owned());
        }
    }
    facts.problems
}

/// A node that makes a code object.
struct Made<'b> {
    code: CodeId,
    kinds: &'static [UnitKind],
    name: Option<&'b Name>,
    function: Option<&'b Function>,
}

fn made(node: &Node) -> Option<Made<'_>> {
    let (code, kinds, name, function): (_, &[UnitKind], _, _) = match node {
        Node::Stmt(Stmt::FunctionDef { function, name, .. }) => {
            (function.code, &[UnitKind::Function], Some(name), Some(function))
        }
        Node::Stmt(Stmt::ClassDef { code, name, .. }) => (*code, &[UnitKind::Class], Some(name), None),
        Node::Expr(Expr::Lambda(function)) => {
            (function.code, &[UnitKind::Lambda, UnitKind::TypeValue], None, Some(function))
        }
        Node::Expr(Expr::OwnComp { code, .. }) => {
            let kinds = &[UnitKind::ListComp, UnitKind::SetComp, UnitKind::DictComp, UnitKind::GeneratorExp];
            (*code, kinds, None, None)
        }
        _ => return None,
    };
    Some(Made { code, kinds, name, function })
}

/// Whether what a node makes is made by the code object of its type parameters.
fn is_made_inside(node: &Node) -> bool {
    matches!(
        node,
        Node::Stmt(Stmt::FunctionDef { type_params: Some(_), .. } | Stmt::ClassDef { type_params: Some(_), .. })
    )
}

fn declared_global(node: &Node) -> &[Name] {
    match node {
        Node::Stmt(Stmt::Global(names)) => names,
        _ => &[],
    }
}

/// The flags of what the outermost code object imports from `__future__`.
fn futures(units: &Units, bodies: &[Body]) -> u32 {
    // 3.8.2 moved them, since others had the same bits.
    let is_late_3_8 = units.units.first().is_some_and(|module| module.has(0x140_0000));
    let is_late = units.since(3, 9) || units.since(3, 8) && is_late_3_8;
    let mut flags = 0;
    for node in bodies.iter().take(1).flat_map(|body| body.held().into_iter().map(|node| &body.nodes()[node as usize]))
    {
        if let Node::Stmt(Stmt::ImportFrom { module, names, level: 0, .. }) = node {
            let is_named = |future: &str| &**module == "__future__" && names.iter().any(|alias| &*alias.name == future);
            if !units.since(3, 0) {
                let named = OLD_FUTURES.iter().filter(|(future, _)| is_named(future));
                flags |= named.fold(0, |all, (_, flag)| all | flag);
                continue;
            }
            let early = [GENERATOR_STOP].into_iter().filter(|_| !units.since(3, 7));
            let named = FUTURES.into_iter().chain(early).filter(|(future, ..)| is_named(future));
            flags |= named.map(|(_, early, late)| if is_late { late } else { early }).fold(0, |all, flag| all | flag);
        }
    }
    flags
}

/// The code objects that comprehensions make which are inlined (3.12+): what is around those is a function, whatever they stand in.
fn made_in_inlined(units: &Units, bodies: &[Body]) -> HashSet<CodeId> {
    let mut inlined = HashSet::new();
    let has_inlined = |unit: &Unit| units.since(3, 12) && !unit.kind.is_comprehension();
    for (_, body) in units.units.iter().zip(bodies).filter(|(unit, _)| has_inlined(unit)) {
        let mut inside: HashSet<u32> = HashSet::new();
        for node in body.held() {
            let Node::Expr(expr) = &body.nodes()[node as usize] else { continue };
            let Some((items, generators)) = expr.as_comprehension().filter(|_| !inside.contains(&node)) else {
                continue;
            };
            inside.extend(body.inside(items.into_iter().flatten(), generators));
        }
        inlined.extend(inside.into_iter().filter_map(|node| body.made_by(node)));
    }
    inlined
}

fn nested(units: &Units, inlined: &HashSet<CodeId>) -> Vec<bool> {
    let mut is_nested: Vec<bool> = Vec::with_capacity(units.units.len());
    for unit in &units.units {
        // A code object comes behind the one that it stands in.
        let nests = |parent: CodeId| {
            let kind = units.get(parent).kind;
            let is_function = !kind.is_module() && kind != UnitKind::Class;
            let is_around = !units.compiler.flags_apart && is_nested.get(parent.0 as usize).copied().unwrap_or(false);
            is_function || is_around
        };
        is_nested.push(inlined.contains(&unit.id) || unit.parent.is_some_and(nests));
    }
    is_nested
}

fn qualname(around: &Unit, inner: &Unit, is_global: bool, comprehensions_have_locals: bool) -> Name {
    match around.kind {
        _ if is_global => inner.name.clone(),
        // The scope of type parameters is not named.
        UnitKind::TypeParameters => inner.qualname.clone(),
        _ => unit::qualname(&inner.name, Some(around), comprehensions_have_locals),
    }
}

fn is_compilers(kind: UnitKind) -> bool {
    matches!(kind, UnitKind::TypeParameters | UnitKind::TypeValue | UnitKind::Annotate)
}

struct Facts<'a> {
    units: &'a Units,
    problems: Vec<Option<String>>,
    futures: u32,
    /// By code object: whether there is a function around it, however far.
    is_nested: Vec<bool>,
    /// Those that comprehensions make which are inlined.
    inlined: HashSet<CodeId>,
}

impl Facts<'_> {
    fn problem(&mut self, code: CodeId, problem: String) {
        if let Some(slot) = self.problems.get_mut(code.0 as usize) {
            slot.get_or_insert(problem);
        }
    }

    /// Whether annotations of parameters that come by position alone stand before the others: PyPy's, and CPython's since 3.15.
    fn annotates_in_order(&self) -> bool {
        self.units.compiler.annotates_in_order || self.units.since(3, 15)
    }

    /// A code object, and how it is made.
    fn made(&mut self, around: &Unit, made: &Made<'_>) {
        let Some(unit) = self.units.units.get(made.code.0 as usize) else { return };
        if !made.kinds.contains(&unit.kind) {
            self.problem(around.id, format!("{} is made as what it is not", unit.qualname));
        }
        let parameters_are_odd = (unit.argcount, unit.posonlyargcount, unit.parameter_count()) != (1, 0, 1);
        if unit.kind.is_comprehension() && parameters_are_odd {
            self.problem(unit.id, "it takes something else than what it goes through".to_owned());
        }
        if made.name.is_some_and(|name| around.unmangled(name) != unit.name) {
            self.problem(unit.id, "its own name is not what it is bound to".to_owned());
        }
        if let Some(problem) = made.function.and_then(|function| parameters(unit, function, self.annotates_in_order()))
        {
            self.problem(unit.id, problem.to_owned());
        }
    }

    /// The code object that makes the annotations of a function when they are asked for (3.14+).
    fn asked(&mut self, made: &Made<'_>, bodies: &[Body]) {
        let Some(function) = made.function else { return };
        let (Some(annotate), Some(unit)) = (function.annotate, self.units.units.get(function.code.0 as usize)) else {
            return;
        };
        let keys = bodies.get(annotate.0 as usize).and_then(returned_keys).filter(|keys| !keys.is_empty());
        let in_order = keys.is_some_and(|keys| {
            let order = annotated(unit, self.annotates_in_order());
            order.is_some_and(|order| is_rising(keys.iter().map(|key| order.iter().position(|known| known == key))))
        });
        if !in_order {
            self.problem(annotate, "it makes other annotations than those of its function".to_owned());
        }
    }

    fn unit(&mut self, unit: &Unit, body: &Body, held: &[u32]) {
        if unit.parent.is_none() && !unit.kind.is_module() {
            self.problem(unit.id, "it is the outermost code object, and no module".to_owned());
        }
        if is_compilers(unit.kind) {
            return;
        }
        let expected = self.flags(unit, body, held);
        let flags = unit.flags & !TAKEN & !self.units.compiler.own_flags;
        if expected != flags {
            let problem = format!("co_flags are {flags:#x}, not {expected:#x} as in the source");
            self.problem(unit.id, problem);
        }
        if let Some(problem) = self.docstring(unit, body) {
            self.problem(unit.id, problem.to_owned());
        }
        let nodes = held.iter().map(|&node| &body.nodes()[node as usize]);
        let returns = |node: &Node| matches!(node, Node::Stmt(Stmt::Return(_)));
        if matches!(unit.kind, UnitKind::Module | UnitKind::Interactive | UnitKind::Class) && nodes.clone().any(returns)
        {
            self.problem(unit.id, "it returns outside of a function".to_owned());
        }
    }

    /// The flags that the compiler would give it, without those that are taken from the code object.
    fn flags(&self, unit: &Unit, body: &Body, held: &[u32]) -> u32 {
        let mut flags = self.futures;
        let is_function = !unit.kind.is_module() && unit.kind != UnitKind::Class;
        if unit.kind == UnitKind::Class && !self.units.since(3, 0) {
            flags |= NEWLOCALS;
        }
        if is_function {
            let is_optimized = self.units.since(3, 0) || !binds_any(body, held);
            flags |= if is_optimized { FUNCTION } else { NEWLOCALS }
                | if self.is_nested[unit.id.0 as usize] { NESTED } else { 0 }
                | waits(self.units, unit, body, held);
            let around = unit.parent.map(|parent| self.units.get(parent).kind);
            let is_plain = matches!(unit.kind, UnitKind::Function | UnitKind::Lambda | UnitKind::GeneratorExp);
            let is_right_in = around == Some(UnitKind::Class) && !self.inlined.contains(&unit.id);
            if self.units.since(3, 14) && is_plain && is_right_in {
                flags |= METHOD;
            }
        }
        let shares_nothing = unit.cellvars.is_empty() && unit.freevars.is_empty();
        let is_told = unit.kind != UnitKind::Class || !self.units.compiler.flags_apart;
        if shares_nothing && is_told && !self.units.compiles_since(11) {
            flags |= NOFREE;
        }
        flags
    }

    fn docstring(&self, unit: &Unit, body: &Body) -> Option<&'static str> {
        let first = body.stmts.first().map(|&stmt| body.get_stmt(stmt));
        let text = match first {
            Some(Stmt::Expr(value)) => match body.get_expr(*value) {
                Expr::Constant(Constant::Str(text) | Constant::Unicode(text)) => Some(text),
                _ => None,
            },
            _ => None,
        };
        if unit.kind == UnitKind::Function {
            let is_said = !self.units.since(3, 14) || unit.has(Unit::HAS_DOCSTRING);
            return match unit.consts.first() {
                Some(Some(Constant::Str(text) | Constant::Unicode(text))) if is_said => self.is_changed(text),
                _ if text.is_some() => Some("its first statement would be a docstring"),
                _ if self.units.since(3, 14) && unit.has(Unit::HAS_DOCSTRING) => {
                    Some("it has a docstring that is no text")
                }
                _ => None,
            };
        }
        match self.units.compiler.docstring_flag {
            Some(flag) if text.is_some() && !unit.has(flag) => Some("its first statement would be a docstring"),
            _ => text.and_then(|text| self.is_changed(text)),
        }
    }

    /// From 3.13 on compilers take indentation out of docstrings (`_PyCompile_CleanDoc`).
    fn is_changed(&self, text: &[u8]) -> Option<&'static str> {
        let mut lines = text.split(|&byte| byte == b'\n');
        let is_indented = |line: &[u8]| line.starts_with(b" ") && line.iter().any(|&byte| byte != b' ');
        let first = lines.next().unwrap_or_default().starts_with(b" ");
        let mut rest = lines.filter(|line| line.iter().any(|&byte| byte != b' ')).peekable();
        let all = rest.peek().is_some() && rest.all(is_indented);
        let is_changed = self.units.since(3, 13) && (first || all || text.contains(&b'\t'));
        is_changed.then_some("its docstring would lose its indentation")
    }
}

/// Whether `exec` or `import *` stands in a body, which may bind any name.
fn binds_any(body: &Body, held: &[u32]) -> bool {
    held.iter().any(|&node| match &body.nodes()[node as usize] {
        Node::Stmt(Stmt::Exec { .. }) => true,
        Node::Stmt(Stmt::ImportFrom { names, .. }) => names.iter().any(|alias| &*alias.name == "*"),
        _ => false,
    })
}

/// What kind of generator or coroutine the compiler would take it for.
fn waits(units: &Units, unit: &Unit, body: &Body, held: &[u32]) -> u32 {
    let any = |is: fn(&Expr) -> bool| {
        held.iter().any(|&node| matches!(&body.nodes()[node as usize], Node::Expr(expr) if is(expr)))
    };
    let yields = any(|expr| matches!(expr, Expr::Yield(_) | Expr::YieldFrom(_)));
    match unit.kind {
        UnitKind::Function | UnitKind::Lambda => {
            let is_async = unit.kind == UnitKind::Function && unit.has(Unit::COROUTINE | Unit::ASYNC_GENERATOR);
            match (is_async, yields) {
                (true, true) => Unit::ASYNC_GENERATOR,
                (true, false) => Unit::COROUTINE,
                (false, true) => Unit::GENERATOR,
                (false, false) => 0,
            }
        }
        _ => {
            let awaits =
                any(|expr| matches!(expr, Expr::Await(_))) || held.iter().any(|&node| is_async(units, body, node));
            match (unit.kind == UnitKind::GeneratorExp, awaits) {
                (true, true) if units.compiler.flags_apart => Unit::ASYNC_GENERATOR | Unit::GENERATOR,
                (true, true) => Unit::ASYNC_GENERATOR,
                (true, false) => Unit::GENERATOR,
                (false, true) => Unit::COROUTINE,
                (false, false) => 0,
            }
        }
    }
}

/// Whether a node is a comprehension with an `async for`, or one that is waited for.
fn is_async(units: &Units, body: &Body, node: u32) -> bool {
    match &body.nodes()[node as usize] {
        Node::Expr(
            Expr::ListComp { generators, .. }
            | Expr::SetComp { generators, .. }
            | Expr::DictComp { generators, .. }
            | Expr::GeneratorExp { generators, .. },
        ) => generators.iter().any(|generator| generator.is_async),
        Node::Expr(Expr::OwnComp { code, .. }) => {
            let inner = units.units.get(code.0 as usize);
            inner.is_some_and(|inner| inner.kind != UnitKind::GeneratorExp && inner.has(Unit::COROUTINE))
        }
        _ => false,
    }
}

/// What of a function's parameters text cannot say.
fn parameters(unit: &Unit, function: &Function, annotates_in_order: bool) -> Option<&'static str> {
    let (positional, all) = (unit.argcount as usize, unit.parameter_count());
    let by_keyword = positional.checked_add(unit.kwonlyargcount as usize)?;
    if all > unit.varnames.len() || unit.posonlyargcount > unit.argcount {
        return Some("it has fewer names than parameters");
    }
    let mut names: Vec<&Name> = unit.varnames[..all].iter().collect();
    if function.defaults.len() > positional {
        return Some("it has more defaults than parameters");
    }
    let keyword_names = &unit.varnames[positional..by_keyword];
    let places = function.kw_defaults.iter().map(|(name, _)| keyword_names.iter().position(|known| known == name));
    if !is_rising(places) {
        return Some("its defaults stand in another order");
    }
    let order = annotated(unit, annotates_in_order)?;
    let places = function.annotations.iter().map(|(name, _)| order.iter().position(|known| known == name));
    if !is_rising(places) {
        return Some("its annotations stand in another order");
    }
    names.sort_unstable();
    names.windows(2).any(|pair| pair[0] == pair[1]).then_some("two of its parameters have one name")
}

/// What of a function may be annotated, in the order in which compilers do: parameters before those that come by position alone
/// (`compiler_visit_annotations` in CPython's `compile.c`). None if it has fewer names than parameters.
fn annotated(unit: &Unit, in_order: bool) -> Option<Vec<Name>> {
    let (positional, all) = (unit.argcount as usize, unit.parameter_count());
    let by_keyword = positional.checked_add(unit.kwonlyargcount as usize)?;
    let positional_only = if in_order { 0 } else { unit.posonlyargcount as usize };
    let stars = unit.varnames.get(by_keyword..all)?;
    let star = stars.first().filter(|_| unit.has(Unit::VARARGS));
    let rest = stars.last().filter(|_| unit.has(Unit::VARKEYWORDS));
    let order = unit.varnames.get(positional_only..positional)?.iter().chain(&unit.varnames[..positional_only]);
    let order = order.chain(star).chain(&unit.varnames[positional..by_keyword]).chain(rest);
    Some(order.cloned().chain(["return".into()]).collect())
}

/// The texts that are the keys of the dict that a body returns, if it does no more than that.
fn returned_keys(body: &Body) -> Option<Vec<Name>> {
    let &[only] = &body.stmts[..] else { return None };
    let Stmt::Return(Some(value)) = body.get_stmt(only) else { return None };
    let Expr::Dict(items) = body.get_expr(*value) else { return None };
    let text = |key: Option<ExprId>| match body.get_expr(key?) {
        Expr::Constant(Constant::Str(text)) => std::str::from_utf8(text).ok().map(Name::from),
        _ => None,
    };
    items.iter().map(|&(key, _)| text(key)).collect()
}

/// Whether all have places, each behind the one before.
fn is_rising(places: impl Iterator<Item = Option<usize>>) -> bool {
    let mut least = Some(0);
    for place in places {
        least = match (place, least) {
            (Some(place), Some(least)) if place >= least => Some(place + 1),
            _ => return false,
        };
    }
    true
}
