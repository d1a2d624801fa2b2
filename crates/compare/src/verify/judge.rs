//! Holding code objects against scopes.

use std::collections::{HashMap, HashSet};
use std::rc::Rc;

use pycxray::{Code, Field, NodeId, Pyc, Severity, Span, Version, counted};

use super::accepted::{Accepted, Answer};
use super::constant::Constant;
use super::contents::{Contents, field, text};
use super::pairs::{Place, place};
use super::scope::{Must, Named, Scope, ScopeKind};
use super::{Evidence, MOST_EVIDENCE, Source, Verdict, Verification};

/// Why nothing can be said of this file's contents, if so.
pub(super) fn obstacle(pyc: &Pyc) -> Option<String> {
    if pyc.codes().is_empty() {
        return Some("The file holds no code object that could be read.".into());
    }
    if let Some(damage) = pyc.diagnostics().iter().find(|said| said.severity == Severity::Error) {
        return Some(format!("The file is damaged at {:#x}: {}", damage.span.start, damage.message));
    }
    let python = pyc.python();
    if python.version < Version::new(3, 0) {
        return Some(format!(
            "The file is {} {}'s; sources are read in the grammar of Python 3.",
            python.implementation, python.version
        ));
    }
    None
}

/// Holds the contents of `pyc` against `source`.
pub(super) fn judge(pyc: &Pyc, source: &Source, verification: &mut Verification) {
    let mut judge = Judge { pyc, source, out: verification, contents: HashMap::new() };
    judge.walk();
    let Verification { evidence, reasons, contents, .. } = verification;
    *contents = match (evidence.is_empty(), reasons.is_empty()) {
        (false, _) => Verdict::Inconsistent,
        (true, true) => Verdict::Consistent,
        (true, false) => Verdict::CannotTell,
    };
}

struct Judge<'a> {
    pyc: &'a Pyc,
    source: &'a Source,
    out: &'a mut Verification,
    /// What code objects hold that were looked at already.
    contents: HashMap<NodeId, Rc<Contents>>,
}

/// A code object and the scopes that it is the code of.
struct Paired {
    code: NodeId,
    scopes: Vec<usize>,
    /// How many lines further down than they it is.
    shift: i64,
    /// Whether it is only a part of what the scopes became.
    is_part: bool,
}

