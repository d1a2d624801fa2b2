//! What just happened, what takes long, what has failed: seen and heard.

use crate::commands::Commands;
use crate::components::{FailureNotice, Notice, NoticeAction, UnderWay, Work};
use crate::state::{Failure, News, State};
use gloo::timers::callback::Timeout;
use yew::prelude::*;

/// How long a sentence about what just happened stays, in milliseconds.
const STAYS: u32 = 6_000;
/// What is said of a new version of the page.
const NEW_VERSION: &str = "A new version of this page is ready.";

/// Properties of [`NewsOfPage`].
#[derive(Properties, PartialEq)]
pub(super) struct NewsOfPageProps {
    /// What the page knows.
    pub(super) state: State,
    /// What it can have the page do.
    pub(super) commands: Commands,
}

/// What just happened, what takes long, what has failed.
#[component]
pub(super) fn NewsOfPage(props: &NewsOfPageProps) -> Html {
    let NewsOfPageProps { state, commands } = props;
    {
        let commands = commands.clone();
        use_effect_with(state.notice.clone(), move |notice| {
            let fades = matches!(notice, Some(News::Sentence(_)));
            let timeout = fades.then(|| Timeout::new(STAYS, move || commands.hush()));
            move || drop(timeout)
        });
    }
    html! {
        <>
            { draw_under_way(state, commands) }
            { state.notice.as_ref().map(|notice| draw_notice(notice, commands)).unwrap_or_default() }
            { state.failure.as_ref().map(|failure| draw_failure(failure, commands)).unwrap_or_default() }
            <div class="unseen" role="status" aria-live="polite">{ spoken(state) }</div>
        </>
    }
}

fn draw_under_way(state: &State, commands: &Commands) -> Html {
    if state.under_way.is_empty() {
        return Html::default();
    }
    let works: Vec<Work> = (state.under_way.iter())
        .map(|under| Work { words: under.words.clone().into(), progress: under.progress })
        .collect();
    let oncancel = {
        let (commands, under_way) = (commands.clone(), state.under_way.clone());
        move |at: usize| commands.give_up(&under_way[at])
    };
    html! { <UnderWay {works} {oncancel} /> }
}

fn draw_notice(notice: &News, commands: &Commands) -> Html {
    let ondismiss = {
        let commands = commands.clone();
        move |()| commands.hush()
    };
    match notice {
        News::Sentence(text) => html! { <Notice text={text.clone()} {ondismiss} /> },
        News::NewVersion => {
            let reload = Callback::from(|()| drop(gloo::utils::window().location().reload()));
            let action = NoticeAction { label: "Reload".into(), onclick: reload };
            html! { <Notice text={NEW_VERSION} {action} {ondismiss} /> }
        }
    }
}

fn draw_failure(failure: &Failure, commands: &Commands) -> Html {
    let ondismiss = {
        let commands = commands.clone();
        move |()| commands.dismiss_failure()
    };
    html! { <FailureNotice file={failure.file.clone()} has_others={failure.has_others} {ondismiss} /> }
}

/// What those who listen hear: what just happened, what a search has found, or what file this is.
fn spoken(state: &State) -> String {
    let document = state.document.as_ref();
    match (&state.notice, document.and_then(|document| document.search.as_ref())) {
        (Some(News::Sentence(text)), _) => text.clone(),
        (Some(News::NewVersion), _) => NEW_VERSION.to_owned(),
        (None, Some(search)) if search.complete => search.message.clone(),
        (None, Some(_)) => String::new(),
        (None, None) => document.map_or_else(String::new, |document| {
            let summary = &document.summary;
            format!("{}: {}, {}", summary.name, summary.python, summary.verdict)
        }),
    }
}
