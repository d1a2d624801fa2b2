//! `pycxray FILE`: header, summary, problems, the shape of the code objects.

use clap::Args;
use pycxray::python::Python;
use pycxray::{
    Basis, CUT, Code, Field, HeaderKind, Implementation, NodeId, Pyc, SectionKind, Severity, Transport, code_flags,
    counted, shown,
};
use pycxray_container::{Container, Limits};

use crate::date;
use crate::files::Files;
use crate::input::{File, Reading, Wanted};
use crate::notes;
use crate::output::{Output, Stop, Style};
use crate::problems;
use crate::status::Status;

/// How many bytes of a name are shown.
const NAME: usize = 200;

/// How many parameters are shown.
const PARAMETERS: usize = 50;

/// After how many bytes a list of parameters is cut: any number of functions may share one.
const SIGNATURE: usize = 400;

/// What is done without a command.
#[derive(Args, Debug)]
pub(crate) struct Summary {
    #[command(flatten)]
    files: Files,
}

impl Summary {
    pub(crate) fn run(&self, reading: Reading, out: &mut Output) -> Result<Status, Stop> {
        self.files.each(reading, Wanted::Everything, out, write)
    }
}

/// Sums a file up.
fn write(out: &mut Output, file: &File) -> Result<(), Stop> {
    let pyc = &file.pyc;
    out.styled(Style::Bold, file.title());
    out.put(format_args!(": {}, {}\n", origin(pyc), counted(pyc.bytes().len(), "byte")));
    if let Some(read) = other_reading(pyc) {
        row(out, "read", &read);
    }
    if let Some(transport) = Transport::of(pyc.bytes()).filter(|_| problems::status(file) != Status::Fine) {
        let can_be_repaired = transport.repaired(pyc.bytes()).is_some();
        row(out, "repair", if can_be_repaired { "--repair reads the file as it was" } else { "it cannot be undone" });
    }
    write_header(out, pyc);
    let codes: Vec<Code<'_>> = pyc.codes().iter().filter_map(|&id| pyc.code(id)).collect();
    let bytes: usize = codes.iter().map(|code| code.bytecode().len()).sum();
    row(out, "objects", &pyc.tree().len().to_string());
    row(
        out,
        "code",
        &format!(
            "{}, {} in {}",
            counted(codes.len(), "code object"),
            counted(pyc.instruction_count(), "instruction"),
            counted(bytes, "byte")
        ),
    );
    if let Some(payloads) = Container::of_payloads(pyc, Limits::default()) {
        let count = counted(payloads.members().len(), "constant");
        row(out, "payloads", &format!("in {count}: see 'pycxray list'"));
    }
    let problems = problems::count(file);
    row(out, "problems", &if problems == 0 { "none".to_owned() } else { problems.to_string() });
    // Those that no interpreter can run are problems.
    let findings = file.inspection().findings.iter().filter(|finding| finding.severity != Severity::Error).count();
    if findings > 0 {
        row(out, "findings", &findings.to_string());
    }
    problems::write(out, file);
    notes::write(out, pyc);
    if !codes.is_empty() {
        out.text.push('\n');
        write_shape(out, &codes)?;
    }
    Ok(())
}

/// Who wrote the file, as far as that can be told.
pub(crate) fn origin(pyc: &Pyc) -> String {
    let detection = pyc.detection();
    let python = pyc.python();
    let name = format!("{} {}", python.implementation, python.version);
    match detection.basis {
        Basis::Magic => detection.magic.map_or(name, |magic| magic.writer()),
        Basis::Choice => format!("read as {name}"),
        Basis::Nothing => "no .pyc file".to_owned(),
        Basis::Evidence if detection.certain => format!("{name}, by its contents"),
        Basis::Evidence => format!("probably {}", detection.writers()),
    }
}

/// How the file is read, and how else it could be, where magic number and contents do not belong together.
fn other_reading(pyc: &Pyc) -> Option<String> {
    let detection = pyc.detection();
    let (found, magic) = (python_option(pyc.python()), detection.magic?);
    match (detection.basis, detection.candidates.get(1)) {
        (Basis::Evidence, _) => {
            let named = python_option(magic.python());
            Some(format!("as with --python {found}; --python {named} reads it as the magic number says"))
        }
        (Basis::Magic, Some(other)) if magic.sharing().count() <= 1 => {
            let other = python_option(other);
            Some(format!("as with --python {found}; --python {other} reads it as the contents are written"))
        }
        _ => None,
    }
}

/// What `--python` takes for this one.
fn python_option(python: &Python) -> String {
    match python.implementation {
        Implementation::CPython => python.version.to_string(),
        other => format!("{}{}", other.name().to_ascii_lowercase(), python.version),
    }
}

fn write_header(out: &mut Output, pyc: &Pyc) {
    let header = pyc.header();
    let kind = match header.kind() {
        HeaderKind::None => match root_start(pyc) {
            None => "none".to_owned(),
            Some(0) => "none: the file begins with the marshalled object".to_owned(),
            Some(start) => format!("none: the marshalled object begins at {start:#x}"),
        },
        HeaderKind::Timestamp => {
            let size = header.source_size.map(|size| format!(", of {}", counted(size, "byte")));
            match header.mtime.map(date::utc) {
                Some(time) => format!("by time: source changed {time}{}", size.unwrap_or_default()),
                None => "by time, which is missing".to_owned(),
            }
        }
        HeaderKind::Hash => {
            let hash = header
                .source_hash
                .map_or("cut off".to_owned(), |hash| hash.iter().map(|byte| format!("{byte:02x}")).collect());
            let checked = header.check_source() == Some(true);
            format!("by hash: {hash}, {}", if checked { "checked at import" } else { "not checked at import" })
        }
    };
    if let Some(magic) = header.magic {
        let first = pyc.bytes().get(header.span().start as usize..).unwrap_or_default();
        let first = &first[..first.len().min(4)];
        let bytes: Vec<String> = first.iter().map(|byte| format!("{byte:02x}")).collect();
        row(out, "magic", &format!("{magic} ({})", bytes.join(" ")));
    }
    row(out, "header", &kind);
}

