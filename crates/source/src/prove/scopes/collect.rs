//! The scopes of a tree, with the names that each binds, uses and declares.

use super::{CLASS_DICT, Kind, REACHED, Scope};
use crate::ast::{Alias, Annotation, Body, Comprehension, Expr, ExprId, Function, Node, Pattern, Stmt};
use crate::constant::{Constant, Name};
use crate::unit::{CodeId, Unit, UnitKind, Units};

/// All scopes, those around before those inside; and for each code object whether a tree has it, or the compiler makes it itself.
pub(super) fn scopes(units: &Units, bodies: &[Body]) -> (Vec<Scope>, Vec<bool>) {
    let mut collector = Collector {
        units,
        bodies,
        scopes: Vec::new(),
        scope_of: vec![None; units.units.len()],
        is_placed: vec![false; units.units.len()],
        waiting: Vec::new(),
        made: Vec::new(),
    };
    for unit in &units.units {
        if collector.scope_of[unit.id.0 as usize].is_none() {
            let is_compilers = matches!(unit.kind, UnitKind::TypeParameters | UnitKind::TypeValue | UnitKind::Annotate);
            let parent = unit.parent.map(|parent| parent.0 as usize);
            // What is printed with the code object around has no node of its own.
            let is_placed = parent.is_none_or(|parent| is_compilers && collector.is_placed[parent]);
            // Of what no text has no name is used.
            let around = parent.filter(|_| is_placed).and_then(|parent| collector.scope_of[parent]);
            collector.unit(unit.id, around, is_placed);
            while let Some((code, around)) = collector.made.pop() {
                let is_placed = collector.is_placed[collector.scopes[around].code.0 as usize];
                collector.unit(code, Some(around), is_placed);
            }
        }
    }
    (collector.scopes, collector.is_placed)
}

struct Collector<'a> {
    units: &'a Units,
    bodies: &'a [Body],
    scopes: Vec<Scope>,
    /// The scope of each code object.
    scope_of: Vec<Option<usize>>,
    /// Whether the text of the outermost code object has it.
    is_placed: Vec<bool>,
    /// Nodes of the current body that are still to be gone through, each with its scope.
    waiting: Vec<(u32, usize)>,
    /// Code objects that are still to be gone through, each with the scope around.
    made: Vec<(CodeId, usize)>,
}

impl<'a> Collector<'a> {
    /// Goes through the body of a code object.
    fn unit(&mut self, code: CodeId, around: Option<usize>, is_placed: bool) {
        let at = code.0 as usize;
        let (Some(body), Some(unit)) = (self.bodies.get(at), self.units.units.get(at)) else { return };
        if self.scope_of[at].is_some() {
            return;
        }
        let index = self.open(Kind::Unit(unit.kind), code, around);
        (self.scope_of[at], self.is_placed[at]) = (Some(index), is_placed);
        self.see_class(unit, index);
        self.count_reached(body, unit, index);
        let parameters = unit.varnames.iter().take(unit.parameter_count()).cloned();
        self.scopes[index].bound.extend(parameters);
        self.waiting.extend(body.stmts.iter().rev().map(|stmt| (stmt.0, index)));
        let mut own = own_comprehension(body, unit.kind);
        while let Some((node, scope)) = self.waiting.pop() {
            self.node(body, node, scope, &mut own);
        }
    }

    /// What belongs to a class but has a code object of its own looks into the dict of the class, whatever names it has. Annotations
    /// that are texts have no names.
    fn see_class(&mut self, unit: &Unit, scope: usize) {
        let looks = match unit.kind {
            UnitKind::TypeParameters | UnitKind::TypeValue => true,
            UnitKind::Annotate => !unit.has(Unit::FUTURE_ANNOTATIONS),
            _ => false,
        };
        if looks && self.scopes[scope].around.is_some_and(|around| self.is_of_class(around)) {
            self.scopes[scope].sees_class = true;
            self.scopes[scope].used.insert(CLASS_DICT.into());
        }
    }

    /// Whether a scope is a class, or sees one.
    fn is_of_class(&self, scope: usize) -> bool {
        self.scopes[scope].is_class() || self.scopes[scope].sees_class
    }

    /// The set of the annotations that were reached is a cell wherever the compiler makes one (3.14+).
    fn count_reached(&mut self, body: &Body, unit: &Unit, scope: usize) {
        let is_class = unit.kind == UnitKind::Class;
        if self.units.since(3, 14) && (is_class || unit.kind.is_module()) && body.counts_annotations(is_class) {
            self.scopes[scope].shared.insert(REACHED.into());
        }
    }

