//! Enums whose variants can be told by a number: what is written down as a byte can be read again.

/// Declares an enum, and gives it `of`: the variant of a number.
macro_rules! numbered {
    ($(#[$about:meta])* $visible:vis enum $name:ident { $($(#[$what:meta])* $variant:ident,)* }) => {
        $(#[$about])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        $visible enum $name { $($(#[$what])* $variant,)* }

        impl $name {
            /// The variant of this number, which is its place among them.
            pub(super) fn of(number: u8) -> Self {
                const ALL: &[$name] = &[$($name::$variant),*];
                ALL[usize::from(number)]
            }
        }
    };
}

pub(super) use numbered;
