//! `pycxray tree`: every object and every byte, with offsets in the file.

use clap::Args;
use pycxray::schema::json_line;
use pycxray::tables::{ExceptionEntries, LineEntries};
use pycxray::{Field, HeaderField, Instructions, Item, Labels, NodeId, Operands, Pyc, Reprs, Role, Span, counted};

use crate::files::Files;
use crate::input::{Reading, Wanted};
use crate::output::{Output, Stop, Style};
use crate::status::Status;

/// How many bytes of a value stand on one line.
const VALUE: usize = 80;

/// How far lines are indented at most: damage may nest objects a hundred thousand deep.
const INDENT: usize = 60;

const ABOUT: &str = "Show the file as a tree, each part with its offsets in the file";

const LONG_ABOUT: &str = "\
Show the file as a tree: header, objects, instructions, entries of tables, each with its offsets in the file.";

const AFTER: &str = "\
With --json: {\"size\": N, \"leaves\": [[start, end, kind, role], ...]}; the leaves follow each other without a gap.

Examples:
  pycxray tree hello.pyc | less
  pycxray tree hello.pyc | grep -n co_filename
  pycxray tree --json hello.pyc | jq -c '.leaves[] | select(.[0] <= 100 and 100 < .[1])'    whose is byte 100?";

/// What `pycxray tree` is asked for.
#[derive(Args, Debug)]
#[command(about = ABOUT, long_about = LONG_ABOUT, after_help = AFTER)]
pub(crate) struct Tree {
    #[command(flatten)]
    files: Files,
    /// The leaves alone, which tile the file, as JSON
    #[arg(long)]
    json: bool,
}

impl Tree {
    pub(crate) fn run(&self, reading: Reading, out: &mut Output) -> Result<Status, Stop> {
        let write = if self.json { write_leaves } else { write_rows };
        self.files.each(reading, Wanted::Damage, out, |out, file| write(out, &file.pyc))
    }
}

/// A row for everything.
fn write_rows(out: &mut Output, pyc: &Pyc) -> Result<(), Stop> {
    let mut words = Words::new(pyc);
    for (depth, span, item) in pyc.items() {
        words.write_row(out, span, item, depth);
        out.relieve()?;
    }
    Ok(())
}

/// The leaves, which tile the file.
fn write_leaves(out: &mut Output, pyc: &Pyc) -> Result<(), Stop> {
    out.put(format_args!("{{\"size\": {}, \"leaves\": [", pyc.bytes().len()));
    let mut comma = "\n";
    for (span, leaf) in pyc.leaves(0) {
        out.text.push_str(comma);
        comma = ",\n";
        out.text.push_str(&json_line(&(span.start, span.end, leaf.sort(), role(pyc, leaf))));
        out.relieve()?;
    }
    out.text.push_str("\n]}\n");
    Ok(())
}

/// What an item is to what it stands in.
fn role(pyc: &Pyc, item: Item) -> String {
    match item {
        Item::HeaderField(position) => header_field(pyc, position).map_or("", HeaderField::name).to_owned(),
        Item::Object(id) | Item::TypeCode(id) | Item::Length(id) | Item::Payload(id) => object_role(pyc, id),
        Item::Number(_, field) => format!("co_{}", field.name()),
        Item::Instruction(..) | Item::Cache(..) => "co_code".to_owned(),
        Item::LocalKind(..) => "co_localspluskinds".to_owned(),
        Item::Line(..) => "co_linetable".to_owned(),
        Item::Exception(..) => "co_exceptiontable".to_owned(),
        Item::Header | Item::Trailing(_) | Item::Undecoded(_) => String::new(),
    }
}

fn header_field(pyc: &Pyc, position: u8) -> Option<HeaderField> {
    pyc.header().fields.get(usize::from(position)).map(|(field, _)| *field)
}

fn object_role(pyc: &Pyc, id: NodeId) -> String {
    let node = pyc.tree().node(id);
    let index = node.index;
    match node.role {
        Role::Root => "root".to_owned(),
        Role::Recovered => "recovered".to_owned(),
        Role::Item => format!("[{index}]"),
        Role::Key => format!("key {index}"),
        Role::Value => format!("value {index}"),
        Role::Terminator => "end".to_owned(),
        Role::Start => "start".to_owned(),
        Role::Stop => "stop".to_owned(),
        Role::Step => "step".to_owned(),
        Role::Field(field) => format!("co_{}", field.name()),
    }
}

