//! A button that opens a menu: arrow keys, Home, End, first letters, Escape, as the WAI-ARIA menu button does it.

use crate::cssom;
use crate::hooks::use_after_render;
use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlElement, Node};
use yew::prelude::*;

/// A line of a menu.
#[derive(Clone, Debug, PartialEq)]
pub struct Choice {
    /// What it says.
    pub label: AttrValue,
    /// Said beside it, quietly.
    pub hint: AttrValue,
    /// Whether it is the one in force, in menus of which one is.
    pub checked: Option<bool>,
}

impl Choice {
    /// A line that does something.
    pub fn plain(label: impl Into<AttrValue>) -> Self {
        Self { label: label.into(), hint: AttrValue::default(), checked: None }
    }

    /// A line of which one is in force.
    pub fn radio(label: impl Into<AttrValue>, checked: bool) -> Self {
        Self { label: label.into(), hint: AttrValue::default(), checked: Some(checked) }
    }

    /// The same with a quiet word beside it.
    #[must_use]
    pub fn with_hint(mut self, hint: impl Into<AttrValue>) -> Self {
        self.hint = hint.into();
        self
    }
}

/// Properties of [`Menu`].
#[derive(Properties, PartialEq)]
pub struct MenuProps {
    /// Tells its elements from those of other menus.
    pub id: &'static str,
    /// Classes of the button.
    pub class: &'static str,
    /// What the button does, for those who hover.
    pub title: &'static str,
    /// What the button is called, for those who listen; its title, if it is not said.
    #[prop_or_default]
    pub label: Option<AttrValue>,
    /// The lines.
    pub choices: Vec<Choice>,
    /// Called with the line that was chosen, counted from 0.
    pub onpick: Callback<usize>,
    /// What the button shows.
    pub children: Html,
}

/// Between a button and its menu, in CSS pixels.
const GAP: f64 = 5.0;
/// Between a menu and the edge of the window, in CSS pixels.
const MARGIN: f64 = 8.0;

/// A button that opens a menu.
#[component]
pub fn Menu(props: &MenuProps) -> Html {
    // The line that gets the focus when the menu opens; closed without.
    let open = use_state_eq(|| None::<usize>);
    let (root, button, menu) = (use_node_ref(), use_node_ref(), use_node_ref());
    {
        let (button, menu) = (button.clone(), menu.clone());
        use_after_render(move || place(&button, &menu));
    }
    {
        let menu = menu.clone();
        use_effect_with(*open, move |at| {
            if let Some(at) = at {
                focus_choice(&menu, *at);
            }
        });
    }
    let close = {
        let (open, button) = (open.clone(), button.clone());
        Callback::from(move |()| {
            open.set(None);
            if let Some(button) = button.cast::<HtmlElement>() {
                let _ = button.focus();
            }
        })
    };
    let checked = props.choices.iter().position(|choice| choice.checked == Some(true)).unwrap_or(0);
    let last = props.choices.len().saturating_sub(1);
    let toggle = {
        let (open, close) = (open.clone(), close.clone());
        move |_: MouseEvent| if open.is_some() { close.emit(()) } else { open.set(Some(checked)) }
    };
    let on_button_key = {
        let open = open.clone();
        move |event: KeyboardEvent| {
            let at = match event.key().as_str() {
                "ArrowDown" => checked,
                "ArrowUp" => last,
                _ => return,
            };
            event.prevent_default();
            open.set(Some(at));
        }
    };
    let on_menu_key = {
        let (menu, close, choices) = (menu.clone(), close.clone(), props.choices.clone());
        move |event: KeyboardEvent| press(&event, &choices, &menu, &close)
    };
    let onfocusout = {
        let (open, root) = (open.clone(), root.clone());
        move |event: FocusEvent| {
            let to = event.related_target().and_then(|target| target.dyn_into::<Node>().ok());
            if root.cast::<Element>().is_some_and(|root| !root.contains(to.as_ref())) {
                open.set(None);
            }
        }
    };
    let pick = |at: usize| {
        let (close, onpick) = (close.clone(), props.onpick.clone());
        move |_: MouseEvent| {
            close.emit(());
            onpick.emit(at);
        }
    };
    let (button_id, menu_id) = (format!("{}-button", props.id), format!("{}-menu", props.id));
    let label = props.label.clone().unwrap_or(AttrValue::Static(props.title));
    html! {
        <div class="menu-root" ref={root} {onfocusout}>
            <button type="button" ref={button} id={button_id} class={props.class} title={props.title}
                aria-label={label} aria-haspopup="menu" aria-expanded={open.is_some().to_string()}
                aria-controls={open.is_some().then(|| menu_id.clone())} onclick={toggle} onkeydown={on_button_key}>
                { props.children.clone() }
            </button>
            if open.is_some() {
                <div class="menu" ref={menu} id={menu_id} role="menu" aria-label={props.title} onkeydown={on_menu_key}>
                    { for props.choices.iter().enumerate().map(|(at, choice)| draw_choice(at, choice, pick(at))) }
                </div>
            }
        </div>
    }
}

