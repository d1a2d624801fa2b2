//! The line that says what file this is, and what is wrong with it.

use super::{Choice, Menu, StyledText, standing_words};
use pycxray_view::protocol::{Companion, Standing, Summary};
use std::rc::Rc;
use yew::prelude::*;

/// Properties of [`SummaryLine`].
#[derive(Properties, PartialEq)]
pub struct SummaryLineProps {
    /// What it says.
    pub summary: Rc<Summary>,
    /// The source that belongs to the file, if it can have one.
    #[prop_or_default]
    pub companion: Option<Rc<Companion>>,
    /// Called when the reader wants to know how the file stands to that.
    #[prop_or_default]
    pub onverify: Callback<()>,
    /// Called when the reader wants the list of problems.
    pub onproblems: Callback<()>,
    /// Called with the name of a Python to read the file as, or `None` for what the file itself says.
    pub onread: Callback<Option<String>>,
}

/// The line that says what file this is.
#[component]
pub fn SummaryLine(props: &SummaryLineProps) -> Html {
    let Summary { python, basis, detected, parts, problems, verdict, pythons, .. } = &*props.summary;
    let own = Choice::plain("As the file says").with_hint(detected.clone());
    let others = pythons.iter().map(|python| Choice::radio(python.name.clone(), python.current));
    let choices: Vec<Choice> = std::iter::once(own).chain(others).collect();
    let onpick = {
        let names: Vec<String> = pythons.iter().map(|python| python.name.clone()).collect();
        props.onread.reform(move |at: usize| names.get(at.checked_sub(1)?).cloned())
    };
    html! {
        <ul class="summary" aria-label="Summary">
            <li>
                <Menu id="version" class="version" title="Read as another Python"
                    label={format!("{python}: read as another Python")} {choices}
                    {onpick}>
                    <b>{ python.clone() }</b><span class="down" aria-hidden="true" />
                </Menu>
                if let Some(basis) = basis {
                    { " " }<span>{ basis.clone() }</span>
                }
            </li>
            { for parts.iter().map(|part| html! {
                <li>
                    if !part.term.is_empty() {
                        { format!("{} ", part.term) }
                    }
                    <b><StyledText text={part.value.clone()} /></b>
                </li>
            }) }
            if let Some(companion) = props.companion.as_ref().filter(|companion| companion.standing != Standing::Absent) {
                <li>
                    <button type="button" class={classes!("standing", standing_words(companion.standing).1)}
                        title={format!("How the file stands to {}", companion.name)}
                        onclick={props.onverify.reform(|_| ())}>
                        { format!("{}: {}", companion.name.rsplit('/').next().unwrap_or_default(), standing_words(companion.standing).0) }
                    </button>
                </li>
            }
            <li>
                if *problems == 0 {
                    <span class="fine">{ "✓ " }{ verdict.clone() }</span>
                } else {
                    <button type="button" class="wrong" onclick={props.onproblems.reform(|_| ())}>
                        { verdict.clone() }
                    </button>
                }
            </li>
        </ul>
    }
}
