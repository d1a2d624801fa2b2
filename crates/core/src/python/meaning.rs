//! What an opcode means, in words that stay the same from version to version: what `pycxray-source` reads bytecode by.

/// The meaning of an opcode. Where two versions mean different things by one name, each has its own.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Meaning {
    /// Not told: no source is made of it.
    Unknown,
    /// Nothing that source says: `NOP`, `RESUME`, `PRECALL`, `TO_BOOL`.
    Nothing,

    // The stack.
    /// Pops the top value.
    Pop,
    /// Moves the top value below so many others.
    Rotate(u8),
    /// The same; the argument tells how many there are with it.
    RotateN,
    /// Pushes the top values once more, which are so many.
    Duplicate(u8),
    /// The same; the argument tells how many (up to 3.1).
    DuplicateN,
    /// Pushes the value N places down once more.
    Copy,
    /// Swaps the top value with the one N places down.
    Swap,
    /// Pushes a NULL.
    PushNull,
    /// Pushes what a generator is started with, which is None.
    PushSent,

    // Values and variables.
    /// Pushes a constant.
    Const,
    /// Pushes the argument.
    SmallInt,
    /// Pushes an object by its place among [`super::Format::common_constants`].
    CommonConstant,
    /// Pushes `AssertionError`.
    AssertionError,
    /// Pushes the value of a variable.
    Load(Variable),
    /// Pops a value into a variable.
    Store(Variable),
    /// Deletes a variable.
    Delete(Variable),
    /// Loads two local variables.
    LoadPair,
    /// Stores into two local variables.
    StorePair,
    /// Stores into one local variable and loads another.
    StoreAndLoad,
    /// Loads a local variable and unbinds it.
    LoadAndClear,
    /// Pushes a cell.
    LoadClosure,
    /// Makes a cell of a local variable.
    MakeCell,
    /// Pushes the value of a name of a class body, or of a cell.
    LoadClassCell,
    /// Pushes the dict of local names.
    LoadLocals,
    /// Pops a dict, pushes the value of a name there, or of a global.
    LoadFromDictOrGlobals,
    /// The same, or of a cell.
    LoadFromDictOrCell,
    /// Pushes the function that makes classes.
    LoadBuildClass,
    /// Makes sure that there is an `__annotations__`.
    SetupAnnotations,
    /// Pops an annotation, enters it in `__annotations__` (3.6).
    StoreAnnotation,

    // Attributes and items.
    /// Replaces an object by its attribute, or if the argument says so by a method for a call.
    LoadAttr,
    /// Replaces an object by a method for a call: two places.
    LoadMethod,
    /// Pops an object and a value, sets an attribute.
    StoreAttr,
    /// Pops an object, deletes an attribute.
    DeleteAttr,
    /// Replaces `super`, a class and an object by an attribute.
    LoadSuperAttr,
    /// Replaces an object by a special method: two places.
    LoadSpecial,
    /// `x[i]`
    GetItem,
    /// `x[i] = v`
    SetItem,
    /// `del x[i]`
    DeleteItem,
    /// `x[a:b]`
    GetSlice,
    /// `x[a:b] = v`
    SetSlice,

    /// `x[a:b]` with the bounds that are there, the first and the second (up to 2.7).
    GetBounds(bool, bool),
    /// `x[a:b] = v`, likewise.
    SetBounds(bool, bool),
    /// `del x[a:b]`, likewise.
    DeleteBounds(bool, bool),

    // Operators.
    /// A unary operator: `+`, `-`, `~`, `not`.
    Unary(&'static str),
    /// A binary operator.
    Binary(&'static str),
    /// One that changes its left operand, without its `=`.
    Inplace(&'static str),
    /// One of [`super::Format::binary`], by the argument.
    BinaryN,
    /// One of [`super::Format::compare`], by the argument.
    Compare,
    /// `/` of Python 2: between integers the outcome is rounded down.
    Divide,
    /// Likewise `/=`.
    InplaceDivide,
    /// The text of a value: `` `x` `` of Python 2.
    Repr,
    /// `in`, `not in`
    Contains,
    /// `is`, `is not`
    Is,

    // Building.
    /// Pops N values, pushes what is built of them.
    Build(Container),
    /// Pushes an empty dict; the argument tells how many entries it will have (up to 3.4).
    BuildEmptyMap,
    /// Pops a key and a value, enters them in the dict below (up to 3.4).
    StoreMap,
    /// Pushes an empty list below the top value (PyPy).
    BuildListBelow,
    /// Pops a tuple of keys and as many values, pushes a dict.
    BuildConstKeyMap,
    /// Pops N iterables, pushes what is built of all their items.
    BuildUnpack(Container),
    /// The same for the arguments of a call.
    BuildUnpackWithCall(Container),
    /// Appends to the list N places down.
    ListAppend,
    /// Adds to the set N places down.
    SetAdd,
    /// Enters in the dict N places down.
    MapAdd,
    /// The same, the key on top (up to 3.7).
    MapAddKeyLast,
    /// Appends the items of an iterable to the list N places down.
    ListExtend,
    /// Adds the items of an iterable to the set N places down.
    SetUpdate,
    /// Enters the items of a mapping in the dict N places down.
    DictUpdate,
    /// The same for keyword arguments.
    DictMerge,
    /// Enters the items of a mapping in the dict below it (PyPy 3.9+).
    DictUpdateBelow,
    /// The same for keyword arguments (PyPy 3.9+).
    DictMergeBelow,
    /// Replaces a list by a tuple.
    ListToTuple,
    /// Replaces a value (below a spec) by its text; flags.
    FormatValue,
    /// Replaces a value by its text: `!s`, `!r`, `!a`.
    Convert,
    /// Replaces a value by its text.
    FormatSimple,
    /// Pops a spec and a value, pushes its text.
    FormatWithSpec,
    /// Makes an interpolation of a t-string.
    BuildInterpolation,
    /// Makes a t-string.
    BuildTemplate,

    // Calls.
    /// Calls with N positional arguments; the function is below them.
    CallFunction,
    /// The same with the names of the last arguments in a tuple on top.
    CallFunctionNamed,
    /// Calls with so many positional arguments as the low byte says, and so many pairs of a name and a value as the next one (up to
    /// 3.5); above them lie a tuple and a dict of more, as told.
    CallCounted {
        /// `*args`
        star: bool,
        /// `**kwargs`
        star_star: bool,
    },
    /// Calls what [`Meaning::LoadMethod`] left.
    CallMethod,
    /// Calls what lies in the two places below N arguments (3.11+).
    Call,
    /// The same with the names of the last arguments in a tuple on top (3.13+).
    CallNamed,
    /// Tells the next call the names of its last arguments.
    KeywordNames,
    /// Calls with a tuple, and if the argument says so a dict (up to 3.10).
    CallEx,
    /// The same, with a NULL below the function or above it (3.11 – 3.13).
    CallExNull,
    /// The same; the dict or a NULL is always there (3.14+).
    CallExAlways,
    /// Makes a function of code and N defaults; between them lies a tuple of cells, if told so (up to 2.7).
    MakeFunctionCounted {
        /// Whether there are cells.
        closure: bool,
    },
    /// Makes a class of a name, its bases and a dict (up to 2.7).
    BuildClass,
    /// Makes a function of a qualified name, code and what flags tell (3.6 – 3.10).
    MakeFunctionNamed,
    /// The same without the name (3.11, 3.12).
    MakeFunctionFlagged,
    /// Makes a function of code (3.13+).
    MakeFunction,
    /// Gives it one more part.
    SetFunctionAttribute,
    /// Calls a function of the interpreter with a value, or with two.
    Intrinsic1,
    /// See [`Meaning::Intrinsic1`].
    Intrinsic2,
    /// Imports a module.
    ImportName,
    /// Pushes a name of the module on top.
    ImportFrom,
    /// Pops a module, takes all its names.
    ImportStar,

    // Iteration, generators.
    /// Replaces an iterable by its iterator.
    GetIter,
    /// The same with a position above it. The argument is 0 for a loop; any other is for `yield from` (3.15+).
    GetIterFor,
    /// Pushes the next item, or pops the iterator and jumps (up to 3.11).
    ForIter,
    /// Pushes the next item, or jumps to where the loop is tidied up (3.12+).
    ForIterAbove,
    /// Tidies up behind a loop.
    EndFor,
    /// Likewise, the iterator (3.14+).
    PopIter,
    /// Replaces an awaitable by its iterator.
    GetAwaitable,
    /// Replaces an iterable by its asynchronous iterator.
    GetAiter,
    /// Pushes what to await for the next item.
    GetAnext,
    /// Ends an `async for`.
    EndAsyncFor,
    /// Replaces an iterable by what `yield from` runs.
    GetYieldFromIter,
    /// Runs it to its end.
    YieldFrom,
    /// Sends to it once; at its end goes on at the target (3.11+).
    Send,
    /// Removes it from below its result (3.12+).
    EndSend,
    /// Where what is thrown into a waiting generator is looked at (3.12+).
    CleanupThrow,
    /// `yield`
    Yield,
    /// Replaces an iterable by its N items.
    Unpack,
    /// Replaces an iterable by items and a list.
    UnpackEx,

    // Jumps and ends.
    /// Goes on at the target.
    Jump,
    /// Pops a value and goes on at the target if it is true or false, as told.
    JumpIf(bool),
    /// The same, but leaves the value there when it jumps.
    JumpIfOrPop(bool),
    /// Pops a value and goes on at the target if it is None (true), or not.
    JumpIfNone(bool),
    /// Pops a class and an exception and goes on at the target if they do not match.
    JumpIfNotExcMatch,
    /// Returns the top value.
    Return,
    /// Returns a constant.
    ReturnConst,
    /// Raises.
    Raise,
    /// Raises; a class may have a value and a traceback with it (up to 2.7).
    RaiseParts,
    /// Raises again what is handled.
    Reraise,

    // Blocks and exceptions.
    /// Begins a `try`.
    SetupFinally,
    /// Begins a `try` whose handler is for exceptions alone (up to 3.7).
    SetupExcept,
    /// Begins a loop; the argument leads behind it (up to 3.7).
    SetupLoop,
    /// Leaves the innermost loop (up to 3.7).
    BreakLoop,
    /// Goes on with the next turn of the innermost loop, which begins at the target (up to 3.7).
    ContinueLoop,
    /// Begins a `with`, having entered it (up to 3.10).
    SetupWith,
    /// Begins an `async with`, entered already (up to 3.10).
    SetupAsyncWith,
    /// Replaces a manager by its `__exit__` and what `__enter__` gives.
    BeforeWith,
    /// The same for `async with`.
    BeforeAsyncWith,
    /// Ends a block.
    PopBlock,
    /// Enters `finally` without an exception (3.8).
    BeginFinally,
    /// Calls `finally` (3.8).
    CallFinally,
    /// Leaves `finally` early (3.8).
    PopFinally,
    /// Ends `finally` (3.8).
    EndFinally,
    /// Calls `__exit__` (3.5 – 3.8).
    WithCleanupStart,
    /// Looks at its result.
    WithCleanupFinish,
    /// Calls `__exit__`, looks at its result (up to 3.4).
    WithCleanup,
    /// Calls `__exit__` with an exception (3.9+).
    WithExceptStart,
    /// Begins an `except` (3.11+).
    PushExcInfo,
    /// Ends an `except`.
    PopExcept,
    /// Pops a class, pushes whether the exception below is of it.
    CheckExcMatch,
    /// Pops a class, splits the exception group below.
    CheckEgMatch,
    /// Pops what an `except*` left, pushes what is to be raised.
    PrepReraiseStar,

    // Patterns.
    /// Pushes the length of the top value.
    GetLen,
    /// Pushes whether it is a mapping.
    MatchMapping,
    /// Pushes whether it is a sequence.
    MatchSequence,
    /// Pushes the values of keys, or None.
    MatchKeys,
    /// The same, and whether they were there (3.10).
    MatchKeysFlagged,
    /// Pops a class and names, replaces the subject by its attributes or None.
    MatchClass,
    /// The same, and pushes whether it matched (3.10).
    MatchClassFlagged,
    /// Replaces keys by a copy of the mapping without them (3.10).
    CopyDictWithoutKeys,

    /// Shows a value at the prompt.
    PrintExpr,
    /// Prints a value, or ends the line (up to 2.7).
    Print {
        /// Whether a file to print to is on top.
        to: bool,
        /// Whether it ends the line.
        newline: bool,
    },
    /// Pops a dict of local names, one of global names, and code, which is run (up to 2.7).
    Exec,
}

/// Where a variable is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Variable {
    /// A local variable of a function.
    Fast,
    /// In a cell.
    Cell,
    /// In the module.
    Global,
    /// Among the names of a class body or module.
    Name,
}

/// What is built.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Container {
    /// A tuple.
    Tuple,
    /// A list.
    List,
    /// A set.
    Set,
    /// A dict.
    Map,
    /// Text.
    String,
    /// A slice.
    Slice,
}
