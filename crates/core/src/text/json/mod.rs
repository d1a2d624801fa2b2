//! Everything that is known of a file, as JSON of schema 1: `pycxray json`.
//!
//! The text is written straight into one buffer, in slices. A code object comes before those in its constants; what a version
//! lacks is `null`; offsets are as that version's `dis` gives them.

use crate::code::tables::ExceptionEntries;
use crate::marshal::{Field, NodeId};
use crate::text::ascii::stands_for_itself_in_json as stands_for_itself;
use crate::text::buffer::Text;
use crate::text::disassembly::{Disassembly, SHORT};
use crate::text::slices::Slices;
use crate::{Code, Diagnostic, Limits, Pyc, Span, code_flags};

mod instruction;
mod string;

pub use string::write_json_string;

use instruction::{Names, Repetition, write_beginning, write_rest};
use string::{write_escaping, write_hex, write_string};

/// What is written next.
#[derive(Clone, Copy, Debug)]
enum Stage {
    Head,
    /// A code object up to its lists of names.
    Code(usize),
    /// A list of names, or the constants: items of a code object's list from a position on.
    Items(usize, usize, usize),
    /// Instructions of a code object.
    Instructions(usize),
    /// Entries of a code object's exception table, from an offset in the table on.
    Exceptions(usize, usize),
    /// The diagnostics from this one on.
    Diagnostics(usize),
    Done,
}

/// The lists of a code object, in the order in which they are written.
const LISTS: [(&str, Field); 5] = [
    (",\"names\":", Field::Names),
    (",\"varnames\":", Field::Varnames),
    (",\"freevars\":", Field::Freevars),
    (",\"cellvars\":", Field::Cellvars),
    (",\"consts\":", Field::Consts),
];

/// Writes a file's JSON in slices. Between them it borrows nothing.
///
/// ```
/// let pyc = pycxray::Pyc::parse(vec![0xcb, 0x0d, 0x0d, 0x0a]);
/// let mut export = pycxray::JsonExport::new(&pyc, Some("cut.pyc"), pycxray::Limits::default());
/// let mut json = String::new();
/// while !export.step(&pyc, 10_000, &mut json) {
///     // A page may draw here, and a program may write out what there is so far.
/// }
/// assert!(json.starts_with(r#"{"schema":1,"file":{"name":"cut.pyc","size":4}"#));
/// ```
#[derive(Clone, Debug)]
pub struct JsonExport {
    name: Option<String>,
    stage: Stage,
    disassembly: Disassembly,
    /// The list that is being written.
    items: Vec<NodeId>,
    /// What the slice that is being written comes to.
    text: Text,
    scratch: Text,
    names: Names,
    repeated: Repetition,
    /// What was found behind the file's own diagnostics.
    more: Vec<Diagnostic>,
}

impl JsonExport {
    /// Begins; writes nothing yet. `name` is that of the file.
    #[must_use]
    pub fn new(pyc: &Pyc, name: Option<&str>, limits: Limits) -> Self {
        Self {
            name: name.map(str::to_owned),
            stage: Stage::Head,
            disassembly: Disassembly::for_programs(pyc, limits),
            items: Vec::new(),
            text: Text::default(),
            scratch: Text::default(),
            names: Names::new(),
            repeated: Repetition::default(),
            more: Vec::new(),
        }
    }

    /// Lists these diagnostics too, behind the file's own: those of an [`Inspection`](crate::Inspection). There is time for it
    /// while [`JsonExport::is_at_diagnostics`] says no.
    pub fn add_diagnostics(&mut self, more: Vec<Diagnostic>) {
        self.more = more;
    }

    /// Whether everything before the diagnostics is written.
    #[must_use]
    pub fn is_at_diagnostics(&self) -> bool {
        matches!(self.stage, Stage::Diagnostics(_) | Stage::Done)
    }

    /// All of it at once.
    #[must_use]
    pub fn whole(pyc: &Pyc, name: Option<&str>, limits: Limits) -> String {
        let mut export = Self::new(pyc, name, limits);
        // Measured on standard libraries: about 40 bytes of JSON for each byte of the file.
        let mut out = String::with_capacity((pyc.bytes().len() * 40).min(64 << 20));
        while !export.step(pyc, usize::MAX, &mut out) {}
        out
    }

