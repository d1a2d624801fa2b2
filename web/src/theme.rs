//! Light, dark, high contrast, or whatever the system says.

use crate::settings;
use serde::{Deserialize, Serialize};

/// The reader's choice.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Theme {
    /// As the system says, and changing with it.
    #[default]
    System,
    /// Always light.
    Light,
    /// Always dark.
    Dark,
    /// Ink and lines at the ends, light or dark as the system says.
    Contrast,
}

impl Theme {
    /// All of them, as a menu lists them.
    pub const ALL: [Self; 4] = [Self::System, Self::Light, Self::Dark, Self::Contrast];

    /// Its name in the menu.
    pub fn label(self) -> &'static str {
        match self {
            Self::System => "Like the system",
            Self::Light => "Light",
            Self::Dark => "Dark",
            Self::Contrast => "High contrast",
        }
    }

    /// The value of `data-theme` on the root element, which the styles look at.
    fn attribute(self) -> Option<&'static str> {
        match self {
            Self::System => None,
            Self::Light => Some("light"),
            Self::Dark => Some("dark"),
            Self::Contrast => Some("contrast"),
        }
    }

    /// The choice remembered from an earlier visit. early.js reads it too, before the first paint.
    pub fn remembered() -> Self {
        settings::read("theme").unwrap_or_default()
    }

    /// Shows the page in it and remembers it.
    pub fn apply(self) {
        settings::write("theme", Some(&self).filter(|theme| **theme != Self::System));
        let root = gloo::utils::document_element();
        let _ = match self.attribute() {
            Some(value) => root.set_attribute("data-theme", value),
            None => root.remove_attribute("data-theme"),
        };
    }
}
