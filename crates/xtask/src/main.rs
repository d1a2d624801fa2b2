//! `cargo xtask`: every chore of the project in one place. See [`xtask`].

use std::process::ExitCode;

fn main() -> ExitCode {
    xtask::run()
}
