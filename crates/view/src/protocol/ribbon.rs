//! The file's anatomy at a glance: its parts as coloured segments, proportional to their bytes.

use pycxray::Span;
use serde::{Deserialize, Serialize};

use super::Hue;

/// The ribbon as it is drawn.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RibbonWindow {
    /// What part of the file it shows; another one than asked for where that reaches out of the file.
    pub ribbon: Ribbon,
    /// Its segments from left to right, without gaps; as many as there are pixels at most.
    pub segments: Vec<Segment>,
    /// What lies under the first chosen byte: `walrus › bytecode · 210 bytes`.
    pub owner: Option<String>,
}

/// A segment of the ribbon.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Segment {
    /// Where it begins, in pixels from the ribbon's left end.
    pub start: u32,
    /// Where it ends.
    pub end: u32,
    /// Its colour: that of most of its bytes.
    pub hue: Hue,
    /// Its bytes.
    pub span: Span,
    /// Whether something in it is chosen.
    pub selected: bool,
    /// Whether a search hit lies in it.
    pub marked: bool,
}

/// A ribbon: what part of the file it shows, and how many pixels it has for that.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Ribbon {
    /// The part of the file that it shows.
    pub view: Span,
    /// Its width in pixels.
    pub width: u32,
}

impl Ribbon {
    /// The pixel at which a byte begins.
    #[must_use]
    pub fn pixel(&self, offset: u32) -> u32 {
        let offset = offset.clamp(self.view.start, self.view.end) - self.view.start;
        (u64::from(offset) * u64::from(self.width) / u64::from(self.view.len().max(1))) as u32
    }

    /// The byte under a pixel.
    #[must_use]
    pub fn offset(&self, pixel: u32) -> u32 {
        let pixel = pixel.min(self.width.saturating_sub(1));
        let offset = (u64::from(pixel) * u64::from(self.view.len())).div_ceil(u64::from(self.width.max(1))) as u32;
        self.view.start + offset.min(self.view.len().saturating_sub(1))
    }

    /// Where a part of the file lies on it, for the frame around what the panes show: at least `least` pixels wide.
    #[must_use]
    pub fn frame(&self, part: Span, least: u32) -> (u32, u32) {
        let (start, end) = (self.pixel(part.start), self.pixel(part.end));
        let start = start.min(self.width.saturating_sub(least));
        (start, end.max(start + least).min(self.width))
    }

    /// Another part of the file, closer or wider by `factor` (0.5 shows half as much), the byte under `pixel` kept in place.
    /// `file` is the file's size in bytes.
    #[must_use]
    pub fn zoomed(&self, pixel: u32, factor: f64, file: u32) -> Self {
        let width = f64::from(self.width.max(1));
        let share = f64::from(pixel.min(self.width)) / width;
        let kept = f64::from(self.view.start) + share * f64::from(self.view.len());
        // Never so close that a byte is wider than 16 pixels.
        let least = f64::from(file).min((width / 16.0).ceil());
        let size = (f64::from(self.view.len()) * factor).clamp(least, f64::from(file)).round();
        let start = (kept - share * size).clamp(0.0, f64::from(file) - size).round() as u32;
        Self { view: Span::new(start, (start + size as u32).min(file)), width: self.width }
    }

    /// The same zoom, moved by so many pixels.
    #[must_use]
    pub fn panned(&self, pixels: i32, file: u32) -> Self {
        let bytes = i64::from(pixels) * i64::from(self.view.len()) / i64::from(self.width.max(1));
        let start =
            (i64::from(self.view.start) + bytes).clamp(0, i64::from(file.saturating_sub(self.view.len()))) as u32;
        Self { view: Span::new(start, start + self.view.len().min(file)), width: self.width }
    }
}
