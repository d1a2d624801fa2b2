//! What a person has chosen for the whole system, and the page is to follow.

use crate::browser::Browser;
use serde_json::json;

/// Light letters on dark ground or the other way round.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Scheme {
    /// Dark letters on light ground.
    #[default]
    Light,
    /// Light letters on dark ground.
    Dark,
}

/// The choices that a style sheet can ask for.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Media {
    /// `prefers-color-scheme`
    pub scheme: Scheme,
    /// `prefers-contrast: more`
    pub more_contrast: bool,
    /// `prefers-reduced-motion: reduce`
    pub less_motion: bool,
    /// `forced-colors: active`
    pub forced_colors: bool,
}

impl Browser {
    /// Makes the system's choices these.
    #[track_caller]
    pub fn set_media(&self, media: Media) {
        let choice = |name: &str, value: &str| json!({ "name": name, "value": value });
        let scheme = match media.scheme {
            Scheme::Light => "light",
            Scheme::Dark => "dark",
        };
        let features = [
            choice("prefers-color-scheme", scheme),
            choice("prefers-contrast", if media.more_contrast { "more" } else { "no-preference" }),
            choice("prefers-reduced-motion", if media.less_motion { "reduce" } else { "no-preference" }),
            choice("forced-colors", if media.forced_colors { "active" } else { "none" }),
        ];
        self.devtools("Emulation.setEmulatedMedia", &json!({ "features": features }));
    }
}
