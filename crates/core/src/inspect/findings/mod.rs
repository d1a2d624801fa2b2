//! What an analyst wants to know of a file, apart from damage: a file may be whole and still hold what no compiler writes.
//!
//! | code | what it says |
//! |---|---|
//! | `trailing-data` | bytes behind the object that the file holds |
//! | `unreached-code` | instructions that nothing leads to |
//! | `jump-into-instruction` | a jump that ends inside an instruction, behind its `EXTENDED_ARG`, or among its caches |
//! | `code-runs-out` | execution runs past the last instruction |
//! | `unknown-opcodes` | opcode bytes that the version does not have |
//! | `unwritten-opcodes` | opcodes that exist only while a program runs: specialized, instrumented, `CACHE` |
//! | `arguments-out-of-range` | arguments that point past the constants, names or variables |
//! | `cache-not-zero` | inline caches that hold something; compilers write zeros |
//! | `unused-argument` | an argument byte that is not 0 and means nothing |
//! | `stack-underflow` | more is taken from the stack than was put there |
//! | `stack-overflow` | the stack grows past `co_stacksize` |
//! | `stack-conflict` | two ways lead to one instruction with different stack depths |
//! | `stacksize-too-large` | `co_stacksize` is far beyond what the code needs |
//! | `unused-constant`, `unused-name`, `unloaded-code` | nothing uses it |
//! | `line-table-misfit`, `exception-table-misfit` | a table that is not as long as the code where it must be, or reaches past it |
//! | `unchecked-hash` | a hash-based file that is never compared with its source |
//! | `reserved-flags` | flag bits without a meaning, in the header or in `co_flags` |
//! | `future-mtime` | the source is younger than now |
//! | `odd-name` | a name that is no identifier, or a keyword, and none that compilers make up |
//! | `mixed-script-name` | a name with letters that look like those of another script |
//! | `invisible-name` | a name with characters that are invisible or change the direction of text |
//! | `right-to-left-name` | a name with letters that are written from right to left |
//! | `build-path` | an absolute path of the machine that compiled the file |
//!
//! There is one finding of a kind for each code object: it is about the first such place, and counts the others.

mod blocks;
mod conclusion;
mod flow;
mod header;
mod inspector;
mod name;
mod path;
mod script;
mod trailing;
mod usage;

pub use inspector::{Inspection, Inspector};
