//! Light, dark, high contrast, or whatever the system says.

use crate::store;

/// The reader's choice.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum Theme {
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
    pub(crate) const ALL: [Theme; 4] = [Theme::System, Theme::Light, Theme::Dark, Theme::Contrast];

    /// Its name in the menu.
    pub(crate) fn label(self) -> &'static str {
        match self {
            Theme::System => "Like the system",
            Theme::Light => "Light",
            Theme::Dark => "Dark",
            Theme::Contrast => "High contrast",
        }
    }

    fn key(self) -> Option<&'static str> {
        match self {
            Theme::System => None,
            Theme::Light => Some("light"),
            Theme::Dark => Some("dark"),
            Theme::Contrast => Some("contrast"),
        }
    }

    /// The choice remembered from an earlier visit.
    pub(crate) fn remembered() -> Theme {
        let stored = store::read("theme");
        Theme::ALL.into_iter().find(|theme| theme.key() == stored.as_deref()).unwrap_or_default()
    }

    /// Shows the page in it and remembers it. The styles look at `data-theme` on the root element.
    pub(crate) fn apply(self) {
        store::write("theme", self.key());
        let Some(root) = web_sys::window().and_then(|w| w.document()).and_then(|d| d.document_element()) else {
            return;
        };
        let _ = match self.key() {
            Some(key) => root.set_attribute("data-theme", key),
            None => root.remove_attribute("data-theme"),
        };
    }
}