    /// From 3.14 on each function, and each variable that is annotated, has a scope for annotations that looks into the dict of the
    /// class, though no code object may come of it.
    fn annotated(&mut self, scope: usize) {
        let unit = self.units.get(self.scopes[scope].code);
        if self.units.since(3, 14) && self.scopes[scope].is_class() && !unit.has(Unit::FUTURE_ANNOTATIONS) {
            self.scopes[scope].shared.insert(CLASS_DICT.into());
        }
    }

    fn open(&mut self, kind: Kind, code: CodeId, around: Option<usize>) -> usize {
        self.scopes.push(Scope::new(kind, code, around));
        self.scopes.len() - 1
    }

    fn node(&mut self, body: &'a Body, node: u32, scope: usize, own: &mut Option<ExprId>) {
        match &body.nodes()[node as usize] {
            Node::Stmt(Stmt::Assign { targets, value })
                if self.scopes[scope].kind == Kind::Unit(UnitKind::TypeParameters) =>
            {
                targets.iter().for_each(|&target| self.bind_target(body, target, scope));
                // What makes a type parameter is called by no name.
                if let Expr::Call { keywords, .. } = body.get_expr(*value) {
                    self.waiting.extend(keywords.iter().map(|keyword| (keyword.value.0, scope)));
                }
                return;
            }
            Node::Stmt(stmt) => self.stmt(body, stmt, scope),
            Node::Pattern(pattern) => self.pattern(pattern, scope),
            Node::Expr(expr) => {
                if let Some((first, generators)) = expr.as_comprehension() {
                    let is_own = own.take_if(|own| own.0 == node).is_some();
                    let code = self.scopes[scope].code;
                    // The variables of a list comprehension of Python 2 are those of the code around.
                    let is_plain = is_own || !self.units.since(3, 0);
                    let inner = if is_plain { scope } else { self.open(Kind::Inlined, code, Some(scope)) };
                    self.comprehension(body, first, generators, (scope, inner));
                    return;
                }
                self.expr(body, expr, scope);
            }
        }
        let mut children = Vec::new();
        body.children(node, &mut children);
        self.waiting.extend(children.into_iter().rev().map(|child| (child, scope)));
    }

    /// The first iterable belongs to the scope around, all else to that of the comprehension.
    fn comprehension(
        &mut self,
        body: &Body,
        items: [Option<ExprId>; 2],
        generators: &[Comprehension],
        (around, inner): (usize, usize),
    ) {
        self.waiting.extend(items.into_iter().flatten().map(|item| (item.0, inner)));
        for (at, generator) in generators.iter().enumerate() {
            self.bind_target(body, generator.target, inner);
            self.waiting.push((generator.target.0, inner));
            self.waiting.extend(generator.ifs.iter().map(|test| (test.0, inner)));
            let scope = if at == 0 { around } else { inner };
            self.waiting.extend(generator.iter.map(|iter| (iter.0, scope)));
        }
    }

    fn stmt(&mut self, body: &Body, stmt: &Stmt, scope: usize) {
        match stmt {
            Stmt::FunctionDef { function, name, type_params, .. } => {
                self.bind_definition(name, scope);
                self.annotated(scope);
                self.made.extend(type_params.map(|code| (code, scope)));
                if type_params.is_none() {
                    self.function(body, function, scope);
                }
            }
            Stmt::ClassDef { code, name, type_params, .. } => {
                self.bind_definition(name, scope);
                self.made.push((type_params.unwrap_or(*code), scope));
            }
            Stmt::TypeAlias { name, code } => {
                self.bind(name, scope);
                self.made.push((*code, scope));
            }
            Stmt::Delete(targets) | Stmt::Assign { targets, .. } => {
                targets.iter().for_each(|&target| self.bind_target(body, target, scope));
            }
            Stmt::AugAssign { target, .. } | Stmt::For { target, .. } => self.bind_target(body, *target, scope),
            // What makes annotations binds none of the names that it makes them for.
            Stmt::AnnAssign { .. } if self.scopes[scope].kind == Kind::Unit(UnitKind::Annotate) => {}
            Stmt::AnnAssign { target, annotation, .. } => {
                self.bind_target(body, *target, scope);
                self.annotated(scope);
                if let Annotation::Here(annotation) = annotation {
                    self.text(body, *annotation, scope);
                }
            }
            Stmt::With { items, .. } => {
                items.iter().filter_map(|item| item.optional_vars).for_each(|vars| self.bind_target(body, vars, scope));
            }
            Stmt::Try { handlers, .. } => {
                handlers.iter().filter_map(|handler| handler.name.as_ref()).for_each(|name| self.bind(name, scope));
                let targets = handlers.iter().filter_map(|handler| handler.target);
                targets.for_each(|target| self.bind_target(body, target, scope));
            }
            Stmt::Import { names, .. } => names.iter().for_each(|alias| self.bind(&bound_by_import(alias), scope)),
            Stmt::ImportFrom { names, .. } => {
                let bound = names.iter().filter(|alias| &*alias.name != "*");
                bound.for_each(|alias| self.bind(alias.asname.as_ref().unwrap_or(&alias.name), scope));
            }
            Stmt::Global(names) => self.scopes[scope].globals.extend(names.iter().cloned()),
            Stmt::Nonlocal(names) => self.scopes[scope].nonlocals.extend(names.iter().cloned()),
            _ => {}
        }
    }

