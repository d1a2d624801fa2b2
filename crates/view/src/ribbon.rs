//! The file's anatomy at a glance: its parts as coloured segments, proportional to their bytes.

use std::cell::RefCell;
use std::rc::Rc;

use pycxray::{Pyc, Region, SectionKind};

use crate::item::hue;
use crate::number::counted;
use crate::{Document, Hue, Item, Span, labels};

/// How many objects are looked at one by one.
const MANY: usize = 200_000;

/// How many bytes of a pixel are looked at where there are more objects.
const SAMPLES: u64 = 8;

/// A segment of the ribbon.
#[derive(Clone, Copy, Debug, PartialEq)]
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
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
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

/// The segments computed last: without what is chosen or found, which changes more often.
#[derive(Debug, Default)]
pub(crate) struct Drawn(RefCell<Option<(Ribbon, Rc<Vec<Segment>>)>>);

impl Document {
    /// The whole file on so many pixels.
    #[must_use]
    pub fn whole_ribbon(&self, width: u32) -> Ribbon {
        Ribbon { view: Span::new(0, self.pyc.bytes().len() as u32), width }
    }

    /// The ribbon's segments from left to right, without gaps; as many as there are pixels at most.
    #[must_use]
    pub fn ribbon(&self, ribbon: Ribbon) -> Vec<Segment> {
        let mut drawn = self.drawn.0.borrow_mut();
        let kept = drawn.as_ref().filter(|(known, _)| *known == ribbon).map(|(_, segments)| Rc::clone(segments));
        let segments = kept.unwrap_or_else(|| {
            let segments = Rc::new(segments(&self.pyc, ribbon));
            *drawn = Some((ribbon, Rc::clone(&segments)));
            segments
        });
        let chosen = self.selection.span;
        let mut segments = segments.to_vec();
        for segment in &mut segments {
            segment.selected = segment.span.start < chosen.end && chosen.start < segment.span.end;
            segment.marked = self.has_hit_in(segment.span);
        }
        segments
    }

    /// What lies under a pixel, and what it is called: a field of a code object, a part of the header.
    #[must_use]
    pub fn ribbon_at(&self, ribbon: Ribbon, pixel: u32) -> Option<(Item, String)> {
        let mut item = self.pyc.leaf_at(ribbon.offset(pixel))?;
        let is_code = |item: Item| matches!(item, Item::Object(id) if labels::is_code(&self.pyc, id));
        // Up to what is directly in a code object, or in nothing.
        while let Some(outer) = self.pyc.parent(item).filter(|&outer| !is_code(outer)) {
            item = outer;
        }
        let name = match self.pyc.parent(item) {
            Some(code) => format!("{} › {}", labels::crumb(&self.pyc, code), labels::row(&self.pyc, item)),
            None => labels::crumb(&self.pyc, item),
        };
        let size = counted(self.pyc.span(item).len().into(), "byte");
        Some((item, format!("{name} · {size}")))
    }
}

/// Draws stretches of one colour after the other, from the left.
struct Brush {
    ribbon: Ribbon,
    segments: Vec<Segment>,
    /// Neighbours of one colour, which most are, joined before they are drawn.
    last: (Span, Hue),
    /// The next pixel, where pixels have several bytes.
    pixel: u32,
    /// How many of its bytes have each colour.
    bytes: [u32; Hue::ALL.len()],
}

impl Brush {
    fn new(ribbon: Ribbon) -> Self {
        let last = (Span::at(ribbon.view.start), Hue::Header);
        Self { ribbon, segments: Vec::new(), last, pixel: 0, bytes: [0; Hue::ALL.len()] }
    }

    #[inline]
    fn stretch(&mut self, span: Span, hue: Hue) {
        if self.last.1 == hue {
            self.last.0.end = span.end;
        } else {
            self.draw_last();
            self.last = (span, hue);
        }
    }

    fn draw_last(&mut self) {
        let (span, hue) = self.last;
        if self.ribbon.view.len() <= self.ribbon.width {
            self.draw(self.ribbon.pixel(span.start), self.ribbon.pixel(span.end), hue, span);
        } else {
            self.count(span, hue);
        }
    }

    /// Draws pixels in a colour.
    fn draw(&mut self, start: u32, end: u32, hue: Hue, span: Span) {
        match self.segments.last_mut() {
            _ if start >= end => {}
            Some(last) if last.hue == hue => (last.end, last.span.end) = (end, span.end),
            _ => self.segments.push(Segment { start, end, hue, span, selected: false, marked: false }),
        }
    }

    /// Each pixel has at least one byte; the colour of most of them is its own.
    fn count(&mut self, span: Span, hue: Hue) {
        let Ribbon { view, width } = self.ribbon;
        let bound = |pixel: u32| view.start + (u64::from(pixel) * u64::from(view.len())).div_ceil(width.into()) as u32;
        let mut start = span.start;
        while start < span.end {
            let pixel = self.pixel;
            let end = bound(pixel + 1).min(span.end);
            self.bytes[hue as usize] += end - start;
            start = end;
            if end == bound(pixel + 1) {
                self.draw(pixel, pixel + 1, most(&self.bytes), Span::new(bound(pixel), end));
                self.bytes = [0; Hue::ALL.len()];
                // Whole pixels of one colour at once.
                let whole = u64::from(span.end - view.start) * u64::from(width) / u64::from(view.len());
                self.pixel = (whole as u32).min(width).max(pixel + 1);
                self.draw(pixel + 1, self.pixel, hue, Span::new(end, bound(self.pixel)));
                start = bound(self.pixel).min(span.end);
            }
        }
    }
}

