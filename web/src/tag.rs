//! Elements of the page, put together a word at a time: `tag("p").class("soft").text("Nothing")`.
//!
//! Yew's `html!` writes out at each place how the element there is made; here each word is a small call. The page's program
//! is smaller that way, and its names of classes need no set of their own.

use std::borrow::Cow;
use std::cell::RefCell;
use std::rc::Rc;
use wasm_bindgen::JsCast;
use web_sys::{Event, FocusEvent, InputEvent, KeyboardEvent, MouseEvent, PointerEvent};
use yew::virtual_dom::{
    AttrValue, AttributeOrProperty, Attributes, Key, Listener, ListenerKind, VComp, VList, VTag, VText,
};
use yew::{Callback, Component, Html, NodeRef};

/// An element that is being put together. Behind a pointer, so that it is cheap to hand on from word to word.
pub(crate) struct Tag(Box<Parts>);

struct Parts {
    tag: VTag,
    class: Cow<'static, str>,
    names: Vec<&'static str>,
    values: Vec<Option<AttributeOrProperty>>,
    children: Vec<Html>,
}

/// Begins an element of that name.
pub(crate) fn tag(name: &'static str) -> Tag {
    Tag(Box::new(Parts {
        tag: VTag::new(name),
        class: Cow::Borrowed(""),
        names: Vec::new(),
        values: Vec::new(),
        children: Vec::new(),
    }))
}

/// Begins a `span` of that class.
pub(crate) fn span(class: &'static str) -> Tag {
    tag("span").class(class)
}

/// Begins a button with those classes.
pub(crate) fn button(class: &'static str) -> Tag {
    tag("button").set("type", "button").class(class)
}

/// A text that stands in no element of its own.
pub(crate) fn text(text: impl Value) -> Html {
    VText::new(text.into_text().unwrap_or_default()).into()
}

/// Several, one after the other.
pub(crate) fn list<C: Into<Html>>(items: impl IntoIterator<Item = C>) -> Html {
    let mut items = items.into_iter();
    list_of(&mut || items.next().map(C::into))
}

/// By what gives the next one, so that there is one such function for all.
fn list_of(next: &mut dyn FnMut() -> Option<Html>) -> Html {
    let mut list = Vec::new();
    while let Some(item) = next() {
        list.push(item);
    }
    VList::with_children(list, None).into()
}

/// A component with those properties.
pub(crate) fn component<C: Component>(properties: C::Properties) -> VComp {
    VComp::new::<C>(Rc::new(properties), None)
}

/// What an attribute or a text can be made of.
pub(crate) trait Value {
    /// Its text; without one there is no such attribute.
    fn into_text(self) -> Option<AttrValue>;
}

impl Value for &'static str {
    fn into_text(self) -> Option<AttrValue> {
        Some(AttrValue::Static(self))
    }
}

impl Value for String {
    fn into_text(self) -> Option<AttrValue> {
        Some(self.into())
    }
}

impl Value for &String {
    fn into_text(self) -> Option<AttrValue> {
        Some(AttrValue::Rc(self.as_str().into()))
    }
}

impl Value for AttrValue {
    fn into_text(self) -> Option<AttrValue> {
        Some(self)
    }
}

impl Value for bool {
    fn into_text(self) -> Option<AttrValue> {
        Some(AttrValue::Static(if self { "true" } else { "false" }))
    }
}

impl Value for usize {
    fn into_text(self) -> Option<AttrValue> {
        Some(self.to_string().into())
    }
}

impl Value for u32 {
    fn into_text(self) -> Option<AttrValue> {
        (self as usize).into_text()
    }
}

impl<V: Value> Value for Option<V> {
    fn into_text(self) -> Option<AttrValue> {
        self.and_then(V::into_text)
    }
}

impl Tag {
    /// Tells it from its siblings.
    pub(crate) fn key(mut self, key: impl Into<Key>) -> Self {
        self.0.tag.key = Some(key.into());
        self
    }

    /// Where the element can be found once it is on the page.
    pub(crate) fn found_by(mut self, node: &NodeRef) -> Self {
        self.0.tag.node_ref = node.clone();
        self
    }

    /// Adds a class, or several with blanks between; none if it is empty.
    pub(crate) fn class(mut self, class: impl Into<Cow<'static, str>>) -> Self {
        let (class, before) = (class.into(), &mut self.0.class);
        if before.is_empty() {
            *before = class;
        } else if !class.is_empty() {
            let all = before.to_mut();
            all.push(' ');
            all.push_str(&class);
        }
        self
    }

    /// Adds a class where a condition holds.
    pub(crate) fn class_if(self, condition: bool, class: &'static str) -> Self {
        if condition { self.class(class) } else { self }
    }

