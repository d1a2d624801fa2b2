//! Flow graph → statements.
//!
//! * `builtins`: what compilers add to calls of builtins is left out.
//! * `flow` and `params`: the graph, to be changed; values that are seen by all nodes behind those that make them.
//! * `contexts`, `copies`, `returns`, `conditions`, `rotated`: what compilers wrote several times becomes one again, and what branches
//!   inside of an expression becomes a value.
//! * `dominators`: what is in a loop, and where ways meet.
//! * `shaper` and the modules below it: each construct of statements and expressions.
//!
//! Nothing here is evidence. What comes out is lowered and proved.

mod annotations;
mod bindings;
mod branches;
mod builtins;
mod comprehensions;
mod conditions;
mod contexts;
mod copies;
mod declarations;
mod definitions;
mod displays;
mod dominators;
mod duplicates;
mod expressions;
mod flow;
mod generics;
mod imports;
mod loops;
mod made;
mod matches;
mod params;
mod patterns;
mod python2;
mod returns;
mod rotated;
mod sequence;
mod shaper;
mod star_tries;
mod straight;
mod subjects;
mod tries;
mod values;
mod withs;

pub use shaper::shape;