/// The stretches of one colour, in order: linear in the objects there.
fn stretches(pyc: &Pyc, brush: &mut Brush) {
    let (tree, view) = (pyc.tree(), brush.ribbon.view);
    let mut at = view.start;
    for (section, top) in pyc.sections().iter().zip(pyc.top()) {
        if section.span.end <= at || section.span.start >= view.end {
            continue;
        }
        let Item::Object(root) = top else {
            brush.stretch(Span::new(at, section.span.end.min(view.end)), hue(pyc, top));
            at = section.span.end;
            continue;
        };
        // The first object that matters is the innermost one at the start of the view.
        let first = tree.at(at).unwrap_or(root).index();
        let last = tree.behind(root);
        let mut following = tree.id(first).map(|id| *tree.node(id));
        for index in first + 1..=last {
            let Some(node) = following else { break };
            if node.span.start >= view.end {
                break;
            }
            following = tree.id(index).filter(|_| index < last).map(|id| *tree.node(id));
            let next = following.map_or(section.span.end, |next| next.span.start);
            let own = Span::new(node.span.start.max(at), node.span.end.min(next).min(view.end));
            if !own.is_empty() {
                brush.stretch(own, node.region.into());
            }
            // What no object has of its own are the numbers of the code object around.
            let between = Span::new(node.span.end.max(at), next.min(view.end));
            if !between.is_empty() {
                brush.stretch(between, Hue::Code);
            }
            at = at.max(next);
        }
        at = section.span.end;
    }
    brush.draw_last();
}

fn segments(pyc: &Pyc, ribbon: Ribbon) -> Vec<Segment> {
    let mut brush = Brush::new(ribbon);
    if ribbon.width == 0 || ribbon.view.is_empty() {
        return brush.segments;
    }
    if ribbon.view.len() > ribbon.width && is_crowded(pyc, ribbon.view) {
        sample(pyc, &mut brush);
    } else {
        stretches(pyc, &mut brush);
    }
    brush.segments
}

/// Whether there are more objects in a part of the file than can be looked at one by one.
fn is_crowded(pyc: &Pyc, view: Span) -> bool {
    let tree = pyc.tree();
    let first = tree.at(view.start).map_or(0, |id| id.index());
    // Behind what is decoded there is no object: as many as there are may come before it.
    let last = tree.at(view.end - 1).map_or(tree.len(), |id| id.index());
    last.saturating_sub(first) > MANY
}

/// The same of a part with more objects than can be looked at one by one while somebody waits: each pixel has the colour that
/// most of some of its bytes have.
fn sample(pyc: &Pyc, brush: &mut Brush) {
    let Ribbon { view, width } = brush.ribbon;
    let bound = |part: u64| view.start + (part * u64::from(view.len())).div_ceil(u64::from(width) * SAMPLES) as u32;
    for pixel in 0..width {
        let mut bytes = [0_u32; Hue::ALL.len()];
        let first = u64::from(pixel) * SAMPLES;
        for part in first..first + SAMPLES {
            bytes[hue_at(pyc, bound(part).min(view.end - 1)) as usize] += 1;
        }
        let span = Span::new(bound(first), bound(first + SAMPLES).min(view.end));
        brush.draw(pixel, pixel + 1, most(&bytes), span);
    }
}

/// The colour of a byte.
fn hue_at(pyc: &Pyc, offset: u32) -> Hue {
    let behind = pyc.sections().partition_point(|section| section.span.start <= offset);
    match behind.checked_sub(1).map(|at| pyc.sections()[at].kind) {
        Some(SectionKind::Root(_) | SectionKind::Recovered(_)) => {
            pyc.tree().at(offset).map_or(Hue::Damage, |id| hue(pyc, Item::Object(id)))
        }
        Some(SectionKind::Header) => Hue::Header,
        _ => Region::Other.into(),
    }
}

/// The colour that most bytes have.
fn most(bytes: &[u32; Hue::ALL.len()]) -> Hue {
    // Of several, the first.
    let mut most = Hue::ALL[0];
    for hue in Hue::ALL {
        if bytes[hue as usize] > bytes[most as usize] {
            most = hue;
        }
    }
    most
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn objects_before_bytes_that_are_none_are_counted() {
        let count = MANY as u32 + 10;
        let objects =
            [&[0xcb, 0x0d, 0x0d, 0x0a][..], &[0; 12], b"(", &count.to_le_bytes(), &b"N".repeat(count as usize)];
        let pyc = Pyc::parse([&objects.concat()[..], b"trailing bytes"].concat());
        let end = pyc.bytes().len() as u32;
        assert!(is_crowded(&pyc, Span::new(0, end)), "with what follows the object");
        assert!(is_crowded(&pyc, Span::new(0, end - 14)), "without it");
        assert!(!is_crowded(&pyc, Span::new(0, 1_000)), "at the beginning");
        assert!(!is_crowded(&pyc, Span::new(end - 1_000, end)), "at the end");
    }
}
