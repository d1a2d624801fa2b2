//! Stack effects that depend on the argument.

/// What the argument of an instruction has to do with its stack effect. Each rule is named after what its opcodes do with the
/// stack.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum StackRule {
    /// Pops as many as the argument says.
    PopsEach,
    /// Pops as many as the argument says, and one more.
    PopsEachAndOne,
    /// Pops as many as the argument says, and two more.
    PopsEachAndTwo,
    /// Pushes as many as the argument says.
    PushesEach,
    /// Pops as many as the argument says, pushes what is made of them.
    Builds,
    /// Pops as many pairs as the argument says, pushes a dict.
    BuildsMap,
    /// Pops two or three, pushes a slice.
    BuildsSlice,
    /// Pops one, pushes as many as the argument says.
    Unpacks,
    /// Pops one, pushes as many as the argument says and a rest.
    UnpacksRest,
    /// Pops one, pushes the counts in both bytes of the argument, and a list between them.
    UnpacksAroundStar,
    /// Pops a callable and its arguments, pushes the result.
    Calls,
    /// The same, with `*args` or `**kwargs`.
    CallsWithStar,
    /// The same, with both `*args` and `**kwargs`.
    CallsWithBothStars,
    /// Pops defaults (low byte), keyword-only defaults (next byte) and annotations (above), and the code of a function.
    MakesFunction3_0,
    /// The same from 3.3 on, where the qualified name lies on top of them.
    MakesFunction3_3,
    /// As `MAKE_FUNCTION` of 3.0, and the tuple of cells, pushes a function.
    MakesClosure3_0,
    /// The same from 3.3 on, where the qualified name lies on top of them.
    MakesClosure3_3,
    /// Pops one for each of the four lowest bits.
    PopsEachFlagged,
    /// Pops code, qualified name and one for each of the four lowest bits, pushes a function.
    MakesFunction,
    /// Pops one, and one more for bit 0.
    PopsFlaggedAndOne,
    /// Pops two, and one more for bit 0.
    PopsFlaggedAndTwo,
    /// Pops a value, and a format spec for bit 2; pushes text.
    Formats,
    /// Pushes a value, and a NULL for bit 0.
    LoadsAndNull,
    /// Replaces an object by its attribute; for bit 0 by a method and itself.
    LoadsMethod,
    /// Replaces three by an attribute of the superclass; for bit 0 by a method and its object.
    LoadsSuperMethod,
    /// PyPy's method call: pops the arguments and one of the two slots of the method.
    CallsMethod,
}

impl StackRule {
    /// The change in stack depth for this argument.
    #[must_use]
    pub const fn change(self, oparg: i64) -> i64 {
        // How many slots the arguments of a call take: positional ones in the low byte, name and value pairs in the next.
        let arguments = (oparg & 0xFF) + 2 * (oparg >> 8 & 0xFF);
        let annotations = oparg >> 16 & 0xFFFF;
        let flagged = (oparg & 0xF).count_ones() as i64;
        match self {
            Self::PopsEach => -oparg,
            Self::PopsEachAndOne => -oparg - 1,
            Self::PopsEachAndTwo => -oparg - 2,
            Self::PushesEach | Self::UnpacksRest => oparg,
            Self::Builds => 1 - oparg,
            Self::BuildsMap => 1 - 2 * oparg,
            Self::BuildsSlice => {
                if oparg == 3 {
                    -2
                } else {
                    -1
                }
            }
            Self::Unpacks => oparg - 1,
            Self::UnpacksAroundStar => (oparg & 0xFF) + (oparg >> 8),
            Self::Calls => -arguments,
            Self::CallsWithStar | Self::CallsMethod => -arguments - 1,
            Self::CallsWithBothStars => -arguments - 2,
            Self::MakesFunction3_0 => -arguments - annotations,
            Self::MakesFunction3_3 | Self::MakesClosure3_0 => -arguments - annotations - 1,
            Self::MakesClosure3_3 => -arguments - annotations - 2,
            Self::PopsEachFlagged => -flagged,
            Self::MakesFunction => -flagged - 1,
            Self::PopsFlaggedAndOne => -1 - (oparg & 1),
            Self::PopsFlaggedAndTwo => -2 - (oparg & 1),
            Self::Formats => -(oparg >> 2 & 1),
            Self::LoadsAndNull => 1 + (oparg & 1),
            Self::LoadsMethod => oparg & 1,
            Self::LoadsSuperMethod => -2 + (oparg & 1),
        }
    }
}
