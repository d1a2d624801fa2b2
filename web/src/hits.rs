//! What a search found, as a list.

use crate::ink::draw;
use crate::list::{List, row_of};
use crate::{Act, Shown};
use pycxray_view::{Hit, Styled, hex_offset};
use yew::prelude::*;

/// What the list of hits needs.
#[derive(Properties, PartialEq)]
pub(crate) struct HitsProps {
    /// The document to draw.
    pub(crate) shown: Shown,
    /// Where to say what the user did.
    pub(crate) act: Act,
}

pub(crate) struct HitsPane {
    list: List,
    current: Option<usize>,
}

pub(crate) enum HitsMsg {
    Scrolled,
    Resized,
    Click(MouseEvent),
    Key(KeyboardEvent),
}

impl HitsPane {
    fn length(ctx: &Context<Self>) -> usize {
        ctx.props().shown.read(|document| document.search_state()).map_or(0, |state| state.total)
    }

    fn follow(&mut self, ctx: &Context<Self>) {
        let current = ctx.props().shown.read(|document| document.search_state()).and_then(|state| state.current);
        if current != self.current {
            self.current = current;
            if let Some(row) = current {
                self.list.scroll.reveal(row);
            }
        }
    }
}

impl Component for HitsPane {
    type Message = HitsMsg;
    type Properties = HitsProps;

    fn create(_: &Context<Self>) -> Self {
        Self { list: List::new(), current: None }
    }

    fn changed(&mut self, ctx: &Context<Self>, _: &HitsProps) -> bool {
        self.list.measure(Self::length(ctx));
        self.follow(ctx);
        true
    }

    fn update(&mut self, ctx: &Context<Self>, msg: HitsMsg) -> bool {
        let act = &ctx.props().act;
        match msg {
            HitsMsg::Scrolled => return self.list.scrolled(),
            HitsMsg::Resized => {
                self.list.measure(Self::length(ctx));
                return true;
            }
            HitsMsg::Click(event) => {
                if let Some((row, _)) = row_of(&event) {
                    act.run(move |document| document.search_select(row));
                }
            }
            HitsMsg::Key(event) => {
                let last = Self::length(ctx).saturating_sub(1);
                let page = self.list.scroll.page();
                let now = self.current;
                let to = match event.key().as_str() {
                    _ if event.ctrl_key() || event.alt_key() || event.meta_key() => return false,
                    "ArrowDown" => now.map_or(0, |now| now + 1).min(last),
                    "ArrowUp" => now.unwrap_or(0).saturating_sub(1),
                    "Home" => 0,
                    "End" => last,
                    "PageDown" => (now.unwrap_or(0) + page).min(last),
                    "PageUp" => now.unwrap_or(0).saturating_sub(page),
                    _ => return false,
                };
                event.prevent_default();
                act.run(move |document| document.search_select(to));
            }
        }
        false
    }

    fn view(&self, ctx: &Context<Self>) -> Html {
        let seen = self.list.seen();
        let (state, hits) =
            ctx.props().shown.read(|document| (document.search_state(), document.search_hits(seen.clone())));
        let state = state.unwrap_or_default();
        let total = state.total;
        let active = state.current.filter(|row| seen.contains(row)).map(|row| format!("hit-{row}"));
        let link = ctx.link();
        let row = |(at, (hit, words)): (usize, &(Hit, Styled))| {
            let index = seen.start + at;
            let current = state.current == Some(index);
            html! {
                <div
                    key={index}
                    id={format!("hit-{index}")}
                    class={classes!("row", current.then_some("sel"))}
                    role="option"
                    data-row={index.to_string()}
                    aria-selected={current.to_string()}
                    aria-posinset={(index + 1).to_string()}
                    aria-setsize={total.to_string()}
                >
                    <span class="lb">{ hit.kind.name() }</span>
                    <span class="v">{ draw(words, None) }</span>
                    <span class="x">{ hex_offset(hit.span.start) }</span>
                </div>
            }
        };
        html! {
            <div class="hits">
                <p class="hits-head">{ state.error.clone().unwrap_or_else(|| state.message.clone()) }</p>
                <div
                    ref={&self.list.outer}
                    id="hits"
                    class="list tree"
                    role="listbox"
                    tabindex="0"
                    aria-label="What was found"
                    aria-activedescendant={active}
                    onclick={link.callback(HitsMsg::Click)}
                    onkeydown={link.callback(HitsMsg::Key)}
                >
                    { self.list.frame(hits.iter().enumerate().map(row).collect()) }
                </div>
            </div>
        }
    }

    fn rendered(&mut self, ctx: &Context<Self>, first_render: bool) {
        if first_render {
            let link = ctx.link();
            self.list.attach(link.callback(|()| HitsMsg::Scrolled), link.callback(|()| HitsMsg::Resized));
            self.list.measure(Self::length(ctx));
            self.follow(ctx);
            link.send_message(HitsMsg::Resized);
        }
        self.list.place();
    }
}
