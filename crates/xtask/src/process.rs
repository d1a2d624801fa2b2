//! Running other programs: quietly, before the user's eyes, or both seen and kept.

use crate::report;
use anyhow::{Context, Result, bail};
use std::ffi::{OsStr, OsString};
use std::io::{BufRead, BufReader, Write};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

/// A program that is about to be run.
pub(crate) struct Run {
    command: Command,
    shown: String,
}

/// What a finished program left behind.
pub(crate) struct Finished {
    /// Whether it ended with exit status 0.
    pub(crate) success: bool,
    /// What it wrote to standard output.
    pub(crate) stdout: String,
}

impl Run {
    pub(crate) fn new(program: impl AsRef<OsStr>) -> Self {
        let shown = Path::new(program.as_ref()).file_stem().unwrap_or(program.as_ref()).to_string_lossy().into_owned();
        Self { command: Command::new(program), shown }
    }

    /// Adds arguments, written as on a command line: separated by spaces.
    pub(crate) fn words(self, words: &str) -> Self {
        words.split_whitespace().fold(self, Self::arg)
    }

    pub(crate) fn arg(mut self, argument: impl AsRef<OsStr>) -> Self {
        self.shown.push(' ');
        self.shown.push_str(&argument.as_ref().to_string_lossy());
        self.command.arg(argument);
        self
    }

    pub(crate) fn env(mut self, name: impl AsRef<OsStr>, value: impl AsRef<OsStr>) -> Self {
        self.command.env(name, value);
        self
    }

    pub(crate) fn without_env(mut self, name: &str) -> Self {
        self.command.env_remove(name);
        self
    }

    pub(crate) fn folder(mut self, folder: &Path) -> Self {
        self.command.current_dir(folder);
        self
    }

    /// Runs it before the user's eyes.
    pub(crate) fn watched(mut self) -> Result<()> {
        let status =
            self.command.stdin(Stdio::null()).status().with_context(|| format!("could not run `{}`", self.shown))?;
        if !status.success() {
            bail!("`{}` failed: {status}", self.shown);
        }
        Ok(())
    }

    /// Runs it without a word, and gives its standard output. If it fails, the error holds what it said.
    pub(crate) fn quiet(mut self) -> Result<String> {
        let output = self.command.stdin(Stdio::null()).output();
        let output = output.with_context(|| format!("could not run `{}`", self.shown))?;
        let stdout = String::from_utf8_lossy(&output.stdout).into_owned();
        if !output.status.success() {
            let said = format!("{stdout}{}", String::from_utf8_lossy(&output.stderr));
            bail!("`{}` failed: {}\n{}", self.shown, output.status, said.trim_end());
        }
        Ok(stdout)
    }

    /// Runs it before the user's eyes and keeps its standard output as well.
    pub(crate) fn overheard(mut self) -> Result<Finished> {
        report::line(format_args!("$ {}", self.shown));
        let started = self.command.stdin(Stdio::null()).stdout(Stdio::piped()).spawn();
        let mut child = started.with_context(|| format!("could not run `{}`", self.shown))?;
        let mut stdout = String::new();
        if let Some(pipe) = child.stdout.take() {
            let mut lines = BufReader::new(pipe);
            let mut bytes = Vec::new();
            while lines.read_until(b'\n', &mut bytes)? > 0 {
                let mut screen = std::io::stdout().lock();
                let _ = screen.write_all(&bytes).and_then(|()| screen.flush());
                stdout.push_str(&String::from_utf8_lossy(&bytes));
                bytes.clear();
            }
        }
        Ok(Finished { success: child.wait()?.success(), stdout })
    }
}

/// Where `program` lies: in one of the folders `first`, or on PATH.
pub(crate) fn find_program(program: &str, first: &[PathBuf]) -> Option<PathBuf> {
    which::which_in(program, Some(path_with(first)), ".").ok()
}

/// PATH with `first` before everything else.
pub(crate) fn path_with(first: &[PathBuf]) -> OsString {
    let path = std::env::var_os("PATH").unwrap_or_default();
    let folders: Vec<PathBuf> = first.iter().cloned().chain(std::env::split_paths(&path)).collect();
    // Only a folder whose name holds PATH's own separator cannot be joined; then PATH stays as it is.
    std::env::join_paths(folders).unwrap_or(path)
}
