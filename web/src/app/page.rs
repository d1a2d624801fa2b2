//! The page as a whole.

use super::address_bar::use_address_bar;
use super::bar::Bar;
use super::chooser::{choose_files, choose_folder};
use super::drops::use_drops;
use super::focus::use_kept_focus;
use super::news::NewsOfPage;
use super::paper::use_paper;
use super::shortcuts::use_shortcuts;
use super::workspace::Workspace;
use crate::commands::{Commands, awaited_words};
use crate::components::{GoToDialog, KeysDialog, Promise, StartPage};
use crate::embedding;
use crate::samples::Sample;
use crate::session::{self, Panes, Session};
use crate::state::{Dialog, State};
use pycxray_view::protocol::Place;
use yew::prelude::*;

/// The page as a whole.
#[component]
pub fn Page() -> Html {
    let session = use_memo((), |()| Session::begin());
    let state = use_reducer(|| State::new(session.panes()));
    let commands = {
        let page = state.dispatcher();
        use_memo((), |()| Commands::new(page, (*session).clone()))
    };
    let document = state.document.clone();
    use_drops(&commands);
    use_shortcuts(&state, &commands);
    use_kept_focus(document.is_some() && state.dialog.is_none());
    let can_step = use_address_bar(document.as_ref(), &commands);
    use_paper(document.as_ref(), &commands);
    use_kept_panes(state.panes(), &commands);
    use_title(document.as_ref().map(|document| document.summary.name.clone()));
    let is_embedded = *use_memo((), |()| embedding::is_asked_for());
    html! {
        <div class={classes!("page", is_embedded.then_some("embedded"))}>
            <Bar tabs={state.tabs.clone()} active={state.active} document={document.clone()} theme={state.theme}
                {is_embedded} commands={(*commands).clone()} />
            if let Some(document) = document {
                <Workspace document={document.clone()} view={state.view} beside={state.beside} lineage={commands.lineage_of(document.id)} everywhere={state.everywhere.clone()} {can_step} commands={(*commands).clone()} />
            } else {
                { draw_start(state.awaited.as_ref(), &commands) }
            }
            <NewsOfPage state={(*state).clone()} commands={(*commands).clone()} />
            if state.is_dragged_over {
                <div class="dropping" role="status">{ "Drop to open. Nothing is uploaded." }</div>
            }
            { draw_dialog(&state, &commands) }
        </div>
    }
}

fn draw_start(awaited: Option<&Place>, commands: &Commands) -> Html {
    let awaited = awaited.map(awaited_words);
    let onsample = {
        let commands = commands.clone();
        move |sample: &'static Sample| commands.open_sample(sample)
    };
    html! {
        <>
            <div />
            <StartPage {awaited} onchoose={Callback::from(|()| choose_files())}
                onfolder={Callback::from(|()| choose_folder())} {onsample} />
            <footer class="status"><Promise /></footer>
        </>
    }
}

fn draw_dialog(state: &State, commands: &Commands) -> Html {
    let onclose = {
        let commands = commands.clone();
        Callback::from(move |()| commands.show_dialog(None))
    };
    match (&state.dialog, state.active) {
        (Some(Dialog::Keys), _) => {
            let onkeep = {
                let commands = commands.clone();
                move |keeps: bool| commands.set_forgets(!keeps)
            };
            html! { <KeysDialog {onclose} keeps={!session::forgets()} {onkeep} /> }
        }
        (Some(Dialog::GoTo(error)), Some(id)) => {
            let ongo = {
                let commands = commands.clone();
                move |text: String| commands.go_to(id, text)
            };
            html! { <GoToDialog error={error.clone()} {ongo} {onclose} /> }
        }
        _ => Html::default(),
    }
}

/// Keeps what both panes show, for when the page is loaded again.
#[hook]
fn use_kept_panes(panes: Panes, commands: &Commands) {
    let commands = commands.clone();
    use_effect_with(panes, move |panes| commands.keep_panes(*panes));
}

/// Has the window's title name the file on screen.
#[hook]
fn use_title(name: Option<String>) {
    use_effect_with(name, |name| {
        gloo::utils::document().set_title(&match name {
            Some(name) => format!("{name} · pycxray"),
            None => "pycxray: see inside Python .pyc files".to_owned(),
        });
    });
}