    /// Goes on for `budget` instructions or so, behind what is in `out`, and not beyond the last code object in one go. `true`
    /// when all is written. `pyc` must be the same each time.
    pub fn step(&mut self, pyc: &Pyc, budget: usize, out: &mut String) -> bool {
        self.write_text(pyc, budget, out)
    }

    /// The same as bytes, for whoever only passes them on: they are UTF-8, and are neither checked for it nor copied.
    pub fn step_bytes(&mut self, pyc: &Pyc, budget: usize, out: &mut Vec<u8>) -> bool {
        self.write_bytes(pyc, budget, out)
    }

    /// A code object up to its lists.
    fn write_code(&mut self, out: &mut Text, code: &Code<'_>) {
        out.push_str("{\"name\":");
        self.write_text_field(out, code, Field::Name);
        out.push_str(",\"qualname\":");
        self.write_text_field(out, code, Field::Qualname);
        out.push_str(",\"filename\":");
        self.write_text_field(out, code, Field::Filename);
        let is_listed = !self.disassembly.is_passed_over();
        let numbers = [
            (",\"firstlineno\":", code.number(Field::Firstlineno)),
            (",\"argcount\":", code.number(Field::Argcount)),
            (",\"posonlyargcount\":", code.number(Field::Posonlyargcount)),
            (",\"kwonlyargcount\":", code.number(Field::Kwonlyargcount)),
            (",\"nlocals\":", if is_listed { code.nlocals() } else { None }),
            (",\"stacksize\":", code.number(Field::Stacksize)),
            (",\"flags\":", code.number(Field::Flags)),
        ];
        for (key, number) in numbers {
            out.push_str(key);
            write_number(out, number);
        }
        write_flag_names(out, code);
    }

    /// Goes on with a list from one of its items on. Says where to go on from; `None` when it is complete.
    fn write_items(
        &mut self,
        out: &mut Text,
        code: &Code<'_>,
        key: &str,
        field: Field,
        from: usize,
        budget: &mut usize,
    ) -> Option<usize> {
        if from == 0 {
            out.push_str(key);
            let is_listed = !self.disassembly.is_passed_over();
            self.items.clear();
            if !is_listed || !add_items(code, field, &mut self.items) {
                out.push_str(if field == Field::Consts { "[]" } else { "null" });
                return None;
            }
            out.push('[');
        }
        let mut at = from;
        while let Some(&item) = self.items.get(at) {
            if *budget == 0 && at > from {
                return Some(at);
            }
            let start = out.len();
            if at > 0 {
                out.push(',');
            }
            if field == Field::Consts {
                let limit = self.disassembly.operands.limit();
                self.scratch.clear();
                self.disassembly.operands.reprs().write_text(&mut self.scratch, code.pyc(), item, limit);
                write_string(out, self.scratch.as_bytes());
                self.disassembly.spend(out.len() - start);
            } else {
                match code.pyc().text(item) {
                    Some(text) => write_string(out, self.disassembly.text(text)),
                    None => out.push_str("null"),
                }
            }
            at += 1;
            *budget = budget.saturating_sub(1 + self.disassembly.take_debt());
        }
        out.push(']');
        None
    }

    fn write_text_field(&mut self, out: &mut Text, code: &Code<'_>, field: Field) {
        match code.text(field) {
            Some(text) => write_string(out, self.disassembly.text(text)),
            None => out.push_str("null"),
        }
    }

    /// `true` when there are no more.
    fn write_instructions(&mut self, out: &mut Text, code: &Code<'_>, budget: &mut usize) -> bool {
        let (pyc, base) = (code.pyc(), code.bytecode_start());
        let (scratch, names, repeated) = (&mut self.scratch, &mut self.names, &mut self.repeated);
        self.disassembly.run(code, budget, |disassembly, instruction, position| {
            write_beginning(out, pyc.python(), names, instruction);
            let start = out.len();
            disassembly.operands.write_text(out, pyc, instruction, &disassembly.targets);
            let text = &out.as_bytes()[start..];
            if text.len() > SHORT {
                disassembly.spend(text.len());
            }
            // Nearly all of it stands for itself: then it is where it belongs.
            if !stands_for_itself(text) {
                scratch.clear();
                scratch.push_utf8(text);
                out.truncate(start);
                write_escaping(out, scratch.as_bytes());
            }
            write_rest(out, pyc.python(), instruction, position, base, repeated);
        })
    }
}

impl Slices for JsonExport {
    fn text(&mut self) -> &mut Text {
        &mut self.text
    }

