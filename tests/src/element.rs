//! Something in the document: what a person sees, hears and touches of it.

use crate::browser::{Browser, ELEMENT};
use crate::engine::Engine;
use crate::wire::{Method, Refusal};
use serde_json::{Value, json};

/// An element of the document that a [`Browser`] shows.
#[derive(Clone, Debug)]
pub struct Element<'b> {
    browser: &'b Browser,
    id: String,
}

impl<'b> Element<'b> {
    pub(crate) fn from_json(browser: &'b Browser, value: &Value) -> Option<Self> {
        let id = value[ELEMENT].as_str()?.to_owned();
        Some(Self { browser, id })
    }

    /// The element as an argument for [`Browser::run`].
    pub fn to_json(&self) -> Value {
        json!({ ELEMENT: self.id })
    }

    /// The text as it is shown.
    #[track_caller]
    pub fn text(&self) -> String {
        self.try_text().unwrap_or_else(|refusal| panic!("/text: {refusal}"))
    }

    fn try_text(&self) -> Result<String, Refusal> {
        let text = if self.browser.engine() == Engine::Webkit {
            // Its driver takes what stands in anything that scrolls for hidden.
            let script = json!({ "script": "return arguments[0].innerText", "args": [self.to_json()] });
            self.browser.try_command(Method::Post, "/execute/sync", &script)
        } else {
            self.browser.try_command(Method::Get, &format!("/element/{}/text", self.id), &Value::Null)
        };
        Ok(text?.as_str().unwrap_or_default().trim().to_owned())
    }

    /// The text as it is shown, unless the page has drawn it anew meanwhile.
    pub fn still_says(&self) -> Option<String> {
        self.try_text().ok()
    }

    /// Whether the text as it is shown holds `text`. What the page has drawn anew meanwhile says nothing.
    pub fn says(&self, text: &str) -> bool {
        self.still_says().is_some_and(|said| said.contains(text))
    }

    /// An attribute as the document has it now.
    #[track_caller]
    pub fn attribute(&self, name: &str) -> Option<String> {
        let script = "return arguments[0].getAttribute(arguments[1])";
        self.browser.run(script, &[self.to_json(), json!(name)]).as_str().map(str::to_owned)
    }

    /// A property of the element's object, for instance `scrollTop`.
    #[track_caller]
    pub fn property(&self, name: &str) -> Value {
        self.ask(&format!("/property/{name}"))
    }

    /// A property of style as it is computed, for instance `background-color`.
    #[track_caller]
    pub fn style(&self, name: &str) -> String {
        self.ask(&format!("/css/{name}")).as_str().unwrap_or_default().to_owned()
    }

    /// The role that a screen reader is told.
    #[track_caller]
    pub fn role(&self) -> String {
        self.ask("/computedrole").as_str().unwrap_or_default().to_owned()
    }

    /// The name that a screen reader is told.
    #[track_caller]
    pub fn name(&self) -> String {
        self.ask("/computedlabel").as_str().unwrap_or_default().to_owned()
    }

    /// Whether a person can see it, scrolled into view or not.
    #[track_caller]
    pub fn is_shown(&self) -> bool {
        self.ask("/displayed").as_bool().unwrap_or_default()
    }

    /// Where it is in the page's area, in CSS pixels.
    #[track_caller]
    pub fn area(&self) -> Area {
        let script = "const r = arguments[0].getBoundingClientRect(); return [r.left, r.top, r.width, r.height]";
        let numbers = self.browser.run(script, &[self.to_json()]);
        let number = |index: usize| numbers[index].as_f64().unwrap_or_default();
        Area { left: number(0), top: number(1), width: number(2), height: number(3) }
    }

    /// Scrolls to it, if need be, and clicks it in the middle.
    #[track_caller]
    pub fn click(&self) {
        self.browser.command(Method::Post, &format!("/element/{}/click", self.id), &json!({}));
    }

    /// Moves the mouse over it.
    #[track_caller]
    pub fn hover(&self) {
        let origin = self.to_json();
        let step = json!({ "type": "pointerMove", "origin": origin, "x": 0, "y": 0, "duration": 0 });
        let mouse =
            json!({ "type": "pointer", "id": "mouse", "parameters": { "pointerType": "mouse" }, "actions": [step] });
        self.browser.command(Method::Post, "/actions", &json!({ "actions": [mouse] }));
    }

    /// Presses the mouse on this element and lets it go on `other`.
    #[track_caller]
    pub fn drag_to(&self, other: &Element<'_>) {
        let over = |element: &Element<'_>| json!({ "type": "pointerMove", "origin": element.to_json(), "x": 0, "y": 0, "duration": 0 });
        let steps = json!([
            over(self),
            { "type": "pointerDown", "button": 0 },
            over(other),
            { "type": "pointerUp", "button": 0 },
        ]);
        let mouse =
            json!({ "type": "pointer", "id": "mouse", "parameters": { "pointerType": "mouse" }, "actions": steps });
        self.browser.command(Method::Post, "/actions", &json!({ "actions": [mouse] }));
    }

    /// Puts text into a field; for a field that takes files, their paths, a line each.
    #[track_caller]
    pub fn enter(&self, text: &str) {
        self.browser.command(Method::Post, &format!("/element/{}/value", self.id), &json!({ "text": text }));
    }

    /// Puts the keyboard's focus on it.
    #[track_caller]
    pub fn focus(&self) {
        self.browser.run("arguments[0].focus()", &[self.to_json()]);
    }

    /// The elements below it that `selector` (CSS) fits now.
    #[track_caller]
    pub fn find_all(&self, selector: &str) -> Vec<Element<'b>> {
        let query = json!({ "using": "css selector", "value": selector });
        let found = self.browser.command(Method::Post, &format!("/element/{}/elements", self.id), &query);
        found.as_array().into_iter().flatten().filter_map(|found| Element::from_json(self.browser, found)).collect()
    }

    #[track_caller]
    fn ask(&self, what: &str) -> Value {
        self.browser.command(Method::Get, &format!("/element/{}{what}", self.id), &Value::Null)
    }
}

/// A rectangle in the page's area, in CSS pixels from its upper left corner.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Area {
    /// The distance of the left edge from the page's.
    pub left: f64,
    /// The distance of the upper edge from the page's.
    pub top: f64,
    /// From left to right.
    pub width: f64,
    /// From top to bottom.
    pub height: f64,
}