fn draw_choice(at: usize, choice: &Choice, onclick: impl Fn(MouseEvent) + 'static) -> Html {
    let role = if choice.checked.is_some() { "menuitemradio" } else { "menuitem" };
    html! {
        <button type="button" key={at} {role} aria-checked={choice.checked.map(|checked| checked.to_string())}
            tabindex="-1" data-choice={at.to_string()} {onclick}>
            <span>{ choice.label.clone() }</span>
            if !choice.hint.is_empty() {
                <span class="hint">{ choice.hint.clone() }</span>
            }
        </button>
    }
}

/// What a key does in the open menu.
fn press(event: &KeyboardEvent, choices: &[Choice], menu: &NodeRef, close: &Callback<()>) {
    let (count, now) = (choices.len().max(1), focused_choice().unwrap_or(0));
    let key = event.key();
    let to = match key.as_str() {
        "ArrowDown" => Some((now + 1) % count),
        "ArrowUp" => Some((now + count - 1) % count),
        "Home" => Some(0),
        "End" => Some(count - 1),
        "Enter" | " " | "Tab" => return,
        "Escape" => {
            close.emit(());
            None
        }
        _ => {
            let begins = |at: &usize| choices.get(*at).is_some_and(|choice| starts_with(&choice.label, &key));
            let Some(at) = (now + 1..count).chain(0..now).find(begins) else { return };
            Some(at)
        }
    };
    event.prevent_default();
    event.stop_propagation();
    if let Some(at) = to {
        focus_choice(menu, at);
    }
}

/// Whether a label begins with what was typed, capitals or not.
fn starts_with(label: &str, typed: &str) -> bool {
    label.get(..typed.len()).is_some_and(|start| start.eq_ignore_ascii_case(typed))
}

fn focused_choice() -> Option<usize> {
    gloo::utils::document().active_element()?.get_attribute("data-choice")?.parse().ok()
}

fn focus_choice(menu: &NodeRef, at: usize) {
    let line = menu.cast::<Element>().and_then(|menu| menu.children().item(at as u32)?.dyn_into::<HtmlElement>().ok());
    if let Some(line) = line {
        let _ = line.focus();
    }
}

/// Puts the menu under its button, or over it where there is no room below, and inside the window in any case. Fixed, since
/// a pane that scrolls would cut it off.
fn place(button: &NodeRef, menu: &NodeRef) {
    let (Some(button), Some(menu)) = (button.cast::<Element>(), menu.cast::<HtmlElement>()) else { return };
    let root = gloo::utils::document_element();
    let (button, size) = (button.get_bounding_client_rect(), menu.get_bounding_client_rect());
    let (width, height) = (f64::from(root.client_width()), f64::from(root.client_height()));
    // Menus of the right half open to the left.
    let beside = if button.left() > width / 2.0 { button.right() - size.width() } else { button.left() };
    let left = beside.min(width - size.width() - MARGIN).max(MARGIN);
    let below = button.bottom() + GAP;
    let above = button.top() - GAP - size.height();
    let fits_below = below + size.height() <= height - MARGIN;
    let top = if fits_below || above < MARGIN { below.min(height - size.height() - MARGIN) } else { above };
    cssom::set(&menu, "left", &format!("{left}px"));
    cssom::set(&menu, "top", &format!("{}px", top.max(MARGIN)));
}