impl Judge<'_> {
    fn walk(&mut self) {
        let Some(&root) = self.pyc.codes().first() else { return };
        let mut left = vec![Paired { code: root, scopes: vec![0], shift: 0, is_part: false }];
        let mut seen = HashSet::new();
        let mut found: HashSet<usize> = HashSet::new();
        while let Some(paired) = left.pop() {
            if !seen.insert(paired.code) {
                continue;
            }
            let Some(code) = self.pyc.code(paired.code) else { continue };
            self.out.compared += 1;
            let contents = self.contents(&code);
            self.forward(&code, &contents, &paired);
            if !paired.is_part {
                self.backward(&code, &contents, &paired);
                found.extend(&paired.scopes);
            }
            for &inner in contents.codes.iter().rev() {
                left.extend(self.inner(inner, &paired));
            }
        }
        if root == self.pyc.codes()[0] {
            self.absent(&found);
        }
    }

    /// What a code object holds.
    fn contents(&mut self, code: &Code<'_>) -> Rc<Contents> {
        Rc::clone(self.contents.entry(code.id()).or_insert_with(|| Rc::new(Contents::of(code))))
    }

    fn scope(&self, id: usize) -> &Scope {
        &self.source.scopes[id]
    }

    /// The scopes of a code object inside another.
    fn inner(&mut self, id: NodeId, outer: &Paired) -> Option<Paired> {
        let code = self.pyc.code(id)?;
        let name = field(&code, Field::Name);
        match place(self.pyc, &code, &self.source.scopes, &outer.scopes, outer.shift) {
            Place::PartOfParent => {
                Some(Paired { code: id, scopes: outer.scopes.clone(), shift: outer.shift, is_part: true })
            }
            Place::Nowhere => {
                let message = format!("The source has no {} where the file has one.", sort_of(&name));
                self.tell(message, id, code.field_span(Field::Name), None);
                None
            }
            Place::Scope(found) => {
                let first = self.scope(found.scopes[0]).first_line;
                if !found.line_fits {
                    let said = code.number(Field::Firstlineno).unwrap_or(0);
                    let message =
                        format!("{} begins on line {first} of the source; the file says line {said}.", sort_of(&name));
                    self.tell(message, id, code.field_span(Field::Firstlineno), Some(first));
                }
                Some(Paired { code: id, scopes: found.scopes, shift: found.shift, is_part: false })
            }
        }
    }

    /// What the code object has and the source cannot have made.
    fn forward(&mut self, code: &Code<'_>, contents: &Contents, paired: &Paired) {
        let accepted = Accepted::new(&self.source.scopes, &paired.scopes, self.pyc);
        for (constant, id) in &contents.constants {
            match accepted.constant(constant) {
                Answer::Yes => {}
                Answer::No => {
                    let message = format!("The source has no {} {} there.", constant.sort(), constant.quoted());
                    self.tell(message, code.id(), Some(self.span(*id)), None);
                }
                Answer::Unknown => {
                    let reason =
                        "A constant expression of the source was not worked out, and some constants may be its value.";
                    if !self.out.reasons.iter().any(|said| said == reason) {
                        self.out.reasons.push(reason.into());
                    }
                }
            }
        }
        for (name, id) in contents.all_names() {
            if !accepted.name(name) {
                let message = format!("The source has no name {} there.", pycxray::shown(name.as_bytes(), 60));
                self.tell(message, code.id(), Some(self.span(*id)), None);
            }
        }
        if !paired.is_part {
            self.signature(code, contents, paired);
            self.lines(code, paired);
        }
    }

    /// Whether the parameters are those of the source.
    fn signature(&mut self, code: &Code<'_>, contents: &Contents, paired: &Paired) {
        let [scope] = paired.scopes[..] else { return };
        let scope = self.scope(scope);
        if !matches!(scope.kind, ScopeKind::Function | ScopeKind::Lambda) {
            return;
        }
        let (counts, line) = (scope.counts, scope.first_line);
        let fields = [Field::Argcount, Field::Posonlyargcount, Field::Kwonlyargcount];
        let differs = fields
            .iter()
            .zip(counts)
            .find(|(field, count)| code.number(**field).is_some_and(|said| usize::try_from(said) != Ok(*count)));
        let parameters = scope.parameters.clone();
        if let Some((wrong, count)) = differs {
            let said = code.number(*wrong).unwrap_or(0);
            let message = format!("co_{} is {said}, where the source has {count}.", wrong.name());
            self.tell(message, code.id(), code.field_span(*wrong), Some(line));
            return;
        }
        for (parameter, (name, id)) in parameters.iter().zip(&contents.variables) {
            if name != parameter && !name.ends_with(parameter.as_str()) {
                let message = format!("A parameter is named {name}, where the source has {parameter}.");
                self.tell(message, code.id(), Some(self.span(*id)), Some(line));
                return;
            }
        }
    }

    /// Whether something stands on the lines that instructions have.
    fn lines(&mut self, code: &Code<'_>, paired: &Paired) {
        let first = paired.scopes.iter().map(|&id| self.scope(id).first_line).min().unwrap_or(1);
        let last = paired.scopes.iter().map(|&id| self.scope(id).last_line).max().unwrap_or(u32::MAX);
        let is_module = paired.scopes == [0];
        let count = self.source.lines.count();
        let mut told = HashSet::new();
        for entry in code.line_entries().filter(|entry| entry.end > entry.start) {
            let Some(line) = entry.position.line.and_then(|line| u32::try_from(line).ok()) else { continue };
            if line == 0 || is_module && line == 1 || !told.insert(line) {
                continue;
            }
            let in_source = u32::try_from(i64::from(line).saturating_sub(paired.shift));
            let in_source = in_source.ok().filter(|line| *line > 0).unwrap_or(line);
            let is_inside = is_module || (first..=last).contains(&in_source);
            if is_inside && self.source.lines_with_code.contains(&in_source) {
                continue;
            }
            let elsewhere = match in_source == line {
                true => String::new(),
                false => format!(" ({in_source} in this source)"),
            };
            let on = format!("An instruction is on line {line}{elsewhere}");
            let message = if in_source > count {
                format!("{on}; the source has {}.", counted(count, "line"))
            } else if is_inside {
                format!("{on}, on which the source has nothing that is compiled.")
            } else {
                format!("{on}, outside of lines {first} to {last} of the source.")
            };
            self.tell(message, code.id(), Some(entry.span), Some(in_source));
        }
    }

    /// What the source has, and must have left in the code object or in those inside it.
    fn backward(&mut self, code: &Code<'_>, contents: &Contents, paired: &Paired) {
        let mut held = Held::default();
        held.add(contents);
        let live: Vec<Must> = paired.scopes.iter().flat_map(|&id| self.scope(id).live.clone()).collect();
        let missing: Vec<&Must> = live.iter().filter(|must| !held.has(&must.what)).collect();
        // Of two that look alike, each has but its own.
        if missing.is_empty() || paired.scopes.len() > 1 {
            return;
        }
        let mut left = contents.codes.clone();
        let mut seen = HashSet::new();
        while let Some(id) = left.pop() {
            let Some(inner) = self.pyc.code(id).filter(|_| seen.insert(id)) else { continue };
            let contents = self.contents(&inner);
            held.add(&contents);
            left.extend(&contents.codes);
        }
        for must in missing {
            if !held.has(&must.what) {
                let message = match &must.what {
                    Named::Name(name) => format!("The file does not use the name {name}, which the source has there."),
                    Named::Constant(constant) => {
                        format!(
                            "The file has no {} {}, which the source has there.",
                            constant.sort(),
                            constant.quoted()
                        )
                    }
                };
                self.tell(message, code.id(), Some(code.span()), Some(must.line));
            }
        }
    }

    /// The functions and classes of the source that have no code object.
    fn absent(&mut self, found: &HashSet<usize>) {
        let mut missing = Vec::new();
        for (id, scope) in self.source.scopes.iter().enumerate() {
            let parent_found = scope.parent.is_some_and(|parent| found.contains(&parent));
            let is_own = matches!(scope.kind, ScopeKind::Function | ScopeKind::Class);
            if scope.is_live && is_own && parent_found && !found.contains(&id) {
                missing.push((scope.qualname.clone(), scope.first_line));
            }
        }
        let root = self.pyc.codes()[0];
        for (name, line) in missing {
            self.tell(format!("The file has no {name}, which the source has."), root, None, Some(line));
        }
    }

    fn span(&self, id: NodeId) -> Span {
        self.pyc.tree().node(id).span
    }

    fn tell(&mut self, message: String, code: NodeId, span: Option<Span>, line: Option<u32>) {
        if self.out.evidence.len() >= MOST_EVIDENCE {
            self.out.more += 1;
            return;
        }
        let span = span.unwrap_or_else(|| self.span(code));
        let name = self.pyc.code(code).and_then(|code| {
            let object = code.object(Field::Qualname).or(code.object(Field::Name))?;
            text(self.pyc, object)
        });
        let name = pycxray::shown(name.unwrap_or_default().as_bytes(), 80);
        self.out.evidence.push(Evidence {
            message: format!("{}: {message}", name.trim_matches('\'')),
            code,
            span,
            line,
        });
    }
}

/// How a sentence calls the scope of a code object's name.
fn sort_of(name: &str) -> String {
    match name {
        "<lambda>" => "lambda".into(),
        "<listcomp>" => "list comprehension".into(),
        "<setcomp>" => "set comprehension".into(),
        "<dictcomp>" => "dict comprehension".into(),
        "<genexpr>" => "generator expression".into(),
        _ => format!("function or class {}", pycxray::shown(name.as_bytes(), 60).trim_matches('\'')),
    }
}

/// What code objects hold.
#[derive(Default)]
struct Held {
    named: HashSet<Named>,
}

impl Held {
    fn add(&mut self, contents: &Contents) {
        for (name, _) in contents.all_names() {
            self.named.insert(Named::Name(name.clone()));
        }
        for (constant, _) in &contents.constants {
            if let Constant::Text(text) = constant {
                self.named.insert(Named::Name(text.clone()));
            }
            self.named.insert(Named::Constant(constant.clone()));
        }
    }

    fn has(&self, what: &Named) -> bool {
        self.named.contains(what)
    }
}
