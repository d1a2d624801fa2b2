//! Statements: each construct in a file of its own, all of them methods of the one [`Shaper`], since statements hold statements of
//! every other kind.
//!
//! * `place`: where statements are being made, and what comes of that.
//! * `shaper`: what all of them know.
//! * `straight`, `assignments`, `imports`, `definitions`, `generics`, `python2`: statements without branches.
//! * `sequence`: statements one behind the other, and what each begins with.
//! * `branches`, `loops`, `tries`, `star_tries`, `withs`, `matches` with `patterns`: statements that hold others.
//! * `annotations`, `declarations`, `single`: what is told of a code object as a whole; `whole` has all of it done.

mod annotations;
mod asked;
mod assignments;
mod branches;
mod declarations;
mod definitions;
mod generics;
mod imports;
mod loops;
mod matches;
mod patterns;
mod place;
mod python2;
mod sequence;
mod shaper;
mod single;
mod star_tries;
mod straight;
mod tries;
mod whole;
mod withs;

pub(super) use shaper::Shaper;
pub(super) use whole::unshaped;