/// Finds the words for each item, keeping what the items of one code object share.
struct Words<'p> {
    pyc: &'p Pyc,
    reprs: Reprs,
    code: Option<CodeWords<'p>>,
    /// The entries of the tables that are being shown, up to where it has come.
    lines: Option<(NodeId, LineEntries<'p>)>,
    exceptions: Option<(NodeId, ExceptionEntries<'p>)>,
    text: String,
}

/// What is needed for the instructions of one code object.
struct CodeWords<'p> {
    id: NodeId,
    operands: Operands,
    labels: Labels,
    /// Its instructions, up to where it has come.
    instructions: Instructions<'p>,
}

impl<'p> Words<'p> {
    fn new(pyc: &'p Pyc) -> Self {
        Self {
            pyc,
            reprs: Reprs::new(pyc.python().version),
            code: None,
            lines: None,
            exceptions: None,
            text: String::new(),
        }
    }

    /// A line: offsets, what it is to its parent, what it is.
    fn write_row(&mut self, out: &mut Output, span: Span, item: Item, depth: usize) {
        out.styled(Style::Dim, format_args!("{:08x}..{:08x}", span.start, span.end));
        out.put(format_args!("{:indent$}", "", indent = 2 + 2 * depth.min(INDENT)));
        self.text.clear();
        match item {
            Item::Header => out.styled(Style::Bold, "header"),
            Item::HeaderField(position) => self.write_header_field(out, position),
            Item::Object(id) => self.write_object(out, id),
            Item::Number(id, field) => {
                out.put(format_args!("co_{} = ", field.name()));
                let number = self.pyc.code(id).and_then(|code| code.number(field));
                out.text.push_str(&number.map_or("?".to_owned(), |number| number.to_string()));
            }
            Item::Instruction(code, offset) => self.write_instruction(out, code, offset),
            Item::Cache(_, offset) => self.write_cache(out, span, offset),
            Item::LocalKind(code, position) => self.write_local_kind(out, code, position),
            Item::Line(code, offset) => self.write_line(out, code, offset),
            Item::Exception(code, offset) => self.write_exception(out, code, offset),
            Item::Trailing(_) => out.styled(Style::Yellow, "trailing bytes"),
            Item::Undecoded(_) => out.styled(Style::Red, "not decoded"),
            Item::TypeCode(_) | Item::Length(_) | Item::Payload(_) => out.text.push_str(item.sort()),
        }
        out.text.push('\n');
    }

    fn write_header_field(&self, out: &mut Output, position: u8) {
        let Some(field) = header_field(self.pyc, position) else { return };
        let header = self.pyc.header();
        let value = match field {
            HeaderField::Magic => header.magic.map(|magic| magic.to_string()),
            HeaderField::Flags => header.flags.map(|flags| format!("{flags:#x}")),
            HeaderField::Mtime => header.mtime.map(crate::date::utc),
            HeaderField::SourceSize => header.source_size.map(|size| size.to_string()),
            HeaderField::SourceHash => {
                header.source_hash.map(|hash| hash.iter().map(|byte| format!("{byte:02x}")).collect())
            }
            HeaderField::Cut => None,
        };
        out.text.push_str(field.name());
        if let Some(value) = value {
            out.text.push_str(" = ");
            out.text.push_str(&value);
        }
    }

    fn write_object(&mut self, out: &mut Output, id: NodeId) {
        let (pyc, node) = (self.pyc, self.pyc.tree().node(id));
        out.text.push_str(&object_role(pyc, id));
        out.text.push_str("  ");
        out.styled(Style::Cyan, node.kind.name());
        if let Some(index) = node.reference_index() {
            out.styled(Style::Dim, format_args!(" #{index}"));
        }
        if let Some(target) = pyc.tree().target(id) {
            let start = pyc.tree().node(target).span.start;
            out.put(format_args!(" to {start:#x}"));
        }
        if pyc.table(id).is_none() {
            out.text.push_str("  ");
            self.reprs.write(&mut self.text, pyc, id, VALUE);
            out.text.push_str(&self.text);
        } else {
            out.put(format_args!("  {}", counted(node.payload().len(), "byte")));
        }
        if !node.is_complete() {
            out.text.push_str("  ");
            out.styled(Style::Red, "cut off");
        }
    }

