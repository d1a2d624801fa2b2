//! Whether the file can have been made of the source that belongs to it: the verdict, and what speaks against it.

use super::{Beside, ViewEntry, ViewProps};
use crate::components::standing_words;
use crate::hooks::use_watched;
use pycxray_view::hex_offset;
use pycxray_view::protocol::{
    Action, CompanionAction, SourceEvidence, Standing, Verification, VerifyWindow, View, Viewport,
};
use yew::prelude::*;

pub(super) const ENTRY: ViewEntry = ViewEntry {
    view: View::Verify,
    name: "Verify",
    title: |document| {
        let is_there = document.source_beside().is_some_and(|companion| companion.standing != Standing::Absent);
        is_there.then(|| "Verify".to_owned())
    },
    draw: |props| html! { <Verify key={props.document.key()} ..props.clone() /> },
    draw_tools: |_| Html::default(),
};

/// Whether the file can have been made of its source.
#[component]
fn Verify(props: &ViewProps) -> Html {
    let ViewProps { document, onact, onwatch, onunwatch, .. } = props;
    use_watched(Viewport::Verify, onwatch, onunwatch);
    let Some(window) = document.verify.clone() else { return Html::default() };
    let VerifyWindow { standing, sentence, verification, can_retry } = &*window;
    let (word, class) = standing_words(*standing);
    html! {
        <div class="problems verify" id="verify" tabindex="0" role="region" aria-label="Whether the file was made of its source">
            <section class="judgement">
                <p class={classes!("says", class)} role="status">{ capitalized(word) }</p>
                <p>{ sentence.clone() }</p>
                if *can_retry {
                    <button type="button" class="btn" onclick={onact.reform(|_| Action::Companion(CompanionAction::Retry))}>
                        { "Try again" }
                    </button>
                }
            </section>
            if let Some(verification) = verification {
                { draw_verification(verification, props) }
            }
        </div>
    }
}

fn draw_verification(verification: &Verification, props: &ViewProps) -> Html {
    let Verification { contents, header, is_header_inconsistent, evidence, more, reasons, compared, .. } = verification;
    let class = is_header_inconsistent.then_some("against");
    let compared = match compared {
        1 => "1 code object was held against the source.".to_owned(),
        count => format!("{count} code objects were held against the source."),
    };
    html! {
        <>
            <section>
                <h2>{ "Header" }</h2>
                <p {class}>{ header.clone() }</p>
            </section>
            <section>
                <h2>{ format!("Contents: {}", standing_words(*contents).0) }</h2>
                <p class="w-soft">{ compared }</p>
                { for reasons.iter().map(|reason| html! { <p>{ reason.clone() }</p> }) }
                <ul>{ for evidence.iter().enumerate().map(|(at, evidence)| draw_evidence(at, evidence, props)) }</ul>
                if *more > 0 {
                    <p class="w-soft">{ format!("and {more} more.") }</p>
                }
            </section>
            { draw_proofs(verification, props) }
        </>
    }
}

/// What is proved, and where a proof did not succeed.
fn draw_proofs(verification: &Verification, props: &ViewProps) -> Html {
    let Verification { proved, proofs, unproved, unprovable, evidence, .. } = verification;
    let sentence = match (proofs, unprovable) {
        (_, Some(why)) => why.clone(),
        (0, None) => return Html::default(),
        (1, None) => format!("{proved} of 1 code object is proved to do what the source says."),
        (proofs, None) => format!("{proved} of {proofs} code objects are proved to do what the source says."),
    };
    let more = (proofs - proved).saturating_sub(unproved.len());
    html! {
        <section>
            <h2>{ "Proof" }</h2>
            <p class="w-soft">{ sentence }</p>
            <ul>
                { for unproved.iter().enumerate().map(|(at, one)| draw_evidence(evidence.len() + at, one, props)) }
            </ul>
            if more > 0 {
                <p class="w-soft">{ format!("and {more} more.") }</p>
            }
        </section>
    }
}

/// Something that speaks against the file, with the ways to its bytes and to its text.
fn draw_evidence(at: usize, evidence: &SourceEvidence, props: &ViewProps) -> Html {
    let link = |words: String, beside: Beside| {
        let (act, onbeside) = (props.onact.clone(), props.onbeside.clone());
        let onclick = move |_: MouseEvent| {
            act.emit(Action::Companion(CompanionAction::Evidence(at)));
            onbeside.emit(beside);
        };
        html! { <button type="button" class="link" {onclick}>{ words }</button> }
    };
    html! {
        <li class="evidence">
            <span class="message">{ evidence.message.clone() }</span>
            <span class="where">
                { link(format!("bytes at {}", hex_offset(evidence.span.start)), Beside::Bytes) }
                if let Some(line) = evidence.line {
                    { link(format!("line {line}"), Beside::Companion) }
                }
            </span>
        </li>
    }
}

fn capitalized(word: &str) -> String {
    let mut letters = word.chars();
    letters.next().map(|first| first.to_ascii_uppercase()).into_iter().chain(letters).collect()
}
