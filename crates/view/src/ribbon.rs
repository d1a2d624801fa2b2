//! The file's anatomy at a glance: its parts as coloured segments, proportional to their bytes.

use std::cell::RefCell;

use pycxray::{Item, Pyc, Region, SectionKind, Span};

use crate::file::File;
use crate::item::hue;
use crate::labels;
use crate::number::counted;
use crate::protocol::{Hue, Ribbon, RibbonWindow, Segment};
use crate::search::Hits;

/// How many objects are looked at one by one.
const MANY: usize = 200_000;

/// How many bytes of a pixel are looked at where there are more objects.
const SAMPLES: u64 = 8;

/// The segments that were made last: without what is chosen or found, which changes more often.
#[derive(Debug, Default)]
pub(crate) struct RibbonCache(RefCell<Option<(Ribbon, Vec<Segment>)>>);

impl RibbonCache {
    /// The ribbon as it is drawn with this choice and these hits.
    pub(crate) fn window(&self, file: &File, asked: Ribbon, chosen: Span, hits: &Hits) -> RibbonWindow {
        let ribbon = fitted(file, asked);
        let mut kept = self.0.borrow_mut();
        if kept.as_ref().is_none_or(|(known, _)| *known != ribbon) {
            *kept = Some((ribbon, segments(&file.pyc, ribbon)));
        }
        let mut segments = kept.as_ref().map_or_else(Vec::new, |(_, segments)| segments.clone());
        for segment in &mut segments {
            segment.selected = segment.span.start < chosen.end && chosen.start < segment.span.end;
            segment.marked = hits.any_in(segment.span);
        }
        let owner = owner_at(file, ribbon, ribbon.pixel(chosen.start)).map(|(_, name)| name);
        RibbonWindow { ribbon, segments, owner }
    }
}

/// The ribbon of this file that was asked for: the whole file where nothing is asked for that it has.
pub(crate) fn fitted(file: &File, asked: Ribbon) -> Ribbon {
    let Span { start, end } = asked.view;
    let is_there = start < end && end <= file.size();
    Ribbon { view: if is_there { asked.view } else { Span::new(0, file.size()) }, width: asked.width }
}

/// What lies under a pixel, and what it is called: a field of a code object, a part of the header.
pub(crate) fn owner_at(file: &File, ribbon: Ribbon, pixel: u32) -> Option<(Item, String)> {
    let mut item = file.pyc.leaf_at(ribbon.offset(pixel))?;
    let is_code = |item: Item| matches!(item, Item::Object(id) if labels::is_code(&file.pyc, id));
    // Up to what is directly in a code object, or in nothing.
    while let Some(outer) = file.pyc.parent(item).filter(|&outer| !is_code(outer)) {
        item = outer;
    }
    let name = match file.pyc.parent(item) {
        Some(code) => format!("{} › {}", labels::crumb(&file.pyc, code), labels::row(&file.pyc, item)),
        None => labels::crumb(&file.pyc, item),
    };
    let size = counted(file.pyc.span(item).len().into(), "byte");
    Some((item, format!("{name} · {size}")))
}

/// The offset at which the segment begins that is next to what is chosen.
pub(crate) fn step(file: &File, ribbon: Ribbon, chosen: Span, forward: bool) -> Option<u32> {
    let segments = segments(&file.pyc, fitted(file, ribbon));
    let next = if forward {
        segments.iter().find(|segment| segment.span.start >= chosen.end.max(chosen.start.saturating_add(1)))
    } else {
        segments.iter().rev().find(|segment| segment.span.start < chosen.start)
    };
    next.map(|segment| segment.span.start)
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
