//! What hides in the constants of a file, encoded and compressed: looked for between requests, told where the constant is.

use std::collections::HashMap;
use std::sync::Arc;

use pycxray::python::Python;
use pycxray::{Item, NodeId, Options, Pyc, Severity};
use pycxray_container::{Chain, Kind, Limits, Payload, PayloadSearch, Unpacked};

use crate::file::File;
use crate::protocol::{CardPayload, TreeContent, TreeRow};
use crate::reading::python_name;

/// Of larger code objects, in bytes, the Python is told when they are opened.
const LOOKED_AT: usize = 4 << 20;

/// How long the value of a constant is beside what it holds, in characters.
const VALUE: usize = 10;

/// What was found up to now.
#[derive(Debug)]
pub(crate) struct Payloads {
    /// `None` when all is looked at.
    search: Option<Box<PayloadSearch>>,
    found: Vec<Found>,
    /// Which of them a constant holds, or is a part of.
    of_constant: HashMap<NodeId, u32>,
}

/// Something that constants come to.
#[derive(Debug)]
struct Found {
    chain: Chain,
    /// The chain, and what is at its end.
    words: String,
    /// The Python that it is to be read as, where by itself it would be read as another's.
    python: Option<&'static Python>,
}

impl Payloads {
    /// Of a file in which nothing was looked for yet.
    pub(crate) fn new(file: &File) -> Self {
        let search = file.other.is_none().then(|| Box::new(PayloadSearch::new(&file.pyc, &Limits::default())));
        Self { search, found: Vec::new(), of_constant: HashMap::new() }
    }

    /// Whether all is looked at.
    pub(crate) fn is_complete(&self) -> bool {
        self.search.is_none()
    }

    /// Looks at the next part of the file. Whether there is anything new to say.
    pub(crate) fn look_on(&mut self, pyc: &Pyc) -> bool {
        if self.search.as_mut().is_none_or(|search| !search.step(pyc)) {
            return false;
        }
        let found = self.search.take().map_or_else(Vec::new, |search| search.finish().found);
        for (number, payload) in (0u32..).zip(found) {
            let joined = || payload.chain.parts.iter().filter_map(|part| pyc.leaf_at(part.start)?.object());
            match payload.constant {
                Some(constant) => drop(self.of_constant.entry(constant).or_insert(number)),
                // What they are joined to says more than each does alone.
                None => self.of_constant.extend(joined().map(|constant| (constant, number))),
            }
            self.found.push(Found::of(pyc, payload));
        }
        !self.found.is_empty()
    }

    /// What a constant holds, or a reference to it.
    fn of(&self, pyc: &Pyc, item: Item) -> Option<(u32, &Found)> {
        let number = *self.of_constant.get(&pyc.tree().resolve(item.object()?))?;
        Some((number, self.found.get(number as usize)?))
    }

    /// Has a row of the tree say what its constant holds.
    pub(crate) fn mark(&self, file: &File, row: &mut TreeRow) {
        let TreeContent::Value { value, meaning, .. } = &mut row.content else { return };
        let Some((_, found)) = row.item.item(&file.pyc).and_then(|item| self.of(&file.pyc, item)) else { return };
        value.shorten(VALUE);
        *meaning = format!("holds: {}", found.words);
    }

    /// What a constant holds, in words.
    pub(crate) fn words(&self, pyc: &Pyc, item: Item) -> Option<&str> {
        self.of(pyc, item).map(|(_, found)| found.words.as_str())
    }

    /// What the card of a constant says of it.
    pub(crate) fn card(&self, pyc: &Pyc, item: Item) -> Option<CardPayload> {
        let (number, found) = self.of(pyc, item)?;
        Some(CardPayload {
            number,
            name: format!("payload-{}", number + 1),
            words: found.words.clone(),
            parts: found.chain.parts.len(),
            python: found.python.map(python_name),
        })
    }

    /// The bytes of one; `None` if there is no such.
    pub(crate) fn decode(&self, pyc: &Pyc, number: u32) -> Option<Unpacked> {
        let found = self.found.get(number as usize)?;
        Some(found.chain.decode(pyc.bytes(), Limits::default().member_bytes))
    }
}

impl Found {
    fn of(pyc: &Pyc, payload: Payload) -> Self {
        let Payload { chain, kind, size, .. } = payload;
        let python = (kind == Kind::Code && size <= LOOKED_AT).then(|| python_of(pyc, &chain));
        let end = match (kind, python) {
            (Kind::Code, Some((python, _))) => format!("marshalled code ({})", python_name(python)),
            (Kind::Code, None) => "marshalled code".to_owned(),
            (kind, _) => kind.name(),
        };
        let words = chain.leading_to(&end);
        Self { chain, words, python: python.filter(|(_, is_open)| *is_open).map(|(python, _)| python) }
    }
}

/// The Python that wrote marshalled code in the constants of a file, and whether the code by itself would be read as another's:
/// what loads it is the Python of the file, so that this comes first.
fn python_of(pyc: &Pyc, chain: &Chain) -> (&'static Python, bool) {
    let bytes = Arc::new(chain.decode(pyc.bytes(), LOOKED_AT).bytes);
    let outer = pyc.python();
    let as_outer = Pyc::parse_with(Arc::clone(&bytes), Options { python: Some(outer), ..Options::default() });
    let detected = Pyc::parse_with(bytes, Options::default()).detection().python;
    if as_outer.diagnostics().iter().any(|said| said.severity == Severity::Error) {
        return (detected, false);
    }
    (outer, python_name(outer) != python_name(detected))
}