    fn pauses(&self) -> bool {
        matches!(self.stage, Stage::Diagnostics(0))
    }

    fn write_slice(&mut self, out: &mut Text, pyc: &Pyc, mut budget: usize) -> bool {
        let begins_diagnostics = self.is_at_diagnostics();
        // The code object that the last step was about: most steps are about the same.
        let mut known = None;
        while budget > 0 && self.is_at_diagnostics() == begins_diagnostics {
            // What is many is counted where it is written.
            budget -= usize::from(!matches!(self.stage, Stage::Instructions(_)));
            let code = match self.stage {
                Stage::Code(number)
                | Stage::Items(number, ..)
                | Stage::Instructions(number)
                | Stage::Exceptions(number, _) => {
                    let same = known.filter(|(of, _)| *of == number);
                    let (_, code) = *known
                        .insert(same.unwrap_or_else(|| (number, pyc.codes().get(number).and_then(|&id| pyc.code(id)))));
                    code
                }
                _ => None,
            };
            self.stage = match (self.stage, code) {
                (Stage::Head, _) => {
                    write_head(out, pyc, self.name.as_deref());
                    next_code(out, pyc, 0)
                }
                (Stage::Code(number), Some(code)) => {
                    self.disassembly.turn_to(&code);
                    self.write_code(out, &code);
                    Stage::Items(number, 0, 0)
                }
                (Stage::Items(number, list, at), Some(code)) => match LISTS.get(list) {
                    Some(&(key, field)) => match self.write_items(out, &code, key, field, at, &mut budget) {
                        Some(next) => Stage::Items(number, list, next),
                        None => Stage::Items(number, list + 1, 0),
                    },
                    None => {
                        write_span(out, code.span());
                        out.push_str(",\n\"instructions\":[");
                        Stage::Instructions(number)
                    }
                },
                (Stage::Instructions(number), Some(code)) => {
                    if self.write_instructions(out, &code, &mut budget) {
                        out.push_str("],\n\"exceptions\":");
                        Stage::Exceptions(number, 0)
                    } else {
                        Stage::Instructions(number)
                    }
                }
                (Stage::Exceptions(number, at), Some(code)) => {
                    match write_exceptions(out, &code, !self.disassembly.is_passed_over(), at, &mut budget) {
                        Some(next) => Stage::Exceptions(number, next),
                        None => next_code(out, pyc, number + 1),
                    }
                }
                (
                    Stage::Code(number)
                    | Stage::Items(number, ..)
                    | Stage::Instructions(number)
                    | Stage::Exceptions(number, _),
                    None,
                ) => next_code(out, pyc, number + 1),
                (Stage::Diagnostics(number), _) => match pyc.diagnostics().iter().chain(&self.more).nth(number) {
                    Some(diagnostic) => {
                        out.push_str(if number == 0 { "\n" } else { ",\n" });
                        out.push_str("{\"severity\":\"");
                        out.push_str(diagnostic.severity.name());
                        out.push_str("\",\"code\":\"");
                        out.push_str(diagnostic.code);
                        out.push_str("\",\"message\":");
                        write_string(out, diagnostic.message.as_bytes());
                        write_span(out, diagnostic.span);
                        out.push('}');
                        Stage::Diagnostics(number + 1)
                    }
                    None => {
                        out.push_str("]}\n");
                        Stage::Done
                    }
                },
                (Stage::Done, _) => return true,
            };
        }
        matches!(self.stage, Stage::Done)
    }
}

fn next_code(out: &mut Text, pyc: &Pyc, number: usize) -> Stage {
    if number < pyc.codes().len() {
        out.push_str(if number == 0 { "\n" } else { ",\n" });
        Stage::Code(number)
    } else {
        out.push_str("],\n\"diagnostics\":[");
        Stage::Diagnostics(0)
    }
}

