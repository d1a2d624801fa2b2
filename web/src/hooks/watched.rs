//! What is on screen, so that the engine sends that.

use pycxray_view::protocol::{Rows, View, Viewport};
use std::ops::Range;
use yew::prelude::*;

/// Tells what is on screen, for as long as the component is there.
#[hook]
pub fn use_watched(viewport: Viewport, onwatch: &Callback<Viewport>, onunwatch: &Callback<View>) {
    let onwatch = onwatch.clone();
    use_effect_with(viewport, move |viewport| onwatch.emit(*viewport));
    use_unwatch(viewport.view(), onunwatch);
}

/// A callback that tells which rows of a list are on screen, as the viewport that `of` makes of them, for as long as the
/// component is there.
#[hook]
pub fn use_rows_of(
    of: fn(Rows) -> Viewport,
    onwatch: &Callback<Viewport>,
    onunwatch: &Callback<View>,
) -> Callback<Range<usize>> {
    use_unwatch(of(Rows::default()).view(), onunwatch);
    use_callback(onwatch.clone(), move |rows: Range<usize>, onwatch| {
        onwatch.emit(of(Rows { start: rows.start, count: rows.len() }));
    })
}

/// Tells when the component is gone.
#[hook]
pub fn use_unwatch(view: View, onunwatch: &Callback<View>) {
    let onunwatch = onunwatch.clone();
    use_effect_with(view, move |view| {
        let view = *view;
        move || onunwatch.emit(view)
    });
}