/// Where the object begins that the file holds, if it holds one.
fn root_start(pyc: &Pyc) -> Option<u32> {
    let root = pyc.sections().iter().find(|section| matches!(section.kind, SectionKind::Root(_)));
    root.map(|section| section.span.start)
}

fn row(out: &mut Output, key: &str, value: &str) {
    out.text.push_str("  ");
    out.styled(Style::Dim, format_args!("{key:<9}"));
    out.text.push_str(value);
    out.text.push('\n');
}

/// The code objects, each below the one that has it among its constants.
fn write_shape(out: &mut Output, codes: &[Code<'_>]) -> Result<(), Stop> {
    let mut around: Vec<u32> = Vec::new();
    for code in codes {
        let span = code.span();
        while around.last().is_some_and(|&end| end <= span.start) {
            around.pop();
        }
        // Damage may nest them without end, but a terminal is not that wide.
        out.text.push_str(&"  ".repeat((around.len() + 1).min(40)));
        around.push(span.end);
        out.styled(Style::Bold, shown(code.text(Field::Name).unwrap_or(b"?"), NAME));
        out.text.push_str(&signature(code));
        let line = code.number(Field::Firstlineno).map(|line| format!(", line {line}")).unwrap_or_default();
        let flags = code.number(Field::Flags).unwrap_or(0);
        let flags: Vec<String> = code_flags(code.python())
            .filter(|flag| flags & i64::from(flag.bit) != 0 && flag.bit >= 0x20 && flag.name != "NOFREE")
            .map(|flag| flag.name.to_ascii_lowercase())
            .collect();
        let flags = if flags.is_empty() { String::new() } else { format!(", {}", flags.join(", ")) };
        let details = format!("{line}, {}{flags}", counted(code.bytecode().len(), "byte"));
        out.styled(Style::Dim, details.trim_start_matches(", "));
        out.text.push('\n');
        out.relieve()?;
    }
    Ok(())
}

/// The parameters, as they would stand in the source: `(data, /, start, *, stop)`.
fn signature(code: &Code<'_>) -> String {
    const NEWLOCALS: i64 = 2;
    const VARARGS: i64 = 4;
    const VARKEYWORDS: i64 = 8;
    let (flags, count) =
        (code.number(Field::Flags).unwrap_or(0), |field| code.number(field).unwrap_or(0).max(0) as usize);
    let positional = count(Field::Argcount);
    // Parameters come before the other variables.
    let field = [Field::Localsplusnames, Field::Varnames].into_iter().find(|&field| code.object(field).is_some());
    let Some(field) = field.filter(|_| flags & NEWLOCALS != 0 || positional > 0) else { return "  ".to_owned() };
    let names: Vec<NodeId> = code.items(field).take(PARAMETERS).collect();
    let name = |position: usize| {
        let id = names.get(position);
        id.map_or(CUT.into(), |&id| shown(code.pyc().text(id).unwrap_or(b"?"), NAME))
    };
    let (only, keywords) = (count(Field::Posonlyargcount), count(Field::Kwonlyargcount));
    let behind = positional + keywords;
    let mut list = Parameters::default();
    for position in 0..positional.min(names.len()) {
        list.push(|| name(position));
        if position + 1 == only {
            list.push(|| "/".to_owned());
        }
    }
    if positional > names.len() {
        list.push(|| CUT.into());
    }
    if flags & VARARGS != 0 {
        list.push(|| format!("*{}", name(behind)));
    } else if keywords > 0 {
        list.push(|| "*".to_owned());
    }
    for position in positional..behind.min(names.len()) {
        list.push(|| name(position));
    }
    if behind > names.len() && positional <= names.len() {
        list.push(|| CUT.into());
    }
    if flags & VARKEYWORDS != 0 {
        list.push(|| format!("**{}", name(behind + usize::from(flags & VARARGS != 0))));
    }
    format!("({})  ", list.text)
}

/// A list of parameters as it is written.
#[derive(Default)]
struct Parameters {
    text: String,
    is_full: bool,
}

impl Parameters {
    /// Adds one. When there is no room for any more, none is even put together.
    fn push(&mut self, parameter: impl FnOnce() -> String) {
        if self.is_full {
            return;
        }
        if !self.text.is_empty() {
            self.text.push_str(", ");
        }
        let parameter = parameter();
        self.is_full = self.text.len() + parameter.len() > SIGNATURE;
        if self.is_full {
            self.text.push(CUT);
        } else {
            self.text.push_str(&parameter);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parameters_without_room_are_not_put_together() {
        let (mut list, mut made) = (Parameters::default(), 0);
        for _ in 0..1_000 {
            list.push(|| {
                made += 1;
                "parameter".repeat(10)
            });
        }
        assert!(list.text.len() < SIGNATURE + 10 && list.text.ends_with(CUT), "{}", list.text);
        assert!(made < 10, "{made} were put together");
    }
}
