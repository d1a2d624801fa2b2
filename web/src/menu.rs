//! A button that opens a menu: arrow keys, Home, End, first letters, Escape, as the WAI-ARIA menu button does it.

use crate::cssom;
use crate::tag::{button, span, tag};
use crate::tell::Tell;
use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlElement, Node};
use yew::prelude::*;

/// A line of a menu.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Choice {
    /// What it says.
    pub(crate) label: String,
    /// Said beside it, quietly.
    pub(crate) hint: String,
    /// Whether it is the one in force, in menus of which one is.
    pub(crate) checked: Option<bool>,
}

impl Choice {
    /// A line that does something.
    pub(crate) fn plain(label: impl Into<String>) -> Self {
        Self { label: label.into(), hint: String::new(), checked: None }
    }

    /// A line of which one is in force.
    pub(crate) fn radio(label: impl Into<String>, checked: bool) -> Self {
        Self { label: label.into(), hint: String::new(), checked: Some(checked) }
    }

    /// The same with a quiet word beside it.
    pub(crate) fn with_hint(mut self, hint: impl Into<String>) -> Self {
        self.hint = hint.into();
        self
    }
}

/// What a menu needs.
#[derive(Properties)]
pub(crate) struct MenuProps {
    /// Tells its elements from those of other menus.
    pub(crate) id: &'static str,
    /// Classes of the button.
    pub(crate) class: &'static str,
    /// What the button does, for those who hover.
    pub(crate) title: &'static str,
    /// What the button is called, for those who listen; its title, if it is not said.
    #[prop_or_default]
    pub(crate) label: Option<AttrValue>,
    /// Draws what the button shows, from what it says.
    pub(crate) face: fn(&str) -> Html,
    /// What the button says, if that is not always the same.
    #[prop_or_default]
    pub(crate) says: String,
    /// The lines.
    pub(crate) choices: Vec<Choice>,
    /// Hears which line was chosen.
    pub(crate) picked: Callback<usize>,
}

impl PartialEq for MenuProps {
    fn eq(&self, other: &Self) -> bool {
        let is_same = self.id == other.id && self.label == other.label && self.says == other.says;
        // All else goes with the id.
        is_same && self.choices == other.choices && self.picked == other.picked
    }
}

/// A button that opens a menu.
pub(crate) struct Menu {
    open: bool,
    /// The line that has the focus once the menu is drawn.
    focus: Option<usize>,
    root: NodeRef,
    button: NodeRef,
    menu: NodeRef,
}

/// Between a button and its menu, in CSS pixels.
const GAP: f64 = 5.0;
/// Between a menu and the edge of the window, in CSS pixels.
const MARGIN: f64 = 8.0;

pub(crate) enum MenuMsg {
    Toggle,
    ButtonKey(KeyboardEvent),
    Key(KeyboardEvent),
    Pick(usize),
    Left(FocusEvent),
}

impl Menu {
    fn close(&mut self, refocus: bool) {
        self.open = false;
        self.focus = None;
        if refocus && let Some(button) = self.button.cast::<HtmlElement>() {
            let _ = button.focus();
        }
    }

    /// Puts the menu under its button, or over it where there is no room below, and inside the window in any case. Fixed,
    /// since a pane that scrolls would cut it off.
    fn place(&self) {
        let (Some(button), Some(menu)) = (self.button.cast::<Element>(), self.menu.cast::<Element>()) else { return };
        let Some(root) = button.owner_document().and_then(|document| document.document_element()) else { return };
        let (button, size) = (button.get_bounding_client_rect(), menu.get_bounding_client_rect());
        let (width, height) = (f64::from(root.client_width()), f64::from(root.client_height()));
        // Menus of the right half open to the left.
        let beside = if button.left() > width / 2.0 { button.right() - size.width() } else { button.left() };
        let left = beside.min(width - size.width() - MARGIN).max(MARGIN);
        let below = button.bottom() + GAP;
        let above = button.top() - GAP - size.height();
        let fits_below = below + size.height() <= height - MARGIN;
        let top = if fits_below || above < MARGIN { below.min(height - size.height() - MARGIN) } else { above };
        cssom::set_on(&menu, "left", &format!("{left}px"));
        cssom::set_on(&menu, "top", &format!("{}px", top.max(MARGIN)));
    }

    /// Which line has the focus now.
    fn focused(&self) -> Option<usize> {
        let active = web_sys::window()?.document()?.active_element()?;
        active.get_attribute("data-choice")?.parse().ok()
    }
}

impl Component for Menu {
    type Message = MenuMsg;
    type Properties = MenuProps;

