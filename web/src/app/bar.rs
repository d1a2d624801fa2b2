//! The bar on top: the name, the open files, search and actions.

use super::chooser::{Chooser, choose_files};
use crate::commands::Commands;
use crate::components::{Choice, Icon, IconKind, Menu, SearchBox, TabBar};
use crate::document::Document;
use crate::state::Dialog;
use crate::theme::Theme;
use pycxray_view::protocol::{Action, DocumentId, ExportKind, SearchAction, Tab};
use std::rc::Rc;
use yew::prelude::*;

/// Properties of [`Bar`].
#[derive(Properties, PartialEq)]
pub(super) struct BarProps {
    /// The opened files.
    pub(super) tabs: Vec<Tab>,
    /// Which of them is on screen.
    pub(super) active: Option<DocumentId>,
    /// The file on screen.
    pub(super) document: Option<Rc<Document>>,
    /// The reader's choice of colours.
    pub(super) theme: Theme,
    /// Whether the page stands inside another one, which has a bar of its own.
    pub(super) is_embedded: bool,
    /// What it can have the page do.
    pub(super) commands: Commands,
}

/// The bar on top.
#[component]
pub(super) fn Bar(props: &BarProps) -> Html {
    let BarProps { tabs, active, document, theme, is_embedded, commands } = props;
    if *is_embedded {
        return html! { <header class="unseen"><h1>{ "pycxray" }</h1><Chooser commands={commands.clone()} /></header> };
    }
    let on_keys = {
        let commands = commands.clone();
        move |_: MouseEvent| commands.show_dialog(Some(Dialog::Keys))
    };
    html! {
        <header class="bar">
            <h1 class="logo">{ "pyc" }<b>{ "xray" }</b></h1>
            if !tabs.is_empty() {
                { draw_tabs(tabs, *active, commands) }
            }
            <div class="actions">
                if let Some(document) = document {
                    { draw_search(document, commands) }
                    { draw_compare(tabs, *active, commands) }
                    { draw_export(document, commands) }
                }
                <button type="button" class="btn icon" title="Help (?)" aria-label="Help" onclick={on_keys}>
                    <Icon kind={IconKind::Help} />
                </button>
                { draw_themes(*theme, commands) }
                <button type="button" class="btn primary" title="Open files (Ctrl+O)" onclick={|_| choose_files()}>
                    { "Open" }
                </button>
                <Chooser commands={commands.clone()} />
            </div>
        </header>
    }
}

fn draw_tabs(tabs: &[Tab], active: Option<DocumentId>, commands: &Commands) -> Html {
    let onchoose = {
        let commands = commands.clone();
        move |id| commands.activate(id)
    };
    let onclose = {
        let commands = commands.clone();
        move |id| commands.close(id)
    };
    html! { <TabBar tabs={tabs.to_vec()} {active} {onchoose} {onclose} /> }
}

fn draw_search(document: &Document, commands: &Commands) -> Html {
    let id = document.id;
    let onsearch = {
        let commands = commands.clone();
        move |query| commands.search(id, query)
    };
    let onstep = {
        let commands = commands.clone();
        move |backward| {
            let step = if backward { SearchAction::Previous } else { SearchAction::Next };
            commands.act(id, Action::Search(step));
        }
    };
    let onleave = {
        let commands = commands.clone();
        move |()| {
            super::focus::focus_structure();
            commands.leave_search(id);
        }
    };
    html! { <SearchBox key={id.0} state={document.search.clone()} {onsearch} {onstep} {onleave} /> }
}

/// What can be exported, and whether to the clipboard, in the order of the menu.
fn exports() -> impl Iterator<Item = (ExportKind, bool)> {
    [false, true].into_iter().flat_map(|copy| ExportKind::ALL.map(|kind| (kind, copy)))
}

fn draw_export(document: &Rc<Document>, commands: &Commands) -> Html {
    let choices: Vec<Choice> = exports()
        .map(|(kind, copy)| Choice::plain(kind.title()).with_hint(if copy { "copy" } else { "save" }))
        .collect();
    let onpick = {
        let (commands, document) = (commands.clone(), document.clone());
        move |at| {
            if let Some((kind, copy)) = exports().nth(at) {
                commands.export(document.id, &document.summary, kind, copy);
            }
        }
    };
    html! { <Menu id="export" class="btn" title="Export" {choices} {onpick}>{ "Export" }</Menu> }
}

/// The other files that the one on screen can be compared with.
fn draw_compare(tabs: &[Tab], active: Option<DocumentId>, commands: &Commands) -> Html {
    let files = || tabs.iter().filter(|tab| !tab.is_comparison);
    let Some(active) = active.filter(|active| files().any(|tab| tab.id == *active)) else { return Html::default() };
    let is_container = files().any(|tab| tab.id == active && tab.is_container);
    let is_like = |tab: &&Tab| tab.id != active && tab.is_container == is_container;
    let others: Vec<Tab> = files().filter(is_like).cloned().collect();
    if others.is_empty() {
        return Html::default();
    }
    let choices: Vec<Choice> =
        others.iter().map(|tab| Choice::plain(tab.name.clone()).with_hint(tab.python.clone())).collect();
    let onpick = {
        let commands = commands.clone();
        move |at: usize| {
            if let Some(other) = others.get(at) {
                commands.compare([active, other.id]);
            }
        }
    };
    html! {
        <Menu id="compare" class="btn" title="Compare with another open file" {choices} {onpick}>{ "Compare" }</Menu>
    }
}

fn draw_themes(chosen: Theme, commands: &Commands) -> Html {
    let choices = Theme::ALL.map(|theme| Choice::radio(theme.label(), theme == chosen)).to_vec();
    let onpick = {
        let commands = commands.clone();
        move |at: usize| {
            if let Some(theme) = Theme::ALL.get(at) {
                commands.paint(*theme);
            }
        }
    };
    html! {
        <Menu id="theme" class="btn icon" title="Colours" {choices} {onpick}><Icon kind={IconKind::Theme} /></Menu>
    }
}
