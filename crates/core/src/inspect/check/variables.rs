//! Whether the numbers of a code object fit its variables: interpreters refuse it if not (`Objects/codeobject.c`), or read past
//! the slots of its frame.

use crate::DiagnosticCode;
use crate::code::{VARARGS, VARKEYWORDS};
use crate::counted;
use crate::inspect::{Report, Subject};
use crate::marshal::Field;
use crate::version::Version;

/// Looks at the numbers of parameters and of local variables.
pub(crate) fn check_variables(subject: &Subject<'_>, report: &mut Report) {
    let number = |field| subject.code.number(field).unwrap_or(0);
    let (positional, only) = (number(Field::Argcount), number(Field::Posonlyargcount));
    if only > positional.max(0) {
        report.problems.error(
            DiagnosticCode::TooManyParameters,
            subject.field(Field::Posonlyargcount).0,
            format_args!("co_posonlyargcount is {only}, but co_argcount, which counts them too, is {positional}."),
        );
    }
    let Some(locals) = locals(subject) else { return };
    let (keywords, flags) = (number(Field::Kwonlyargcount).max(0), number(Field::Flags));
    let named = positional.max(0) + keywords;
    let takes_rest = |bit: u32| i64::from(flags & i64::from(bit) != 0);
    let parameters = named + takes_rest(VARARGS) + takes_rest(VARKEYWORDS);
    if parameters > locals {
        let field = match () {
            () if positional > locals => Field::Argcount,
            () if named > locals => Field::Kwonlyargcount,
            () => Field::Flags,
        };
        report.problems.error(
            DiagnosticCode::TooManyParameters,
            subject.field(field).0,
            format_args!(
                "co_{} makes it {}, but there {}.",
                field.name(),
                counted(parameters.unsigned_abs(), "parameter"),
                match locals {
                    0 => "are no local variables".to_owned(),
                    1 => "is one local variable".to_owned(),
                    many => format!("are {many} local variables"),
                }
            ),
        );
    }
    // Before 2.5 compilers named what has no slot, too.
    let is_told = subject.python().version >= Version::new(2, 5);
    let declared = subject.code.number(Field::Nlocals).filter(|_| is_told);
    if let Some(declared) = declared.filter(|&declared| declared != locals && declared >= 0) {
        report.problems.error(
            DiagnosticCode::LocalsMismatch,
            subject.field(Field::Nlocals).0,
            format_args!("co_nlocals is {declared}, but co_varnames has {locals}: they must be the same."),
        );
    }
}

/// How many local variables have names, parameters among them. `None` where that cannot be told.
fn locals(subject: &Subject<'_>) -> Option<i64> {
    let named = subject.count(Field::Varnames).and_then(|count| i64::try_from(count).ok());
    named.or_else(|| subject.code.has_localsplus().then(|| subject.code.nlocals()).flatten())
}