fn write_head(out: &mut Text, pyc: &Pyc, name: Option<&str>) {
    out.push_str("{\"schema\":1,\"file\":{\"name\":");
    match name {
        Some(name) => write_string(out, name.as_bytes()),
        None => out.push_str("null"),
    }
    out.push_str(",\"size\":");
    out.push_u64(pyc.bytes().len() as u64);
    let (python, detection) = (pyc.python(), pyc.detection());
    out.push_str("},\n\"python\":{\"implementation\":\"");
    out.push_str(python.implementation.name());
    out.push_str("\",\"version\":\"");
    out.push_str(&python.version.to_string());
    out.push_str(if detection.certain { "\",\"certain\":true" } else { "\",\"certain\":false" });
    out.push_str(",\"candidates\":[");
    for (position, candidate) in detection.candidates.iter().enumerate() {
        if position > 0 {
            out.push(',');
        }
        write_string(out, format!("{} {}", candidate.implementation, candidate.version).as_bytes());
    }
    let header = pyc.header();
    out.push_str("]},\n\"header\":{\"kind\":\"");
    out.push_str(header.kind().name());
    let numbers = [
        ("\",\"magic\":", header.magic),
        (",\"flags\":", header.flags),
        (",\"mtime\":", header.mtime),
        (",\"source_size\":", header.source_size),
    ];
    for (key, number) in numbers {
        out.push_str(key);
        write_number(out, number.map(i64::from));
    }
    out.push_str(",\"source_hash\":");
    match header.source_hash {
        Some(hash) => {
            out.push('"');
            hash.iter().for_each(|byte| write_hex(out, (*byte).into(), 2));
            out.push('"');
        }
        None => out.push_str("null"),
    }
    out.push_str(",\"check_source\":");
    out.push_str(match header.check_source() {
        Some(true) => "true",
        Some(false) => "false",
        None => "null",
    });
    write_span(out, header.span());
    out.push_str("},\n\"codes\":[");
}

fn write_flag_names(out: &mut Text, code: &Code<'_>) {
    out.push_str(",\"flag_names\":");
    let Some(flags) = code.number(Field::Flags) else {
        out.push_str("null");
        return;
    };
    out.push('[');
    let (flags, mut known) = (flags as u32, 0);
    let mut comma = "";
    for flag in code_flags(code.python()).filter(|flag| flags & flag.bit != 0) {
        out.push_str(comma);
        write_string(out, flag.name.as_bytes());
        known |= flag.bit;
        comma = ",";
    }
    let unknown = flags & !known;
    if unknown != 0 {
        out.push_str(comma);
        out.push_str("\"0x");
        write_hex(out, unknown, (35 - unknown.leading_zeros()) / 4);
        out.push('"');
    }
    out.push(']');
}

/// Goes on with the exception table from an offset in it on. Says where to go on from; `None` when it is complete.
fn write_exceptions(
    out: &mut Text,
    code: &Code<'_>,
    is_listed: bool,
    from: usize,
    budget: &mut usize,
) -> Option<usize> {
    let Some((table, span)) = code.data(Field::Exceptiontable).filter(|_| is_listed) else {
        // A version that has such tables, but none here that could be read, has an empty one.
        let has_table = is_listed && code.object(Field::Exceptiontable).is_some();
        out.push_str(if has_table { "[]}" } else { "null}" });
        return None;
    };
    let mut at = from;
    if from == 0 {
        out.push('[');
    }
    for entry in ExceptionEntries::new(table.get(from..).unwrap_or_default(), span.start + from as u32) {
        if *budget == 0 && at > from {
            return Some(at);
        }
        *budget = budget.saturating_sub(1);
        out.push_str(if at == 0 { "\n{\"start\":" } else { ",\n{\"start\":" });
        at += entry.span.len() as usize;
        out.push_u64(entry.start.into());
        out.push_str(",\"end\":");
        out.push_u64(entry.end.into());
        out.push_str(",\"target\":");
        out.push_u64(entry.target.into());
        out.push_str(",\"depth\":");
        out.push_u64(entry.depth.into());
        out.push_str(if entry.lasti { ",\"lasti\":true" } else { ",\"lasti\":false" });
        write_span(out, entry.span);
        out.push('}');
    }
    out.push_str("]}");
    None
}

/// Adds the objects of a list of a code object to `items`; `false` where its version has none.
fn add_items(code: &Code<'_>, field: Field, items: &mut Vec<NodeId>) -> bool {
    match field {
        Field::Varnames | Field::Freevars | Field::Cellvars => code.add_variables(field, items),
        _ => {
            items.extend(code.items(field));
            field == Field::Consts || code.object(field).is_some()
        }
    }
}

#[inline]
fn write_number(out: &mut Text, number: Option<i64>) {
    match number {
        Some(number) => out.push_i64(number),
        None => out.push_word(b"null"),
    }
}

fn write_span(out: &mut Text, span: Span) {
    out.push_word(b",\"span\":[");
    out.push_u64(span.start.into());
    out.push(',');
    out.push_u64(span.end.into());
    out.push(']');
}
