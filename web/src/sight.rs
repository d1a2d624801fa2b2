//! Which bytes the hex pane shows: told by it while it scrolls, heard by the ribbon, and of no concern to the page.

use pycxray_view::Span;
use std::cell::{Cell, RefCell};
use std::rc::Rc;
use yew::Callback;

/// Which bytes the hex pane shows. The page makes one and hands it to both panes; to it, it is always the same.
#[derive(Clone, Default)]
pub(crate) struct Sight(Rc<Inner>);

#[derive(Default)]
struct Inner {
    span: Cell<Span>,
    moved: RefCell<Callback<()>>,
}

impl Sight {
    /// The bytes in sight.
    pub(crate) fn span(&self) -> Span {
        self.0.span.get()
    }

    /// Other bytes came in sight, or the same.
    pub(crate) fn show(&self, span: Span) {
        if self.0.span.replace(span) != span {
            let moved = self.0.moved.borrow().clone();
            moved.emit(());
        }
    }

    /// Tells `moved` from now on when other bytes came in sight.
    pub(crate) fn listen(&self, moved: Callback<()>) {
        self.0.moved.replace(moved);
    }
}

impl PartialEq for Sight {
    fn eq(&self, other: &Self) -> bool {
        Rc::ptr_eq(&self.0, &other.0)
    }
}
