//! Reading what is known of code objects from a file.

use std::cell::{Cell, RefCell};
use std::collections::{HashMap, HashSet};

use pycxray::{Code, Field, Kind, NodeId, Pyc, Value, Version};

use super::private::GENERIC;
use super::{CodeId, Compiler, Unit, UnitKind, Units};
use crate::constant::{Constant, Name};

impl Units {
    /// Those of a file.
    #[must_use]
    pub fn read(pyc: &Pyc) -> Self {
        let reader = Reader::new(pyc);
        let mut damage = super::damage::told(pyc).into_iter();
        let mut units: Vec<Unit> = Vec::with_capacity(pyc.codes().len());
        for (index, &node) in pyc.codes().iter().enumerate() {
            let damage = damage.next().flatten();
            let Some(code) = pyc.code(node) else { continue };
            let parent = reader.parent(node);
            let around = parent.and_then(|parent| units.get(parent.0 as usize));
            let id = CodeId(index as u32);
            let unit = if reader.affords(&code) { reader.unit(&code, id, around) } else { Unit::left_out(id, around) };
            units.push(Unit { damage, ..unit });
        }
        Self { version: pyc.python().version, compiler: Compiler::of(pyc.python()), units }
    }
}

struct Reader<'p> {
    pyc: &'p Pyc,
    /// Whether what comprehensions hold has `<locals>` in its qualified name.
    have_locals: bool,
    /// Which code object a node is.
    ids: HashMap<NodeId, CodeId>,
    /// Of containers: the code object that they are in.
    around: RefCell<HashMap<NodeId, Option<CodeId>>>,
    /// How many more objects constants may have: tuples may refer to each other over and over.
    budget: Cell<usize>,
    /// How many more bytes code objects may have in all, their names and constants counted as [`PLACE`] each: they may share
    /// them over and over.
    shared: Cell<usize>,
    /// The text of each name that was read: those that code objects share are read once.
    texts: RefCell<HashMap<NodeId, Name>>,
}

/// What a name or constant of a tuple costs, in bytes: of a file without sharing it takes 2 to 5 there, and here 16 to 24.
const PLACE: usize = 8;

/// What a code object costs by itself, in bytes: small ones take about 100 in the file.
const CODE: usize = 200;

/// What files of any size may have: in small ones, much is shared.
const SMALL: usize = 100_000;

impl<'p> Reader<'p> {
    fn new(pyc: &'p Pyc) -> Self {
        let ids = pyc.codes().iter().enumerate().map(|(index, &node)| (node, CodeId(index as u32))).collect();
        let shared = Cell::new(pyc.bytes().len() * 2 + SMALL);
        Self {
            pyc,
            have_locals: Compiler::of(pyc.python()).comprehensions_have_locals,
            ids,
            around: RefCell::default(),
            budget: Cell::new(pyc.tree().len() * 2),
            shared,
            texts: RefCell::default(),
        }
    }

    /// Whether what a code object has is still affordable. Counting it is part of the cost.
    fn affords(&self, code: &Code<'p>) -> bool {
        let mut left = self.shared.get().saturating_sub(CODE);
        let mut pay = |cost: usize| {
            let is_paid = cost <= left;
            left = left.saturating_sub(cost);
            is_paid
        };
        let tables = [Field::Code, Field::Linetable, Field::Exceptiontable, Field::Localspluskinds];
        let tuples =
            [Field::Names, Field::Consts, Field::Varnames, Field::Cellvars, Field::Freevars, Field::Localsplusnames];
        let mut is_paid = tables.into_iter().all(|field| pay(code.data(field).map_or(0, |(data, _)| data.len())));
        for tuple in tuples.into_iter().filter_map(|field| code.tuple(field)) {
            let most = if is_paid { self.shared.get() / PLACE + 1 } else { 0 };
            is_paid = is_paid && pay(self.pyc.tree().children(tuple).take(most).count() * PLACE);
        }
        self.shared.set(left);
        is_paid && left > 0
    }