    fn expr(&mut self, body: &Body, expr: &Expr, scope: usize) {
        match expr {
            Expr::Name(name) => {
                self.scopes[scope].used.insert(name.clone());
                // `super` may want the class around, wherever a function speaks of it.
                if self.units.since(3, 0) && &**name == "super" && self.scopes[scope].is_seen_from_inside() {
                    self.scopes[scope].used.insert("__class__".into());
                }
            }
            Expr::NamedExpr { target, .. } => self.bind_named(target, scope),
            Expr::Lambda(function) => self.function(body, function, scope),
            Expr::OwnComp { code, .. } => self.made.push((*code, scope)),
            // Of type parameters, the tree names the code objects of functions and classes as constants.
            Expr::Constant(Constant::Code(code)) => self.made.push((*code, scope)),
            _ => {}
        }
    }

    fn function(&mut self, body: &Body, function: &Function, scope: usize) {
        self.made.push((function.code, scope));
        self.made.extend(function.annotate.map(|code| (code, scope)));
        function.annotations.iter().for_each(|(_, annotation)| self.text(body, *annotation, scope));
    }

    fn pattern(&mut self, pattern: &Pattern, scope: usize) {
        match pattern {
            Pattern::Star(Some(name))
            | Pattern::As { name: Some(name), .. }
            | Pattern::Mapping { rest: Some(name), .. } => {
                self.bind(name, scope);
            }
            _ => {}
        }
    }

    /// The code around that of type parameters binds what is made there.
    fn bind_definition(&mut self, name: &Name, scope: usize) {
        if self.scopes[scope].kind != Kind::Unit(UnitKind::TypeParameters) {
            self.bind(name, scope);
        }
    }

    fn bind(&mut self, name: &Name, scope: usize) {
        self.scopes[scope].bound.insert(name.clone());
    }

    /// The names that a target binds.
    fn bind_target(&mut self, body: &Body, target: ExprId, scope: usize) {
        let mut targets = vec![target];
        while let Some(target) = targets.pop() {
            match body.get_expr(target) {
                Expr::Name(name) => self.bind(name, scope),
                Expr::Tuple(items) | Expr::List(items) => targets.extend(items),
                Expr::Starred(item) => targets.push(*item),
                _ => {}
            }
        }
    }

    /// `name := value` in a comprehension binds the name in the function or module around it
    /// (`symtable_extend_namedexpr_scope` in CPython's `symtable.c`).
    fn bind_named(&mut self, name: &Name, scope: usize) {
        let mut at = scope;
        while self.scopes[at].is_comprehension() {
            let Some(around) = self.scopes[at].around else { break };
            at = around;
        }
        self.bind(name, at);
        if at != scope {
            let is_global = self.scopes[at].is_module() || self.scopes[at].globals.contains(name);
            let scope = &mut self.scopes[scope];
            let declared = if is_global { &mut scope.globals } else { &mut scope.nonlocals };
            declared.insert(name.clone());
        }
    }

    /// The names in an annotation that is a text.
    fn text(&mut self, body: &Body, annotation: ExprId, scope: usize) {
        if let Expr::Constant(Constant::Str(text)) = body.get_expr(annotation) {
            let text = String::from_utf8_lossy(text);
            let names = text.split(|character: char| !character.is_alphanumeric() && character != '_');
            self.scopes[scope].in_texts.extend(names.map(Name::from));
        }
    }
}

/// `import a.b` binds `a`.
fn bound_by_import(alias: &Alias) -> Name {
    match &alias.asname {
        Some(name) => name.clone(),
        None => alias.name.split('.').next().unwrap_or_default().into(),
    }
}

/// The comprehension that a code object of its own is the body of.
fn own_comprehension(body: &Body, kind: UnitKind) -> Option<ExprId> {
    let is_own = kind.is_comprehension();
    match body.stmts.first().map(|&stmt| body.get_stmt(stmt)) {
        Some(Stmt::Return(Some(value))) if is_own => Some(*value),
        _ => None,
    }
}