    fn create(_: &Context<Self>) -> Self {
        Self {
            open: false,
            focus: None,
            root: NodeRef::default(),
            button: NodeRef::default(),
            menu: NodeRef::default(),
        }
    }

    fn update(&mut self, ctx: &Context<Self>, msg: MenuMsg) -> bool {
        let choices = &ctx.props().choices;
        let count = choices.len();
        let checked = choices.iter().position(|choice| choice.checked == Some(true)).unwrap_or(0);
        match msg {
            MenuMsg::Toggle if self.open => self.close(true),
            MenuMsg::Toggle => (self.open, self.focus) = (true, Some(checked)),
            MenuMsg::ButtonKey(event) => {
                let to = match event.key().as_str() {
                    "ArrowDown" => checked,
                    "ArrowUp" => count.saturating_sub(1),
                    _ => return false,
                };
                event.prevent_default();
                (self.open, self.focus) = (true, Some(to));
            }
            MenuMsg::Key(event) => {
                let now = self.focused().unwrap_or(0);
                let key = event.key();
                self.focus = Some(match key.as_str() {
                    "ArrowDown" => (now + 1) % count.max(1),
                    "ArrowUp" => (now + count.saturating_sub(1)) % count.max(1),
                    "Home" => 0,
                    "End" => count.saturating_sub(1),
                    "Escape" => {
                        event.stop_propagation();
                        self.close(true);
                        return true;
                    }
                    "Enter" | " " | "Tab" => return false,
                    _ => {
                        let begins = |at: &usize| starts_with(&choices[*at].label, &key);
                        match (now + 1..count).chain(0..now).find(begins) {
                            Some(at) => at,
                            None => return false,
                        }
                    }
                });
                event.prevent_default();
                event.stop_propagation();
            }
            MenuMsg::Pick(at) => {
                self.close(true);
                ctx.props().picked.emit(at);
            }
            MenuMsg::Left(event) => {
                let to = event.related_target().and_then(|target| target.dyn_into::<Node>().ok());
                let inside = self.root.cast::<Element>().is_some_and(|root| root.contains(to.as_ref()));
                if inside {
                    return false;
                }
                self.close(false);
            }
        }
        true
    }

    fn view(&self, ctx: &Context<Self>) -> Html {
        let MenuProps { id, class, title, label, face, says, choices, .. } = ctx.props();
        let label = label.clone().unwrap_or(AttrValue::Static(title));
        let link = ctx.link();
        let line = |(at, choice): (usize, &Choice)| {
            let (role, checked) = match choice.checked {
                Some(_) => ("menuitemradio", choice.checked),
                None => ("menuitem", None),
            };
            button("")
                .key(at)
                .role(role)
                .set("aria-checked", checked)
                .set("tabindex", "-1")
                .set("data-choice", at)
                .on_click(link.callback(move |_| MenuMsg::Pick(at)))
                .child(tag("span").text(&choice.label))
                .maybe((!choice.hint.is_empty()).then(|| span("hint").text(&choice.hint)))
        };
        let opens = button(class)
            .found_by(&self.button)
            .set("id", format!("{id}-button"))
            .set("title", *title)
            .set("aria-label", label)
            .set("aria-haspopup", "menu")
            .set("aria-expanded", self.open)
            .set("aria-controls", self.open.then(|| format!("{id}-menu")))
            .on_click(link.tell(|_| MenuMsg::Toggle))
            .on_key(link.tell(MenuMsg::ButtonKey))
            .child(face(says));
        let menu = || {
            tag("div")
                .class("menu")
                .found_by(&self.menu)
                .set("id", format!("{id}-menu"))
                .role("menu")
                .set("aria-label", *title)
                .on_key(link.tell(MenuMsg::Key))
                .children(choices.iter().enumerate().map(line))
        };
        tag("div")
            .class("menu-root")
            .found_by(&self.root)
            .on_focus_out(link.tell(MenuMsg::Left))
            .child(opens)
            .maybe(self.open.then(menu))
            .into()
    }

    fn rendered(&mut self, _: &Context<Self>, _: bool) {
        self.place();
        let Some(at) = self.focus.take() else { return };
        let line = self.root.cast::<Element>().and_then(|root| {
            root.query_selector(&format!("[data-choice='{at}']")).ok().flatten()?.dyn_into::<HtmlElement>().ok()
        });
        if let Some(line) = line {
            let _ = line.focus();
        }
    }
}

/// Whether a label begins with what was typed, capitals or not.
fn starts_with(label: &str, typed: &str) -> bool {
    label.get(..typed.len()).is_some_and(|start| start.eq_ignore_ascii_case(typed))
}
