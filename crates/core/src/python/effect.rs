//! Stack effects that depend on the argument. Each is named after what its opcodes do with the stack.

/// Pops as many as the argument says.
pub(super) const fn pops_each(oparg: i64) -> i64 {
    -oparg
}

/// Pops as many as the argument says, and one more.
pub(super) const fn pops_each_and_one(oparg: i64) -> i64 {
    -oparg - 1
}

/// Pops as many as the argument says, and two more.
pub(super) const fn pops_each_and_two(oparg: i64) -> i64 {
    -oparg - 2
}

/// Pushes as many as the argument says.
pub(super) const fn pushes_each(oparg: i64) -> i64 {
    oparg
}

/// Pops as many as the argument says, pushes what is made of them.
pub(super) const fn builds(oparg: i64) -> i64 {
    1 - oparg
}

/// Pops as many pairs as the argument says, pushes a dict.
pub(super) const fn builds_map(oparg: i64) -> i64 {
    1 - 2 * oparg
}

/// Pops two or three, pushes a slice.
pub(super) const fn builds_slice(oparg: i64) -> i64 {
    if oparg == 3 { -2 } else { -1 }
}

/// Pops one, pushes as many as the argument says.
pub(super) const fn unpacks(oparg: i64) -> i64 {
    oparg - 1
}

/// Pops one, pushes as many as the argument says and a rest.
pub(super) const fn unpacks_rest(oparg: i64) -> i64 {
    oparg
}

/// Pops one, pushes the counts in both bytes of the argument, and a list between them.
pub(super) const fn unpacks_around_star(oparg: i64) -> i64 {
    (oparg & 0xFF) + (oparg >> 8)
}

/// How many slots the arguments of a call take: positional ones in the low byte, name and value pairs in the next.
const fn arguments(oparg: i64) -> i64 {
    (oparg & 0xFF) + 2 * (oparg >> 8 & 0xFF)
}

/// Pops a callable and its arguments, pushes the result.
pub(super) const fn calls(oparg: i64) -> i64 {
    -arguments(oparg)
}

/// The same, with `*args` or `**kwargs`.
pub(super) const fn calls_with_star(oparg: i64) -> i64 {
    -arguments(oparg) - 1
}

/// The same, with both `*args` and `**kwargs`.
pub(super) const fn calls_with_both_stars(oparg: i64) -> i64 {
    -arguments(oparg) - 2
}

/// Pops defaults (low byte), keyword-only defaults (next byte) and annotations (above), and the code of a function.
pub(super) const fn makes_function_3_0(oparg: i64) -> i64 {
    -arguments(oparg) - (oparg >> 16 & 0xFFFF)
}

/// From 3.3 on the qualified name lies on top of them.
pub(super) const fn makes_function_3_3(oparg: i64) -> i64 {
    makes_function_3_0(oparg) - 1
}

/// The same and the tuple of cells, pushes a function.
pub(super) const fn makes_closure_3_0(oparg: i64) -> i64 {
    makes_function_3_0(oparg) - 1
}

/// From 3.3 on the qualified name lies on top of them.
pub(super) const fn makes_closure_3_3(oparg: i64) -> i64 {
    makes_function_3_3(oparg) - 1
}

/// Pops one for each of the four lowest bits.
pub(super) const fn pops_each_flagged(oparg: i64) -> i64 {
    -((oparg & 0xF).count_ones() as i64)
}

/// Pops code, qualified name and one for each of the four lowest bits, pushes a function.
pub(super) const fn makes_function(oparg: i64) -> i64 {
    pops_each_flagged(oparg) - 1
}

/// Pops one, and one more for bit 0.
pub(super) const fn pops_flagged_and_one(oparg: i64) -> i64 {
    -1 - (oparg & 1)
}

/// Pops two, and one more for bit 0.
pub(super) const fn pops_flagged_and_two(oparg: i64) -> i64 {
    -2 - (oparg & 1)
}

/// Pops a value, and a format spec for bit 2; pushes text.
pub(super) const fn formats(oparg: i64) -> i64 {
    if oparg & 4 == 0 { 0 } else { -1 }
}

/// Pushes a value, and a NULL for bit 0.
pub(super) const fn loads_and_null(oparg: i64) -> i64 {
    1 + (oparg & 1)
}

/// Replaces an object by its attribute; for bit 0 by a method and itself.
pub(super) const fn loads_method(oparg: i64) -> i64 {
    oparg & 1
}

/// Replaces three by an attribute of the superclass; for bit 0 by a method and its object.
pub(super) const fn loads_super_method(oparg: i64) -> i64 {
    -2 + (oparg & 1)
}

/// PyPy's method call: pops the arguments and one of the two slots of the method.
pub(super) const fn calls_method(oparg: i64) -> i64 {
    -arguments(oparg) - 1
}