    /// The code object in whose constants this one stands.
    fn parent(&self, node: NodeId) -> Option<CodeId> {
        let (mut at, mut passed) = (node, Vec::new());
        let mut around = self.around.borrow_mut();
        let found = loop {
            let Some(parent) = self.pyc.tree().parent(at) else { break None };
            if let Some(&id) = self.ids.get(&parent) {
                break Some(id);
            }
            if let Some(&known) = around.get(&parent) {
                break known;
            }
            passed.push(parent);
            at = parent;
        };
        around.extend(passed.into_iter().map(|container| (container, found)));
        found
    }

    fn unit(&self, code: &Code<'p>, id: CodeId, around: Option<&Unit>) -> Unit {
        let number = |field| code.number(field).and_then(|number| u32::try_from(number).ok()).unwrap_or(0);
        let name = self.text(code, Field::Name).unwrap_or_else(|| "<unknown>".into());
        let varnames = self.names(code.varnames().unwrap_or_default());
        let flags = code.number(Field::Flags).unwrap_or(0) as u32;
        // A function of Python 2 in which `exec` or `import *` stands has numbered variables all the same.
        let is_old = self.pyc.python().version < Version::new(3, 0);
        let is_function = flags & Unit::OPTIMIZED != 0 || is_old && !varnames.is_empty();
        let kind = kind(&name, is_function, around.is_some(), &varnames);
        let mut unit = Unit {
            id,
            kind,
            parent: around.map(|unit| unit.id),
            class: None,
            mangled_alone: None,
            qualname: self.text(code, Field::Qualname).unwrap_or_else(|| qualname(&name, around, self.have_locals)),
            name,
            argcount: number(Field::Argcount),
            posonlyargcount: number(Field::Posonlyargcount),
            kwonlyargcount: number(Field::Kwonlyargcount),
            flags,
            firstlineno: number(Field::Firstlineno),
            code_size: code.bytecode().len() as u32,
            varnames,
            cellvars: self.names(code.cellvars().unwrap_or_default()),
            freevars: self.names(code.freevars().unwrap_or_default()),
            names: self.names(code.items(Field::Names).collect()),
            static_attributes: None,
            seen_inside: HashSet::new(),
            damage: None,
            is_left_out: false,
            consts: code.items(Field::Consts).map(|node| self.constant(node, 0)).collect(),
        };
        unit.learn_class(around);
        unit
    }

    fn text(&self, code: &Code<'p>, field: Field) -> Option<Name> {
        let node = self.pyc.tree().resolve(code.object(field)?);
        self.pyc.text(node).is_some().then(|| self.name(node))
    }

    fn names(&self, nodes: Vec<NodeId>) -> Vec<Name> {
        nodes.into_iter().map(|node| self.name(node)).collect()
    }

    fn name(&self, node: NodeId) -> Name {
        let node = self.pyc.tree().resolve(node);
        let read = || String::from_utf8_lossy(self.pyc.text(node).unwrap_or(b"?")).into();
        self.texts.borrow_mut().entry(node).or_insert_with(read).clone()
    }

