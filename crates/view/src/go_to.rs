//! Going where the address or the user says, and saying where that is.

use pycxray::{Field, Item, NodeId};

use crate::file::File;
use crate::labels;
use crate::protocol::{Place, place::number};
use crate::selection::Step;
use crate::text::displayable;

/// Of a file with more code objects than this, places are told by offsets. The largest module of CPython's library has some
/// thousands.
const NAMED: usize = 10_000;

/// The place of what is chosen.
pub(crate) fn place(file: &File, chosen: &Step) -> Place {
    match chosen.item {
        None => Place::default(),
        _ if file.pyc.codes().len() > NAMED => by_offset(file, chosen),
        Some(item) if file.pyc.span(item) != chosen.span => by_offset(file, chosen),
        Some(Item::Object(id)) if labels::is_code(&file.pyc, id) => by_name(file, id, None),
        Some(Item::Instruction(code, at)) => by_name(file, code, Some(at)),
        _ => by_offset(file, chosen),
    }
}

fn by_offset(file: &File, chosen: &Step) -> Place {
    let span = chosen.span;
    let smallest = crate::item::clicked(&file.pyc, span.start);
    let is_smallest = smallest.is_some_and(|item| file.pyc.span(item) == span);
    Place { offset: Some(span.start), length: (!is_smallest).then(|| span.len()), ..Place::default() }
}

fn by_name(file: &File, code: NodeId, at: Option<u32>) -> Place {
    let name = labels::qualname(&file.pyc, code);
    let earlier = file.code_names().named(&file.pyc, &name).take_while(|&other| other != code).count();
    // Where the name has a `~` itself, a number behind it tells them apart.
    let name = if earlier > 0 || name.contains('~') { format!("{name}~{}", earlier + 1) } else { name };
    Place { code: Some(name), at, ..Place::default() }
}

/// What is chosen at a place; `None` if the file has none such.
pub(crate) fn step_to_place(file: &File, place: &Place) -> Option<Step> {
    if let Some(code) = &place.code {
        let code = code_named(file, code)?;
        let item = match place.at {
            None => Item::Object(code),
            Some(at) => file.instruction_item(code, at)?,
        };
        return Some(Step::to(file, item));
    }
    let offset = place.offset.filter(|&offset| offset < file.size())?;
    let Some(length) = place.length.filter(|&length| length > 0) else { return Step::to_offset(file, offset) };
    let range = Step::to_range(file, offset, offset.saturating_add(length - 1))?;
    // The whole of a thing is the thing.
    match range.item.filter(|&item| file.pyc.span(item) == range.span) {
        Some(item) => Some(Step::to(file, item)),
        None => Some(range),
    }
}

/// The qualified name of a function or class; `None` for a module, and in files that have very many.
pub(crate) fn function_name(file: &File, code: NodeId) -> Option<String> {
    let is_inner = labels::outer_code(&file.pyc, code).is_some() && file.pyc.codes().len() <= NAMED;
    is_inner.then(|| labels::qualname(&file.pyc, code))
}

/// The first function or class of this qualified name; `None` also in files that have very many.
pub(crate) fn function_named(file: &File, name: &str) -> Option<NodeId> {
    (file.pyc.codes().len() <= NAMED).then(|| file.code_names().named(&file.pyc, name).next())?
}

/// The code object that a name names: `A.method`, `A.method~2`; or the first whose own name it is.
fn code_named(file: &File, name: &str) -> Option<NodeId> {
    let numbered = name.rsplit_once('~').and_then(|(plain, nth)| Some((plain, number(nth)? as usize)));
    let (plain, nth) = numbered.unwrap_or((name, 1));
    let nth = nth.max(1) - 1;
    let exact = file.code_names().named(&file.pyc, plain).nth(nth);
    let same = |&&code: &&NodeId| labels::code_name(&file.pyc, code) == plain;
    exact.or_else(|| file.pyc.codes().iter().filter(same).nth(nth).copied())
}

/// Where a user who looks at `listed`, with the cursor at an offset, wants to go: `0xad`, `173`, `+16`, `-0x10` from the cursor,
/// `walrus`, `walrus:46`, `:46` in the listed code object, `line 4` there.
///
/// # Errors
/// A sentence that says what was not understood, or is not there.
pub(crate) fn step_to_text(file: &File, text: &str, cursor: u32, listed: Option<NodeId>) -> Result<Step, String> {
    let text = text.trim();
    let shown = displayable(text);
    if text.is_empty() {
        return Err("Type an offset such as 0xad, or a function and an offset in it such as main:46.".to_owned());
    }
    if let Some(distance) = text.strip_prefix(['+', '-']) {
        let distance = number(distance.trim()).ok_or_else(|| format!("{shown} is no distance."))?;
        let to = if text.starts_with('+') { cursor.checked_add(distance) } else { cursor.checked_sub(distance) };
        return step_to_offset(file, to, &shown);
    }
    if let Some(offset) = number(text) {
        return step_to_offset(file, Some(offset), &shown);
    }
    if let Some(line) = text.strip_prefix("line").and_then(|line| number(line.trim())) {
        return step_to_line(file, line, listed);
    }
    let (name, at) = match text.rsplit_once(':') {
        Some((name, at)) => (name.trim(), Some(number(at.trim()).ok_or(format!("{shown}: {at} is no offset."))?)),
        None => (text, None),
    };
    let code = if name.is_empty() { listed } else { code_named(file, name) };
    let code = code.ok_or_else(|| format!("No function or class is called {}.", displayable(name)))?;
    let item = match at {
        None => Some(Item::Object(code)),
        Some(at) => file.instruction_item(code, at),
    };
    let item = item.ok_or_else(|| format!("{shown}: its bytecode ends before that."))?;
    Ok(Step::to(file, item))
}

fn step_to_offset(file: &File, offset: Option<u32>, shown: &str) -> Result<Step, String> {
    let there = offset.filter(|&offset| offset < file.size()).and_then(|offset| Step::to_offset(file, offset));
    there.ok_or_else(|| match file.size() {
        0 => "The file is empty.".to_owned(),
        size => format!("{shown} is not in the file, which ends at {size:#x}."),
    })
}

/// The first instruction of a source line: in the code object of the listing, else in any.
fn step_to_line(file: &File, line: u32, listed: Option<NodeId>) -> Result<Step, String> {
    let mut codes = listed.into_iter().chain(file.pyc.codes().iter().copied());
    let found = codes.find_map(|code| line_in(file, code, line));
    found.map(|item| Step::to(file, item)).ok_or_else(|| format!("No bytecode belongs to line {line}."))
}

/// The first instruction of a source line in a code object.
fn line_in(file: &File, code: NodeId, line: u32) -> Option<Item> {
    let view = file.pyc.code(code)?;
    let (first, line) = (view.number(Field::Firstlineno).unwrap_or(0), i64::from(line));
    if first > line {
        return None;
    }
    // Up to 3.9 no entry is needed for the first line.
    if first == line && view.line_entries().implied_size() > 0 {
        return Some(Item::Instruction(code, 0));
    }
    let mut entries = view.line_entries();
    let entry = entries.find(|entry| entry.end > entry.start && entry.position.line.map(i64::from) == Some(line))?;
    file.instruction_item(code, entry.start)
}
