//! What is wrong with a file, and what is worth knowing of it.

use pycxray::{Diagnostic, Severity};

use crate::input::File;
use crate::output::{Output, Style, complain};
use crate::status::Status;

/// What counts as a problem: not a mere note.
pub(crate) fn is_problem(diagnostic: &Diagnostic) -> bool {
    diagnostic.severity != Severity::Note
}

/// Everything that was said of the file, in the order in which it was found.
pub(crate) fn all(file: &File) -> impl Iterator<Item = &Diagnostic> {
    file.pyc.diagnostics().iter().chain(&file.inspection().diagnostics)
}

/// Whether the file has problems.
pub(crate) fn status(file: &File) -> Status {
    if file.trouble.is_some() || count(file) > 0 { Status::Problems } else { Status::Fine }
}

/// How many there are: damage, and findings that no interpreter can run, where those are looked for.
pub(crate) fn count(file: &File) -> usize {
    let fatal = file.inspection().findings.iter().filter(|finding| finding.severity == Severity::Error);
    all(file).filter(|said| is_problem(said)).count() + fatal.count()
}

/// Says on standard error that the file has problems, with the first of them, for commands whose output has no place for it.
pub(crate) fn complain_of(file: &File) {
    let trouble = file.trouble.iter().map(|trouble| format!("error: {trouble}"));
    let said = all(file).filter(|said| is_problem(said));
    let said = said
        .map(|said| format!("{} at {:#x}: {} [{}]", said.severity.name(), said.span.start, said.message, said.code));
    let mut said = trouble.chain(said);
    let Some(first) = said.next() else { return };
    let more = match said.count() {
        0 => String::new(),
        more => format!(" (and {more} more)"),
    };
    complain(format_args!("{}: {first}{more}", file.title()));
}

/// A line for each problem and finding.
pub(crate) fn write(out: &mut Output, file: &File) {
    if let Some(trouble) = &file.trouble {
        out.text.push_str("  ");
        out.styled(Style::Red, "error");
        out.put(format_args!(": {trouble}\n"));
    }
    let diagnostics = all(file).map(|said| (said.severity, said.code, said.message.as_str(), said.span));
    let findings = &file.inspection().findings;
    let findings = findings.iter().map(|found| (found.severity, found.code, found.message.as_str(), found.span));
    for (severity, code, message, span) in diagnostics.chain(findings) {
        out.text.push_str("  ");
        out.styled(style(severity), severity.name());
        out.put(format_args!(" at {:#x}: {message} ", span.start));
        out.styled(Style::Dim, format_args!("[{code}]"));
        out.text.push('\n');
    }
}

/// How a severity is set off.
pub(crate) fn style(severity: Severity) -> Style {
    match severity {
        Severity::Error => Style::Red,
        Severity::Warning => Style::Yellow,
        Severity::Note => Style::Cyan,
    }
}
