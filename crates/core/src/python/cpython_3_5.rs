//! CPython 3.5 (September 2015): `async` and `await` (PEP 492), `@` (PEP 465), and `*` and `**` in displays (PEP
//! 448).

use super::release::*;

pub(super) const RELEASE: Release = Release {
    implementation: Implementation::CPython,
    version: Version::new(3, 5),
    magic: 3351,
    base: Some(&super::cpython_3_4::RELEASE),
    opcodes: &[
        // Matrix multiplication.
        add(16, "BINARY_MATRIX_MULTIPLY", Unused).stack(-1).says("Pops two values, pushes `left @ right`."),
        add(17, "INPLACE_MATRIX_MULTIPLY", Unused)
            .stack(-1)
            .says("Pops two values, pushes the outcome of `left @= right`, which may be the left one, changed."),
        // Unpacking in displays and calls.
        add(149, "BUILD_LIST_UNPACK", Number)
            .stack_of(Builds)
            .says("Pops N iterables, pushes a list of all their items: `[*a, *b]`."),
        add(152, "BUILD_TUPLE_UNPACK", Number)
            .stack_of(Builds)
            .says("Pops N iterables, pushes a tuple of all their items: `(*a, *b)`."),
        add(153, "BUILD_SET_UNPACK", Number)
            .stack_of(Builds)
            .says("Pops N iterables, pushes a set of all their items: `{*a, *b}`."),
        add(150, "BUILD_MAP_UNPACK", Number)
            .stack_of(Builds)
            .says("Pops N mappings, pushes a dict of all their entries: `{**a, **b}`."),
        add(151, "BUILD_MAP_UNPACK_WITH_CALL", Number).stack_of(Builds).says(
            "Pops N mappings, pushes a dict of all their entries for a call: `f(**a, **b)`. No key may \
                come twice.",
        ),
        // Coroutines.
        add(73, "GET_AWAITABLE", Unused).stack(0).says("Replaces an object by the iterator that awaiting it runs."),
        add(50, "GET_AITER", Unused)
            .stack(0)
            .says("Replaces an object by its asynchronous iterator: an `async for` begins."),
        add(51, "GET_ANEXT", Unused).stack(1).says("Pushes what to await for the asynchronous iterator's next item."),
        add(52, "BEFORE_ASYNC_WITH", Unused).stack(1).says(
            "Replaces an asynchronous context manager by its `__aexit__` and what its `__aenter__` wants \
                awaited.",
        ),
        add(154, "SETUP_ASYNC_WITH", JumpForward)
            .splits(0, 6)
            .flow(Setup)
            .says("Begins the body of an `async with`. The target is where `__aexit__` gets called."),
        add(69, "GET_YIELD_FROM_ITER", Unused)
            .stack(0)
            .says("Replaces an object by an iterator for `yield from`. A generator or coroutine stays as it is."),
        // `__exit__` may be awaited, so calling it and looking at its answer are two steps.
        remove("WITH_CLEANUP"),
        add(81, "WITH_CLEANUP_START", Unused).stack(1).says(
            "Calls the `__exit__` of a `with` statement with the exception, or with None thrice, and \
                pushes what it says.",
        ),
        add(82, "WITH_CLEANUP_FINISH", Unused)
            .stack(-1)
            .says("Pops what `__exit__` said: if it is true, the exception is forgotten."),
        // A dict display is built at once.
        remove("STORE_MAP"),
        effect("BUILD_MAP", Effect::Of(BuildsMap)),
        says("BUILD_MAP", "Pops N pairs of key and value, pushes a dict of them."),
        // What they mean.
        means("BINARY_MATRIX_MULTIPLY", Meaning::Binary("@")),
        means("INPLACE_MATRIX_MULTIPLY", Meaning::Inplace("@")),
        means("BUILD_LIST_UNPACK", Meaning::BuildUnpack(Container::List)),
        means("BUILD_TUPLE_UNPACK", Meaning::BuildUnpack(Container::Tuple)),
        means("BUILD_SET_UNPACK", Meaning::BuildUnpack(Container::Set)),
        means("BUILD_MAP_UNPACK", Meaning::BuildUnpack(Container::Map)),
        means("BUILD_MAP_UNPACK_WITH_CALL", Meaning::BuildUnpackWithCall(Container::Map)),
        means("GET_AWAITABLE", Meaning::GetAwaitable),
        means("GET_AITER", Meaning::GetAiter),
        means("GET_ANEXT", Meaning::GetAnext),
        means("BEFORE_ASYNC_WITH", Meaning::BeforeAsyncWith),
        means("SETUP_ASYNC_WITH", Meaning::SetupAsyncWith),
        means("GET_YIELD_FROM_ITER", Meaning::GetYieldFromIter),
        means("WITH_CLEANUP_START", Meaning::WithCleanupStart),
        means("WITH_CLEANUP_FINISH", Meaning::WithCleanupFinish),
        means("BUILD_MAP", Meaning::Build(Container::Map)),
    ],
    format: &[],
    prereleases: &[
        // 3351, since 3.5.2, changes only what BUILD_MAP_UNPACK_WITH_CALL makes of its argument's high byte.
        before(3350, &[remove("GET_YIELD_FROM_ITER")]),
        before(3340, &[restore("STORE_MAP BUILD_MAP")]),
        before(
            3330,
            &[
                remove(
                    "BUILD_LIST_UNPACK BUILD_TUPLE_UNPACK BUILD_SET_UNPACK BUILD_MAP_UNPACK BUILD_MAP_UNPACK_WITH_CALL",
                ),
                remove("GET_AWAITABLE GET_AITER GET_ANEXT BEFORE_ASYNC_WITH SETUP_ASYNC_WITH"),
                remove("WITH_CLEANUP_START WITH_CLEANUP_FINISH"),
                restore("WITH_CLEANUP"),
            ],
        )
        .nearest(),
    ],
};
