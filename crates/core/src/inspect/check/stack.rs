//! Whether a code object asks for more stack than its code can need: interpreters make room for all of it at each call. They
//! raise `MemoryError` where there is none, and 3.11 to 3.13 look for it for ever from about 2^27 slots on.

use crate::DiagnosticCode;
use crate::counted;
use crate::inspect::{Report, Subject};
use crate::marshal::Field;

/// How many slots compilers reserve at most for each byte of a file. What pushes most is a `SETUP_WITH` of 3.6: they count 7 slots
/// for its two bytes (`stack_effect` in `Python/compile.c`). Each item that is unpacked is stored by an instruction of its own; and
/// where instructions were counted and then folded into a constant (up to 3.9), their operands are in the file.
const SLOTS_PER_BYTE: i64 = 4;
/// So many slots are no matter to any interpreter.
const HARMLESS: i64 = 1 << 16;

/// For how many slots it asks, if those are more than any compiler writes. That takes no walk through the code, as does what it
/// needs.
pub(crate) fn excessive(subject: &Subject<'_>) -> Option<i64> {
    let bytes = subject.code.pyc().bytes().len() as i64;
    subject.code.number(Field::Stacksize).filter(|size| *size > (bytes * SLOTS_PER_BYTE).max(HARMLESS))
}

/// Looks at the size of the stack.
pub(crate) fn check_stack(subject: &Subject<'_>, report: &mut Report) {
    if let Some(size) = excessive(subject) {
        report.problems.warning(
            DiagnosticCode::StacksizeTooLarge,
            subject.field(Field::Stacksize).0,
            format_args!(
                "co_stacksize is {size}, far more than code in a file of {} can need: there may be no memory to call it.",
                counted(subject.code.pyc().bytes().len(), "byte")
            ),
        );
    }
}
