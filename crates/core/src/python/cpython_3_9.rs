//! CPython 3.9 (October 2020): a new parser (PEP 617); `finally` clauses are copied to each way out instead of
//! called.

use super::cpython_1_0;
use super::format::FormatChange;
use super::release::*;

pub(super) const RELEASE: Release = Release {
    implementation: Implementation::CPython,
    version: Version::new(3, 9),
    magic: 3425,
    base: Some(&super::cpython_3_8::RELEASE),
    opcodes: &[
        // `finally` and `with` in plain instructions.
        remove("BEGIN_FINALLY WITH_CLEANUP_START WITH_CLEANUP_FINISH END_FINALLY CALL_FINALLY POP_FINALLY"),
        add(48, "RERAISE", Unused).stack(-3).flow(End).says("Raises the exception on the stack again."),
        add(49, "WITH_EXCEPT_START", Unused).stack(1).says(
            "Calls the `__exit__` of a `with` statement with the exception and pushes what it says: true \
                to forget it.",
        ),
        // `is`, `in` and the match of an exception are no comparisons any more.
        add(117, "IS_OP", Inverted)
            .stack(-1)
            .says("Pops two values, pushes whether they are the same object: `is`, or `is not` for 1."),
        add(118, "CONTAINS_OP", Inverted)
            .stack(-1)
            .says("Pops a container and a value, pushes whether it holds it: `in`, or `not in` for 1."),
        add(121, "JUMP_IF_NOT_EXC_MATCH", JumpAbsolute).stack(-2).says(
            "Pops an exception class and an exception; if they do not match, goes on at the target, the \
                next `except`.",
        ),
        says("COMPARE_OP", "Pops two values, pushes the outcome of comparing them, such as `left < right`."),
        // Unpacking adds to a container on the stack, one iterable at a time.
        remove(
            "BUILD_LIST_UNPACK BUILD_MAP_UNPACK BUILD_MAP_UNPACK_WITH_CALL BUILD_TUPLE_UNPACK BUILD_SET_UNPACK \
            BUILD_TUPLE_UNPACK_WITH_CALL",
        ),
        add(162, "LIST_EXTEND", Number)
            .stack(-1)
            .says("Pops an iterable and appends its items to the list N places down."),
        add(163, "SET_UPDATE", Number).stack(-1).says("Pops an iterable and adds its items to the set N places down."),
        add(165, "DICT_UPDATE", Number).stack(-1).says("Pops a mapping and enters it in the dict N places down."),
        add(164, "DICT_MERGE", Number)
            .stack(-1)
            .says("Pops a mapping and enters it in the dict N places down, for a call: no key may come twice."),
        add(82, "LIST_TO_TUPLE", Unused).stack(0).says("Replaces a list by a tuple of its items."),
        // `assert` works even if someone hides the name.
        add(74, "LOAD_ASSERTION_ERROR", Unused)
            .stack(1)
            .says("Pushes the AssertionError that a failing `assert` raises, whatever that name is bound to."),
        // What they mean.
        means("RERAISE", Meaning::Reraise),
        means("WITH_EXCEPT_START", Meaning::WithExceptStart),
        means("IS_OP", Meaning::Is),
        means("CONTAINS_OP", Meaning::Contains),
        means("JUMP_IF_NOT_EXC_MATCH", Meaning::JumpIfNotExcMatch),
        means("LIST_EXTEND", Meaning::ListExtend),
        means("SET_UPDATE", Meaning::SetUpdate),
        means("DICT_UPDATE", Meaning::DictUpdate),
        means("DICT_MERGE", Meaning::DictMerge),
        means("LIST_TO_TUPLE", Meaning::ListToTuple),
        means("LOAD_ASSERTION_ERROR", Meaning::AssertionError),
    ],
    format: &[FormatChange::Compare(&["<", "<=", "==", "!=", ">", ">="])],
    prereleases: &[
        before(3425, &[remove("DICT_MERGE DICT_UPDATE"), restore("BUILD_MAP_UNPACK BUILD_MAP_UNPACK_WITH_CALL")]),
        before(
            3424,
            &[
                remove("LIST_TO_TUPLE LIST_EXTEND SET_UPDATE"),
                restore("BUILD_LIST_UNPACK BUILD_TUPLE_UNPACK BUILD_SET_UNPACK BUILD_TUPLE_UNPACK_WITH_CALL"),
            ],
        ),
        before(3423, &[remove("IS_OP CONTAINS_OP JUMP_IF_NOT_EXC_MATCH"), restore("COMPARE_OP")])
            .with(&[FormatChange::Compare(cpython_1_0::FORMAT.compare)]),
        // What 3421 had in between is not known for certain.
        before(3422, &[remove("RERAISE"), restore("BEGIN_FINALLY END_FINALLY CALL_FINALLY POP_FINALLY")]).nearest(),
        before(3421, &[remove("WITH_EXCEPT_START"), restore("WITH_CLEANUP_START WITH_CLEANUP_FINISH")]),
    ],
};
