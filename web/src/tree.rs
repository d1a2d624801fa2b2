//! The tree pane: a WAI-ARIA treeview of which only the rows in sight exist.
//!
//! The pane itself has the focus and names the chosen row with `aria-activedescendant`; rows come and go as it scrolls,
//! and focus on one of them would be lost with it.

use crate::ink::{draw_in_row, hue_class};
use crate::list::{List, row_of};
use crate::slices::now;
use crate::{Act, Shown};
use pycxray_view::{InstructionCells, Key, Row, Selection, Severity, hex_offset};
use yew::prelude::*;

/// Deeper rows are not indented further, so that their text stays in sight.
const DEEPEST_INDENT: u32 = 24;
/// How long after a letter the next one belongs to the same word, in milliseconds.
const TYPING: f64 = 700.0;

/// What the tree pane needs.
#[derive(Properties, PartialEq)]
pub(crate) struct TreeProps {
    /// The document to draw.
    pub(crate) shown: Shown,
    /// Where to say what the user did.
    pub(crate) act: Act,
}

pub(crate) struct TreePane {
    list: List,
    chosen: Selection,
    typed: String,
    typed_at: f64,
}

pub(crate) enum TreeMsg {
    Scrolled,
    Resized,
    Click(MouseEvent),
    DoubleClick(MouseEvent),
    Key(KeyboardEvent),
}

/// The key of the view that a key of the keyboard stands for.
pub(crate) fn key_of(event: &KeyboardEvent) -> Option<Key> {
    if event.ctrl_key() || event.alt_key() || event.meta_key() {
        return None;
    }
    Some(match event.key().as_str() {
        "ArrowUp" => Key::Up,
        "ArrowDown" => Key::Down,
        "ArrowLeft" => Key::Left,
        "ArrowRight" => Key::Right,
        "Home" => Key::Home,
        "End" => Key::End,
        "PageUp" => Key::PageUp,
        "PageDown" => Key::PageDown,
        "Enter" => Key::Enter,
        " " => Key::Toggle,
        "*" => Key::ExpandAll,
        _ => return None,
    })
}

impl TreePane {
    fn length(&self, ctx: &Context<Self>) -> usize {
        ctx.props().shown.read(|document| document.tree_len())
    }

    /// Scrolls to what is chosen if that is something else than before.
    fn follow(&mut self, ctx: &Context<Self>) {
        let (chosen, row) = ctx.props().shown.read(|document| (document.selection(), document.tree_selected_row()));
        if chosen != self.chosen {
            self.chosen = chosen;
            if let Some(row) = row {
                self.list.scroll.reveal(row);
            }
        }
    }

    /// Letters go to the row that begins with them.
    fn type_ahead(&mut self, ctx: &Context<Self>, event: &KeyboardEvent) -> bool {
        let key = event.key();
        let mut letters = key.chars();
        let (Some(letter), None) = (letters.next(), letters.next()) else { return false };
        let going_on = !self.typed.is_empty() && now() - self.typed_at < TYPING;
        let taken = event.ctrl_key() || event.alt_key() || event.meta_key();
        // `/`, `?` and `g` do the same on the whole page, unless a word is being typed.
        if taken || letter == ' ' || (!going_on && matches!(letter, '/' | '?' | 'g')) {
            return false;
        }
        if !going_on {
            self.typed.clear();
        }
        self.typed.push(letter);
        self.typed_at = now();
        let typed = self.typed.clone();
        ctx.props().act.run(move |document| {
            document.tree_type_ahead(&typed);
        });
        true
    }
}

impl Component for TreePane {
    type Message = TreeMsg;
    type Properties = TreeProps;

    fn create(ctx: &Context<Self>) -> Self {
        let mut pane = Self { list: List::new(), chosen: Selection::default(), typed: String::new(), typed_at: 0.0 };
        pane.list.measure(pane.length(ctx));
        pane
    }

    fn changed(&mut self, ctx: &Context<Self>, old: &TreeProps) -> bool {
        if old.shown.id != ctx.props().shown.id {
            self.list.scroll.move_to(0.0);
            self.chosen = Selection::default();
        }
        self.list.measure(self.length(ctx));
        self.follow(ctx);
        true
    }

    fn update(&mut self, ctx: &Context<Self>, msg: TreeMsg) -> bool {
        let act = &ctx.props().act;
        match msg {
            TreeMsg::Scrolled => return self.list.scrolled(),
            TreeMsg::Resized => {
                self.list.measure(self.length(ctx));
                return true;
            }
            TreeMsg::Click(event) => {
                if let Some((row, twisty)) = row_of(&event) {
                    act.run(move |document| {
                        let item = document.tree_rows(row..row + 1).first().map(|row| row.item);
                        match item {
                            Some(item) if twisty => document.tree_toggle(item),
                            _ => document.tree_select_row(row),
                        }
                    });
                }
            }
            TreeMsg::DoubleClick(event) => {
                if let Some((row, false)) = row_of(&event) {
                    act.run(move |document| {
                        document.tree_select_row(row);
                        document.tree_key(Key::Enter, 1);
                    });
                }
            }
            TreeMsg::Key(event) => {
                let handled = if let Some(key) = key_of(&event)
                    && !(key == Key::Toggle && now() - self.typed_at < TYPING && !self.typed.is_empty())
                {
                    let page = self.list.scroll.page();
                    self.typed.clear();
                    act.run(move |document| {
                        document.tree_key(key, page);
                    });
                    true
                } else if event.key() == "-" && !event.ctrl_key() && !event.meta_key() {
                    act.run(|document| {
                        if let Some(item) = document.selected_item() {
                            document.tree_collapse_siblings(item);
                        }
                    });
                    true
                } else {
                    self.type_ahead(ctx, &event)
                };
                if handled {
                    event.prevent_default();
                    event.stop_propagation();
                }
            }
        }
        false
    }

