//! The columns of an instruction, in tree and listing.

use crate::components::StyledText;
use pycxray_view::protocol::{InstructionCells, ItemKey};
use yew::prelude::*;

/// Draws the columns of an instruction: line, offset, label, name, argument, what that means.
pub(super) fn draw_instruction(cells: &InstructionCells, onfollow: &Callback<ItemKey>) -> Html {
    let number = |number: Option<u32>| number.map(|number| number.to_string()).unwrap_or_default();
    html! {
        <>
            <span class="ln">{ number(cells.line) }</span>
            <span class={if cells.is_target { "of target" } else { "of" }}>{ cells.offset.to_string() }</span>
            <span class="lab">{ cells.label.clone().unwrap_or_default() }</span>
            <span class="op">{ cells.opname.clone() }</span>
            <span class="ar">{ number(cells.arg) }</span>
            <span class="rp"><StyledText text={cells.operand.clone()} onfollow={onfollow.clone()} in_row=true /></span>
        </>
    }
}
