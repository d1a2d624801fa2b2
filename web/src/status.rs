//! The line at the bottom: which bytes are chosen, and the path to them.

use crate::{Act, Shown, icon};
use yew::prelude::*;

/// The line at the bottom.
pub(crate) fn draw_status(shown: &Shown, act: &Act) -> Html {
    let (status, crumbs, back, forward) = shown
        .read(|document| (document.status(), document.crumbs(), document.can_go_back(), document.can_go_forward()));
    let step = |forward: bool| {
        let act = act.clone();
        Callback::from(move |_: MouseEvent| {
            act.run(move |document| {
                if forward {
                    document.forward()
                } else {
                    document.back()
                };
            });
        })
    };
    html! {
        <footer class="status">
            <span class="history">
                <button type="button" class="step" title="Back (Alt+Left)" aria-label="Back" disabled={!back} onclick={step(false)}>{ icon::back() }</button>
                <button type="button" class="step" title="Forward (Alt+Right)" aria-label="Forward" disabled={!forward} onclick={step(true)}>{ icon::forward() }</button>
            </span>
            <span class="range">{ status }</span>
            <nav aria-label="Where this is">
                <ol class="crumbs">
                    { for crumbs.into_iter().map(|crumb| {
                        let act = act.clone();
                        let item = crumb.item;
                        let onclick = Callback::from(move |_: MouseEvent| act.run(move |document| document.select(item)));
                        html! { <li><button type="button" {onclick}>{ crumb.label }</button></li> }
                    }) }
                </ol>
            </nav>
            <span class="end">{ "Nothing leaves this page" }</span>
        </footer>
    }
}
