//! CPython 3.10 (October 2021): `match` (PEP 634), and exact line numbers (PEP 626). Jumps count instructions, not
//! bytes.

use super::format::{FormatChange, LineTable};
use super::release::*;

pub(super) const RELEASE: Release = Release {
    implementation: Implementation::CPython,
    version: Version::new(3, 10),
    magic: 3439,
    base: Some(&super::cpython_3_9::RELEASE),
    opcodes: &[
        renumber(119, "RERAISE"),
        // Patterns.
        add(30, "GET_LEN", Unused).stack(1).says("Pushes the length of the top value, for a pattern in `match`."),
        add(31, "MATCH_MAPPING", Unused)
            .stack(1)
            .says("Pushes whether the top value is a mapping, for a pattern in `match`."),
        add(32, "MATCH_SEQUENCE", Unused)
            .stack(1)
            .says("Pushes whether the top value is a sequence other than text or bytes, for a pattern in `match`."),
        add(33, "MATCH_KEYS", Unused).stack(2).says(
            "Looks a tuple of keys up in the mapping below: pushes a tuple of the values or None, and \
                whether all were there.",
        ),
        add(34, "COPY_DICT_WITHOUT_KEYS", Unused).stack(0).says(
            "Replaces the top tuple of keys by a copy of the mapping below without them: the `**rest` of \
                a pattern.",
        ),
        add(152, "MATCH_CLASS", Number).stack(-1).says(
            "Pops attribute names and a class: with N positional patterns, gets those attributes of the \
                subject and whether it matched.",
        ),
        add(99, "ROT_N", Number)
            .stack(0)
            .says("Moves the top value down to place N of the stack, counted from the top."),
        // The start of a generator checks what is sent in.
        add(129, "GEN_START", Number).stack(-1).says(
            "Pops the None that a generator is started with. The argument tells its kind: generator, \
                coroutine, asynchronous generator.",
        ),
        // It tells the line where the exception first rose.
        operand("RERAISE", Number),
        says(
            "RERAISE",
            "Raises the exception on the stack again. If the argument is not 0, it seems to come from \
                where it first rose.",
        ),
        // What they mean.
        means("GET_LEN", Meaning::GetLen),
        means("MATCH_MAPPING", Meaning::MatchMapping),
        means("MATCH_SEQUENCE", Meaning::MatchSequence),
        means("MATCH_KEYS", Meaning::MatchKeysFlagged),
        means("MATCH_CLASS", Meaning::MatchClassFlagged),
        means("COPY_DICT_WITHOUT_KEYS", Meaning::CopyDictWithoutKeys),
        means("ROT_N", Meaning::RotateN),
        means("GEN_START", Meaning::Nothing),
    ],
    format: &[FormatChange::JumpUnit(2), FormatChange::Lines(LineTable::Pep626), FormatChange::AbsoluteTargets(true)],
    prereleases: &[
        before(3439, &[remove("ROT_N")]).with(&[FormatChange::Lines(LineTable::Pep626Ended)]),
        before(3436, &[remove("GEN_START")]),
        before(3435, &[]).with(&[FormatChange::JumpUnit(1)]),
        before(3434, &[remove("GET_LEN MATCH_MAPPING MATCH_SEQUENCE MATCH_KEYS COPY_DICT_WITHOUT_KEYS MATCH_CLASS")]),
        before(3433, &[restore("RERAISE")]),
        before(3431, &[]).with(&[FormatChange::Lines(LineTable::SignedLnotab)]),
    ],
};
