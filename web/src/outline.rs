//! The outline: the functions and classes of the file, nested as they are.

use crate::ink::draw;
use crate::list::{List, row_of};
use crate::{Act, Shown};
use pycxray_view::{OutlineRow, grouped};
use yew::prelude::*;

/// Deeper rows are not indented further.
const DEEPEST_INDENT: u32 = 24;

/// What the outline needs.
#[derive(Properties, PartialEq)]
pub(crate) struct OutlineProps {
    /// The document to draw.
    pub(crate) shown: Shown,
    /// Where to say what the user did.
    pub(crate) act: Act,
    /// Told when a code object is to be listed.
    pub(crate) enter: Callback<()>,
}

pub(crate) struct OutlinePane {
    list: List,
    current: Option<usize>,
}

pub(crate) enum OutlineMsg {
    Scrolled,
    Resized,
    Click(MouseEvent),
    Enter,
    Key(KeyboardEvent),
}

impl OutlinePane {
    fn length(ctx: &Context<Self>) -> usize {
        ctx.props().shown.read(|document| document.outline_len())
    }

    fn follow(&mut self, ctx: &Context<Self>) {
        let current = ctx.props().shown.read(|document| document.outline_current());
        if current != self.current {
            self.current = current;
            if let Some(row) = current {
                self.list.scroll.reveal(row);
            }
        }
    }

    fn choose(ctx: &Context<Self>, row: usize) {
        ctx.props().act.run(move |document| {
            if let Some(row) = document.outline_rows(row..row + 1).first() {
                document.select(row.item);
            }
        });
    }
}

impl Component for OutlinePane {
    type Message = OutlineMsg;
    type Properties = OutlineProps;

    fn create(_: &Context<Self>) -> Self {
        Self { list: List::new(), current: None }
    }

    fn changed(&mut self, ctx: &Context<Self>, _: &OutlineProps) -> bool {
        self.list.measure(Self::length(ctx));
        self.follow(ctx);
        true
    }

    fn update(&mut self, ctx: &Context<Self>, msg: OutlineMsg) -> bool {
        match msg {
            OutlineMsg::Scrolled => return self.list.scrolled(),
            OutlineMsg::Resized => {
                self.list.measure(Self::length(ctx));
                return true;
            }
            OutlineMsg::Click(event) => {
                if let Some((row, _)) = row_of(&event) {
                    Self::choose(ctx, row);
                }
            }
            OutlineMsg::Enter => ctx.props().enter.emit(()),
            OutlineMsg::Key(event) => {
                let last = Self::length(ctx).saturating_sub(1);
                let now = self.current.unwrap_or(0);
                let page = self.list.scroll.page();
                let to = match event.key().as_str() {
                    _ if event.ctrl_key() || event.alt_key() || event.meta_key() => return false,
                    "ArrowDown" => (now + 1).min(last),
                    "ArrowUp" => now.saturating_sub(1),
                    "Home" => 0,
                    "End" => last,
                    "PageDown" => (now + page).min(last),
                    "PageUp" => now.saturating_sub(page),
                    "Enter" => {
                        ctx.props().enter.emit(());
                        return false;
                    }
                    _ => return false,
                };
                event.prevent_default();
                Self::choose(ctx, to);
            }
        }
        false
    }

    fn view(&self, ctx: &Context<Self>) -> Html {
        let (rows, total) =
            ctx.props().shown.read(|document| (document.outline_rows(self.list.seen()), document.outline_len()));
        let seen = self.list.seen();
        let active = self.current.filter(|row| seen.contains(row)).map(|row| format!("code-{row}"));
        let link = ctx.link();
        let row = |(at, row): (usize, &OutlineRow)| {
            let index = seen.start + at;
            html! {
                <div
                    key={index}
                    id={format!("code-{index}")}
                    class={classes!("row", format!("d{}", row.depth.min(DEEPEST_INDENT)), row.current.then_some("sel"))}
                    role="treeitem"
                    aria-level={(row.depth + 1).to_string()}
                    data-row={index.to_string()}
                    aria-selected={row.current.to_string()}
                    aria-posinset={(index + 1).to_string()}
                    aria-setsize={total.to_string()}
                >
                    <span class="v">{ draw(&row.name, None) }</span>
                    <span class="x">
                        if let Some(line) = row.line { { format!("line {line} · ") } }
                        { format!("{} bytes", grouped(u64::from(row.size))) }
                    </span>
                </div>
            }
        };
        html! {
            <div
                ref={&self.list.outer}
                id="outline"
                class="list tree outline"
                role="tree"
                tabindex="0"
                aria-label="Functions and classes"
                aria-activedescendant={active}
                onclick={link.callback(OutlineMsg::Click)}
                ondblclick={link.callback(|_| OutlineMsg::Enter)}
                onkeydown={link.callback(OutlineMsg::Key)}
            >
                { self.list.frame(rows.iter().enumerate().map(row).collect()) }
            </div>
        }
    }

    fn rendered(&mut self, ctx: &Context<Self>, first_render: bool) {
        if first_render {
            let link = ctx.link();
            self.list.attach(link.callback(|()| OutlineMsg::Scrolled), link.callback(|()| OutlineMsg::Resized));
            self.list.measure(Self::length(ctx));
            self.follow(ctx);
            link.send_message(OutlineMsg::Resized);
        }
        self.list.place();
    }
}
