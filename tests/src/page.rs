//! The built page in a browser, served from this machine.

use crate::browser::Browser;
use crate::place;
use crate::site::{Site, SiteServer};
use crate::wait::until;
use std::ops::Deref;

/// The page, opened. It is a [`Browser`] too, with all that can be done in one.
#[derive(Debug)]
pub struct Page {
    browser: Browser,
    server: Option<SiteServer>,
    url: String,
    /// Whether the test fails if anything was noticed that [`Page::assert_quiet`] looks for.
    stays_quiet: bool,
}

impl Page {
    /// Opens the page from a server of files that has it under the path `base`, which begins and ends with `/`. Whatever the
    /// test does with it, it fails in the end if the page's policy was violated, an error stands on the console, or anything
    /// was asked for that is not part of the page.
    #[track_caller]
    pub fn open(base: &str) -> Self {
        let mut page = Self::open_noisy(base);
        page.stays_quiet = true;
        page
    }

    /// The same where errors are expected.
    #[track_caller]
    pub fn open_noisy(base: &str) -> Self {
        Self::open_site(Site::new(place::dist()).under(base))
    }

    /// Opens the page as `site` serves it, and waits until it has drawn itself.
    #[track_caller]
    pub fn open_site(site: Site) -> Self {
        let page = Self::open_stillborn(site);
        page.wait_until_drawn();
        page
    }

    /// Opens the page as `site` serves it, where its program cannot start.
    #[track_caller]
    pub fn open_stillborn(site: Site) -> Self {
        let server = SiteServer::start(site, 0).expect("some port is free");
        let url = server.url();
        let page = Self { browser: Browser::start(), server: Some(server), url, stays_quiet: false };
        page.browser.go_to(&page.url());
        page
    }

    /// The address of the page.
    pub fn url(&self) -> String {
        self.url.clone()
    }

    /// Ends the server: from here on there is no network.
    pub fn end_server(&mut self) {
        self.server = None;
    }

    /// What the page sends to the engine next after an event of this kind ends it as a trap does: at once, with all that it was
    /// at half done. It is a message that means nothing.
    #[track_caller]
    pub fn trap_at(&self, event: &str) {
        self.browser.run(
            "addEventListener(arguments[0], () => { \
               const post = Worker.prototype.postMessage; \
               Worker.prototype.postMessage = function ([, beside], handed) { \
                 Worker.prototype.postMessage = post; \
                 post.call(this, [Uint8Array.of(255, 255, 255, 255, 255), beside], handed); \
               }; \
             }, { capture: true, once: true })",
            &[event.into()],
        );
    }

    /// Waits until the program runs and has drawn the page in place of what index.html shows meanwhile.
    #[track_caller]
    pub fn wait_until_drawn(&self) {
        until("the page has drawn itself", || {
            let starting = self.browser.find_all("#starting");
            (starting.is_empty() && !self.browser.find_all("main").is_empty()).then_some(())
        });
    }

    /// Fails if the console holds an error, or if anything was asked for that is not part of the page.
    #[track_caller]
    pub fn assert_quiet(&self) {
        let errors: Vec<String> = self.browser.errors().iter().map(ToString::to_string).collect();
        assert!(errors.is_empty(), "errors on the console:\n{}", errors.join("\n"));
        let url = self.url();
        let ours = |address: &String| ["data:", "blob:"].iter().any(|kind| address.starts_with(kind));
        let foreign: Vec<String> = self.browser.requests();
        let foreign: Vec<_> = foreign.iter().filter(|address| !address.starts_with(&url) && !ours(address)).collect();
        assert!(foreign.is_empty(), "the page asked for {foreign:?}");
    }
}

impl Drop for Page {
    fn drop(&mut self) {
        if self.stays_quiet && !std::thread::panicking() {
            self.assert_quiet();
        }
    }
}

impl Deref for Page {
    type Target = Browser;

    fn deref(&self) -> &Browser {
        &self.browser
    }
}
