//! Keys, pressed as a person presses them: they go to whatever has the focus.

use crate::browser::Browser;
use crate::wire::Method;
use serde_json::{Value, json};

/// A key with the character that the protocol has for it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[allow(missing_docs, reason = "keys are named by what is printed on them")]
pub enum Key {
    Up,
    Down,
    Left,
    Right,
    Home,
    End,
    PageUp,
    PageDown,
    Enter,
    Escape,
    Tab,
    Backspace,
    F6,
    /// A key that writes this character.
    Char(char),
}

/// A key that is held while another is pressed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[allow(missing_docs, reason = "keys are named by what is printed on them")]
pub enum Modifier {
    Shift,
    Control,
    Alt,
    Meta,
}

impl From<char> for Key {
    fn from(character: char) -> Self {
        Self::Char(character)
    }
}

impl Key {
    /// W3C WebDriver, section 17.4.2, the table of normalised key values.
    fn value(self) -> char {
        match self {
            Self::Backspace => '\u{E003}',
            Self::Tab => '\u{E004}',
            Self::Enter => '\u{E007}',
            Self::Escape => '\u{E00C}',
            Self::PageUp => '\u{E00E}',
            Self::PageDown => '\u{E00F}',
            Self::End => '\u{E010}',
            Self::Home => '\u{E011}',
            Self::Left => '\u{E012}',
            Self::Up => '\u{E013}',
            Self::Right => '\u{E014}',
            Self::Down => '\u{E015}',
            Self::F6 => '\u{E036}',
            Self::Char(character) => character,
        }
    }
}

impl Modifier {
    fn value(self) -> char {
        match self {
            Self::Shift => '\u{E008}',
            Self::Control => '\u{E009}',
            Self::Alt => '\u{E00A}',
            Self::Meta => '\u{E03D}',
        }
    }
}

impl Browser {
    /// Presses a key and lets it go.
    #[track_caller]
    pub fn press(&self, key: impl Into<Key>) {
        self.press_with(&[], key);
    }

    /// Presses a key while others are held.
    #[track_caller]
    pub fn press_with(&self, held: &[Modifier], key: impl Into<Key>) {
        let down = |value: char| json!({ "type": "keyDown", "value": value });
        let up = |value: char| json!({ "type": "keyUp", "value": value });
        let key = key.into().value();
        let mut steps: Vec<Value> = held.iter().map(|held| down(held.value())).collect();
        steps.extend([down(key), up(key)]);
        steps.extend(held.iter().rev().map(|held| up(held.value())));
        let keyboard = json!({ "type": "key", "id": "keyboard", "actions": steps });
        self.command(Method::Post, "/actions", &json!({ "actions": [keyboard] }));
    }

    /// Presses the keys that write `text`, one after the other.
    #[track_caller]
    pub fn type_text(&self, text: &str) {
        text.chars().for_each(|character| self.press(character));
    }
}