    fn view(&self, ctx: &Context<Self>) -> Html {
        let ctx_act = &ctx.props().act;
        let rows = ctx.props().shown.read(|document| document.tree_rows(self.list.seen()));
        let active = rows.iter().find(|row| row.selected).map(|row| format!("row-{}", row.index));
        let link = ctx.link();
        let nothing = rows.is_empty() && self.length(ctx) == 0;
        html! {
            <div
                ref={&self.list.outer}
                id="tree"
                class="list tree"
                role="tree"
                tabindex="0"
                aria-label="What the file is made of"
                aria-activedescendant={active}
                onclick={link.callback(TreeMsg::Click)}
                ondblclick={link.callback(TreeMsg::DoubleClick)}
                onkeydown={link.callback(TreeMsg::Key)}
            >
                if nothing {
                    <p class="nothing" role="none">{ "The file has no bytes, so there is nothing to show." }</p>
                }
                { self.list.frame(rows.iter().map(|row| draw_row(row, ctx_act)).collect()) }
            </div>
        }
    }

    fn rendered(&mut self, ctx: &Context<Self>, first_render: bool) {
        if first_render {
            let link = ctx.link();
            self.list.attach(link.callback(|()| TreeMsg::Scrolled), link.callback(|()| TreeMsg::Resized));
            self.list.measure(self.length(ctx));
            self.follow(ctx);
            link.send_message(TreeMsg::Resized);
        }
        self.list.place();
    }
}

fn draw_row(row: &Row, act: &Act) -> Html {
    let depth = row.depth.min(DEEPEST_INDENT);
    let class = classes!(
        "row",
        format!("d{depth}"),
        hue_class(row.hue),
        row.instruction.is_some().then_some("ins"),
        row.selected.then_some("sel"),
        row.marked.then_some("marked"),
    );
    let expanded = row.expandable.then(|| row.expanded.to_string());
    html! {
        <div
            key={row.index}
            id={format!("row-{}", row.index)}
            {class}
            role="treeitem"
            data-row={row.index.to_string()}
            aria-level={(row.depth + 1).to_string()}
            aria-posinset={row.position.to_string()}
            aria-setsize={row.set_size.to_string()}
            aria-selected={row.selected.to_string()}
            aria-expanded={expanded}
        >
            <span class={classes!("twisty", row.expandable.then_some("has"), row.expanded.then_some("open"))} aria-hidden="true" />
            if let Some(cells) = &row.instruction {
                { instruction(cells, act) }
                { trouble(row.problem) }
                <span class="x">{ size_of(cells.size) }</span>
            } else {
                <i class="k" aria-hidden="true" />
                <span class="lb">{ &row.label }</span>
                <span class="v">
                    { draw_in_row(&row.value, act) }
                    if !row.meaning.is_empty() {
                        <span class="w-soft">{ " " }{ &row.meaning }</span>
                    }
                </span>
                { trouble(row.problem) }
                { references(row.references) }
                <span class="x">{ hex_offset(row.span.start) }</span>
            }
        </div>
    }
}

fn size_of(bytes: u32) -> String {
    if bytes == 1 { "1 byte".into() } else { format!("{bytes} bytes") }
}

/// How often something is referred to.
fn references(count: u32) -> Html {
    match count {
        0 => html! {},
        1 => html! { <span class="refs" title="One reference leads here">{ "←1" }</span> },
        _ => {
            html! { <span class="refs" title={format!("{count} references lead here")}>{ format!("←{count}") }</span> }
        }
    }
}

/// A sign that something is wrong here.
pub(crate) fn trouble(worst: Option<Severity>) -> Html {
    let (class, sign, words) = match worst {
        Some(Severity::Error) => ("bad", "✕", "damaged"),
        Some(Severity::Warning) => ("odd", "!", "suspicious"),
        _ => return html! {},
    };
    html! { <span class={classes!("trouble", class)} role="img" aria-label={words}>{ sign }</span> }
}

/// The columns of an instruction: line, offset, label, name, argument, what that means.
pub(crate) fn instruction(cells: &InstructionCells, act: &Act) -> Html {
    html! {
        <>
            <span class="ln">{ cells.line.map(|line| line.to_string()) }</span>
            <span class={classes!("of", cells.is_target.then_some("target"))}>{ cells.offset }</span>
            <span class="lab">{ cells.label.clone() }</span>
            <span class="op">{ &cells.opname }</span>
            <span class="ar">{ cells.arg.map(|arg| arg.to_string()) }</span>
            <span class="rp">{ draw_in_row(&cells.operand, act) }</span>
        </>
    }
}
