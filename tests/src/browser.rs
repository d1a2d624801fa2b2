//! A browser with an empty profile of its own and one window.

use crate::element::Element;
use crate::engine::Engine;
use crate::file::OnDisk;
use crate::log::Log;
use crate::wait::until;
use crate::wire::{Driver, Method, Refusal};
use base64::Engine as _;
use serde_json::{Value, json};
use std::cell::RefCell;
use std::error::Error;
use std::path::PathBuf;
use std::sync::atomic::{AtomicUsize, Ordering};

/// A running browser. It ends when this is dropped; if a test has failed by then, a picture of its window is kept.
#[derive(Debug)]
pub struct Browser {
    engine: Engine,
    driver: Driver,
    session: String,
    profile: PathBuf,
    pub(crate) log: RefCell<Log>,
    /// Files that the page may still be reading.
    pub(crate) on_disk: RefCell<Vec<OnDisk>>,
}

/// The width and height of the window, in CSS pixels, until a test asks for another.
pub const WINDOW: (u32, u32) = (1280, 800);

/// How the protocol names an element in JSON.
pub(crate) const ELEMENT: &str = "element-6066-11e4-a52e-4f735466cecf";

impl Browser {
    /// Starts a browser with an empty window.
    pub fn start() -> Self {
        static COUNT: AtomicUsize = AtomicUsize::new(0);
        let number = COUNT.fetch_add(1, Ordering::Relaxed);
        let profile = std::env::temp_dir().join(format!("pycxray-profile-{}-{number}", std::process::id()));
        let engine = Engine::chosen();
        let driver = Driver::start(engine);
        let session = driver.command(Method::Post, "/session", &engine.capabilities(WINDOW, &profile));
        let session = session.unwrap_or_else(|refusal| panic!("the browser does not start: {refusal}"));
        let session = session["sessionId"].as_str().expect("a session has a name").to_owned();
        let browser = Self { engine, driver, session, profile, log: RefCell::default(), on_disk: RefCell::default() };
        browser.set_size(WINDOW.0, WINDOW.1);
        browser
    }

    /// Which browser it is.
    pub fn engine(&self) -> Engine {
        self.engine
    }

    /// Gives a command to the browser. `path` is what follows the session's name in the protocol.
    ///
    /// # Errors
    /// When the browser refuses.
    pub fn try_command(&self, method: Method, path: &str, body: &Value) -> Result<Value, Refusal> {
        self.driver.command(method, &format!("/session/{}{path}", self.session), body)
    }

    /// Gives a command that no browser has a reason to refuse.
    #[track_caller]
    pub(crate) fn command(&self, method: Method, path: &str, body: &Value) -> Value {
        self.try_command(method, path, body).unwrap_or_else(|refusal| panic!("{path}: {refusal}"))
    }

    /// Gives a command of the DevTools protocol (<https://chromedevtools.github.io/devtools-protocol/>), which only Chromium has.
    #[track_caller]
    pub fn devtools(&self, command: &str, parameters: &Value) -> Value {
        self.command(Method::Post, "/goog/cdp/execute", &json!({ "cmd": command, "params": parameters }))
    }

    /// Goes to an address and waits until its document and all that it names are loaded.
    #[track_caller]
    pub fn go_to(&self, address: &str) {
        self.command(Method::Post, "/url", &json!({ "url": address }));
    }

    /// The address of the document, with what follows `#`.
    #[track_caller]
    pub fn address(&self) -> String {
        self.command(Method::Get, "/url", &Value::Null).as_str().unwrap_or_default().to_owned()
    }

    /// Goes back in the window's history.
    #[track_caller]
    pub fn back(&self) {
        self.command(Method::Post, "/back", &json!({}));
    }

    /// Goes forward in the window's history.
    #[track_caller]
    pub fn forward(&self) {
        self.command(Method::Post, "/forward", &json!({}));
    }

    /// Loads the document again.
    #[track_caller]
    pub fn reload(&self) {
        self.command(Method::Post, "/refresh", &json!({}));
    }

    /// Runs the body of a JavaScript function in the page, with `arguments`, and gives what it returns. A promise is
    /// waited for. It is not bound by the page's Content-Security-Policy.
    #[track_caller]
    pub fn run(&self, script: &str, arguments: &[Value]) -> Value {
        self.command(Method::Post, "/execute/sync", &json!({ "script": script, "args": arguments }))
    }

    /// The first element that `selector` (CSS) fits, once there is one.
    #[track_caller]
    pub fn find(&self, selector: &str) -> Element<'_> {
        until(&format!("there is {selector}"), || self.find_all(selector).into_iter().next())
    }

    /// The elements that `selector` (CSS) fits now, in the order of the document.
    #[track_caller]
    pub fn find_all(&self, selector: &str) -> Vec<Element<'_>> {
        let query = json!({ "using": "css selector", "value": selector });
        let found = until("the document holds still", || match self.try_command(Method::Post, "/elements", &query) {
            Ok(found) => Some(found),
            // WebKit's driver stumbles over elements that are drawn anew while it looks.
            Err(refusal) if refusal.error == "stale element reference" => None,
            Err(refusal) => panic!("/elements: {refusal}"),
        });
        found.as_array().into_iter().flatten().filter_map(|found| Element::from_json(self, found)).collect()
    }

    /// The element that has the keyboard's focus.
    #[track_caller]
    pub fn focused(&self) -> Element<'_> {
        let found = self.command(Method::Get, "/element/active", &Value::Null);
        Element::from_json(self, &found).expect("some element is always the active one")
    }

    /// Gives the page's area another size, in CSS pixels. In Chromium, unlike a window, it may be as small as a telephone.
    #[track_caller]
    pub fn set_size(&self, width: u32, height: u32) {
        if !self.engine.has_devtools() {
            self.command(Method::Post, "/window/rect", &json!({ "width": width, "height": height }));
            return;
        }
        let size = json!({ "width": width, "height": height, "deviceScaleFactor": 1, "mobile": false });
        self.devtools("Emulation.setDeviceMetricsOverride", &size);
    }

    /// Keeps a picture of the window as `NAME.png`, and says where.
    #[track_caller]
    pub fn screenshot(&self, name: &str) -> PathBuf {
        self.try_screenshot(name).unwrap_or_else(|error| panic!("no picture of the page: {error}"))
    }

    fn try_screenshot(&self, name: &str) -> Result<PathBuf, Box<dyn Error>> {
        let picture =
            self.try_command(Method::Get, "/screenshot", &Value::Null).map_err(|refusal| refusal.to_string())?;
        let picture = base64::engine::general_purpose::STANDARD.decode(picture.as_str().unwrap_or_default())?;
        let folder = crate::place::screenshots();
        let file = folder.join(format!("{name}.png"));
        std::fs::create_dir_all(&folder)?;
        std::fs::write(&file, picture)?;
        Ok(file)
    }
}

impl Drop for Browser {
    fn drop(&mut self) {
        if std::thread::panicking() {
            let test = std::thread::current().name().unwrap_or("test").replace("::", "-");
            if let Ok(file) = self.try_screenshot(&format!("failed-{test}")) {
                eprintln!("the page as it was then: {}", file.display());
            }
        }
        let _ = self.try_command(Method::Delete, "", &Value::Null);
        let _ = std::fs::remove_dir_all(&self.profile);
    }
}