    fn write_instruction(&mut self, out: &mut Output, code: NodeId, offset: u32) {
        let pyc = self.pyc;
        let words = match &mut self.code {
            Some(words) if words.id == code => words,
            other => {
                let Some(view) = pyc.code(code) else { return };
                other.insert(CodeWords {
                    id: code,
                    operands: Operands::new(&view, VALUE),
                    labels: Labels::of_jumps(view.bytecode(), pyc.python()),
                    instructions: view.instructions(),
                })
            }
        };
        let Some(instruction) = words.instructions.find(|instruction| instruction.offset == offset) else { return };
        out.put(format_args!("{offset:>5}  "));
        match pyc.python().opcode(instruction.opcode) {
            Some(opcode) => out.styled(Style::Bold, opcode.name),
            None => out.styled(Style::Red, format_args!("<{}>", instruction.opcode)),
        }
        if let Some(arg) = instruction.arg {
            out.put(format_args!(" {arg}"));
            words.operands.write(&mut self.text, pyc, &instruction, &words.labels);
            if !self.text.is_empty() {
                out.text.push_str("  (");
                out.text.push_str(&self.text);
                out.text.push(')');
            }
        }
        if instruction.is_cut {
            out.text.push_str("  ");
            out.styled(Style::Red, "cut off");
        }
    }

    fn write_cache(&self, out: &mut Output, span: Span, offset: u32) {
        let bytes = self.pyc.bytes().get(span.start as usize..span.end as usize).unwrap_or_default();
        let value = bytes.iter().rev().take(8).fold(0_u64, |value, byte| value << 8 | u64::from(*byte));
        out.styled(Style::Dim, format_args!("{offset:>5}  cache {value}"));
    }

    fn write_local_kind(&mut self, out: &mut Output, code: NodeId, position: u32) {
        let Some(view) = self.pyc.code(code) else { return };
        let kind = view.data(Field::Localspluskinds).and_then(|(kinds, _)| kinds.get(position as usize));
        let names = view.tuple(Field::Localsplusnames);
        if let Some(name) = names.and_then(|names| self.pyc.tree().item(names, position)) {
            self.reprs.write(&mut self.text, self.pyc, name, VALUE);
        }
        out.put(format_args!("{}  {:#04x}", self.text, kind.copied().unwrap_or(0)));
    }

    fn write_line(&mut self, out: &mut Output, code: NodeId, offset: u32) {
        if self.lines.as_ref().is_none_or(|(of, _)| *of != code) {
            self.lines = self.pyc.code(code).map(|view| (code, view.line_entries()));
        }
        let mut entries = self.lines.iter_mut().flat_map(|(_, entries)| entries);
        let Some(entry) = entries.find(|entry| entry.offset >= offset) else { return };
        out.put(format_args!("{} to {}  ", entry.start, entry.end));
        match entry.position.line {
            Some(line) => out.put(format_args!("line {line}")),
            None => out.text.push_str("no line"),
        }
        if let Some(end_line) = entry.position.end_line.filter(|&end| Some(end) != entry.position.line) {
            out.put(format_args!(" to {end_line}"));
        }
        if let (Some(start), Some(end)) = (entry.position.column, entry.position.end_column) {
            out.put(format_args!(", columns {start} to {end}"));
        }
        if entry.damaged {
            out.text.push_str("  ");
            out.styled(Style::Red, "damaged");
        }
    }

    fn write_exception(&mut self, out: &mut Output, code: NodeId, offset: u32) {
        if self.exceptions.as_ref().is_none_or(|(of, _)| *of != code) {
            self.exceptions = self.pyc.code(code).map(|view| (code, view.exception_entries()));
        }
        let mut entries = self.exceptions.iter_mut().flat_map(|(_, entries)| entries);
        let Some(entry) = entries.find(|entry| entry.offset >= offset) else { return };
        let lasti = if entry.lasti { " lasti" } else { "" };
        out.put(format_args!("{} to {} -> {} [{}]{lasti}", entry.start, entry.end, entry.target, entry.depth));
        if entry.damaged {
            out.text.push_str("  ");
            out.styled(Style::Red, "damaged");
        }
    }
}