    /// Sets an attribute.
    pub(crate) fn set(self, name: &'static str, value: impl Value) -> Self {
        self.attribute(name, value.into_text())
    }

    /// Sets an attribute that is there or not.
    pub(crate) fn flag(self, name: &'static str, is_there: bool) -> Self {
        self.attribute(name, is_there.then_some(AttrValue::Static(name)))
    }

    fn attribute(mut self, name: &'static str, value: Option<AttrValue>) -> Self {
        self.0.names.push(name);
        self.0.values.push(value.map(AttributeOrProperty::Attribute));
        self
    }

    /// Says what it is to those who listen.
    pub(crate) fn role(self, role: &'static str) -> Self {
        self.set("role", role)
    }

    /// Sets what an input holds.
    pub(crate) fn holding(mut self, value: String) -> Self {
        self.0.tag.set_value(value);
        self
    }

    /// Adds a text.
    pub(crate) fn text(self, text: impl Value) -> Self {
        self.child(self::text(text))
    }

    /// Adds what stands inside.
    pub(crate) fn child(mut self, child: impl Into<Html>) -> Self {
        self.0.children.push(child.into());
        self
    }

    /// Adds what stands inside, if it does; its place among its siblings is kept otherwise.
    pub(crate) fn maybe(self, child: Option<impl Into<Html>>) -> Self {
        match child {
            Some(child) => self.child(child),
            None => self.child(Html::default()),
        }
    }

    /// Adds a list of what stands inside.
    pub(crate) fn children<C: Into<Html>>(self, children: impl IntoIterator<Item = C>) -> Self {
        self.child(list(children))
    }
}

/// A callback that hears an event of an element.
struct Ear<E> {
    /// Asked for rather than kept: copying a kind takes a case for each one that there is.
    kind: fn() -> ListenerKind,
    callback: Callback<E>,
}

impl<E: JsCast> Listener for Ear<E> {
    fn kind(&self) -> ListenerKind {
        (self.kind)()
    }

    fn handle(&self, event: Event) {
        self.callback.emit(event.unchecked_into());
    }

    fn passive(&self) -> bool {
        false
    }
}

/// The events that can be listened to, each with its own type.
macro_rules! events {
    ($($word:ident: $kind:ident($event:ident),)*) => {
        impl Tag {
            $(
                #[doc = concat!("Has `callback` hear `", stringify!($kind), "`.")]
                pub(crate) fn $word(self, callback: Callback<$event>) -> Self {
                    self.hear(|| ListenerKind::$kind, callback)
                }
            )*
        }
    };
}

events! {
    on_click: onclick(MouseEvent),
    on_double_click: ondblclick(MouseEvent),
    on_other_click: onauxclick(MouseEvent),
    on_key: onkeydown(KeyboardEvent),
    on_down: onpointerdown(PointerEvent),
    on_move: onpointermove(PointerEvent),
    on_up: onpointerup(PointerEvent),
    on_leave: onpointerleave(PointerEvent),
    on_cancel: onpointercancel(PointerEvent),
    on_focus_out: onfocusout(FocusEvent),
    on_input: oninput(InputEvent),
    on_change: onchange(Event),
    on_close: onclose(Event),
}

impl Tag {
    fn hear<E: JsCast + 'static>(mut self, kind: fn() -> ListenerKind, callback: Callback<E>) -> Self {
        self.0.tag.add_listener(Rc::new(Ear { kind, callback }));
        self
    }
}

impl From<Tag> for Html {
    fn from(tag: Tag) -> Html {
        let Parts { mut tag, class, mut names, mut values, mut children } = *tag.0;
        if !class.is_empty() {
            names.push("class");
            values.push(Some(AttributeOrProperty::Attribute(class.into())));
        }
        if !names.is_empty() {
            tag.attributes = Attributes::Dynamic { keys: known(names), values: values.into() };
        }
        if let Some(inside) = tag.children_mut() {
            let is_one = children.len() == 1;
            *inside = if is_one { children.remove(0) } else { VList::with_children(children, None).into() };
        }
        tag.into()
    }
}

thread_local! {
    /// The names of attributes that elements had so far, those that are asked for often near the start.
    static KNOWN: RefCell<Vec<&'static [&'static str]>> = const { RefCell::new(Vec::new()) };
}

/// The same names at their one address: Yew compares names by where they are before it looks at values, and wants them to
/// stay. There are as many lists of names as there are places that make elements.
fn known(names: Vec<&'static str>) -> &'static [&'static str] {
    KNOWN.with_borrow_mut(|known| {
        let at = known.iter().position(|known| *known == names).unwrap_or_else(|| {
            known.push(names.leak());
            known.len() - 1
        });
        known.swap(0, at);
        known[0]
    })
}