    fn constant(&self, node: NodeId, depth: usize) -> Option<Constant> {
        let node = self.pyc.tree().resolve(node);
        self.budget.set(self.budget.get().checked_sub(1)?);
        let python2 = self.pyc.python().version < Version::new(3, 0);
        let paid = |bytes: &[u8]| self.shared.get().checked_sub(bytes.len()).map(|left| self.shared.set(left));
        Some(match self.pyc.value(node) {
            Value::None => Constant::None,
            Value::Bool(value) => Constant::Bool(value),
            Value::Ellipsis => Constant::Ellipsis,
            Value::Int(value) => Constant::Int(value),
            Value::Long { negative, digits } => paid(digits).map(|()| long(negative, digits, python2))?,
            Value::Float(value) => Constant::float(value),
            Value::Complex(real, imaginary) => Constant::Complex(real.to_bits(), imaginary.to_bits()),
            Value::Bytes(bytes) if python2 => paid(bytes).map(|()| Constant::Str(bytes.into()))?,
            Value::Bytes(bytes) => paid(bytes).map(|()| Constant::Bytes(bytes.into()))?,
            Value::Text(text) if python2 && self.pyc.tree().node(node).kind == Kind::Unicode => {
                paid(text).map(|()| Constant::Unicode(text.into()))?
            }
            Value::Text(text) => paid(text).map(|()| Constant::Str(text.into()))?,
            Value::Code => Constant::Code(*self.ids.get(&node)?),
            Value::Container if depth < Constant::DEPTH => {
                let items = self.pyc.tree().children(node).map(|child| self.constant(child, depth + 1));
                let mut items = items.collect::<Option<Vec<_>>>()?;
                match self.pyc.tree().node(node).kind {
                    Kind::Tuple | Kind::SmallTuple => Constant::Tuple(items.into()),
                    Kind::FrozenSet => {
                        items.sort_unstable();
                        Constant::FrozenSet(items.into())
                    }
                    Kind::Slice => Constant::Slice(items.into()),
                    _ => return None,
                }
            }
            _ => return None,
        })
    }
}

/// Longer qualified names are not made: code objects that nest deep would have them longer and longer, all together.
const QUALNAME: usize = 1_000;

/// The qualified name as the compiler makes it (`compiler_set_qualname` in CPython's `compile.c`, which adds `<locals>` for functions
/// and lambdas alone).
pub(crate) fn qualname(name: &Name, around: Option<&Unit>, comprehensions_have_locals: bool) -> Name {
    match around {
        None => name.clone(),
        Some(around) if around.qualname.len() + name.len() > QUALNAME => name.clone(),
        Some(around) => match around.kind {
            kind if kind.is_module() => name.clone(),
            UnitKind::Class => format!("{}.{name}", around.qualname).into(),
            kind if kind.is_comprehension() && !comprehensions_have_locals => {
                format!("{}.{name}", around.qualname).into()
            }
            _ => format!("{}.<locals>.{name}", around.qualname).into(),
        },
    }
}

/// An integer of digits of 15 bits; as a plain number if it fits and its type is not one of its own.
fn long(negative: bool, digits: &[u8], is_own_type: bool) -> Constant {
    let highest = digits.chunks_exact(2).rposition(|digit| digit != [0, 0]).map_or(0, |place| place + 1);
    let digits = &digits[..highest * 2];
    let magnitude = digits.chunks_exact(2).rev().take(5).try_fold(0_i128, |sum, digit| {
        (highest <= 5).then(|| (sum << 15) + i128::from(u16::from_le_bytes([digit[0], digit[1]])))
    });
    let value = magnitude.map(|magnitude| if negative { -magnitude } else { magnitude });
    match value.and_then(|value| i64::try_from(value).ok()) {
        Some(value) if !is_own_type => Constant::Int(value),
        _ => Constant::BigInt { negative, digits: digits.into() },
    }
}

/// What a code object is the body of. Names in `<>` are the compiler's: no source can spell them.
fn kind(name: &str, is_function: bool, is_inner: bool, varnames: &[Name]) -> UnitKind {
    match name {
        "<lambda>" => UnitKind::Lambda,
        "<listcomp>" => UnitKind::ListComp,
        "<setcomp>" => UnitKind::SetComp,
        "<dictcomp>" => UnitKind::DictComp,
        "<genexpr>" => UnitKind::GeneratorExp,
        "__annotate__" if varnames.first().is_some_and(|first| matches!(&**first, "format" | ".format")) => {
            UnitKind::Annotate
        }
        _ if name.starts_with(GENERIC) => UnitKind::TypeParameters,
        _ if is_function => UnitKind::Function,
        _ if is_inner => UnitKind::Class,
        _ => UnitKind::Module,
    }
}
