//! The options of a command: few, so no parser is needed that would have to be compiled first.

use super::Command;
use crate::failure::{Failure, Result};

/// The words after the command's name. A command takes those that it knows, then says [`Options::end`].
pub(super) struct Options {
    usage: String,
    words: Vec<String>,
}

impl Options {
    pub(super) fn new(command: &Command, words: Vec<String>) -> Self {
        Self { usage: format!("cargo xtask {} {}", command.name, command.usage), words }
    }

    /// Whether `name` is among the words.
    pub(super) fn flag(&mut self, name: &str) -> bool {
        let position = self.words.iter().position(|word| word == name);
        position.map(|position| self.words.remove(position)).is_some()
    }

    /// The value of `name`, given as `--name VALUE` or `--name=VALUE`.
    pub(super) fn value(&mut self, name: &str) -> Result<Option<String>> {
        let joined = format!("{name}=");
        let Some(position) = self.words.iter().position(|word| word == name || word.starts_with(&joined)) else {
            return Ok(None);
        };
        let word = self.words.remove(position);
        if let Some(value) = word.strip_prefix(&joined) {
            return Ok(Some(value.to_owned()));
        }
        if position == self.words.len() {
            return Err(self.wrong(&format!("{name} lacks its value")));
        }
        Ok(Some(self.words.remove(position)))
    }

    /// Fails if a word is left that nobody took.
    pub(super) fn end(self) -> Result {
        match self.words.first() {
            Some(word) => Err(self.wrong(&format!("`{word}` is not known here"))),
            None => Ok(()),
        }
    }

    /// All words that are left, for a program that knows them.
    pub(super) fn rest(self) -> Vec<String> {
        self.words
    }

    /// That what was given cannot be, with what can.
    pub(super) fn wrong(&self, what: &str) -> Failure {
        Failure::new(format!("{what}\nusage: {}", self.usage.trim_end()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn options(words: &[&str]) -> Options {
        Options { usage: "cargo xtask x".into(), words: words.iter().map(|word| (*word).to_owned()).collect() }
    }

    #[test]
    fn values_are_given_in_both_ways() {
        let mut given = options(&["--port", "80", "--open"]);
        assert_eq!(given.value("--port").unwrap().as_deref(), Some("80"));
        assert!(given.flag("--open") && !given.flag("--open"));
        assert!(given.end().is_ok());
        assert_eq!(options(&["--port=81"]).value("--port").unwrap().as_deref(), Some("81"));
        assert_eq!(options(&[]).value("--port").unwrap(), None);
    }

    #[test]
    fn what_is_wrong_is_said_with_the_usage() {
        assert!(options(&["--port"]).value("--port").unwrap_err().to_string().contains("usage: cargo xtask x"));
        assert!(options(&["--prot"]).end().unwrap_err().to_string().contains("`--prot`"));
    }
}
