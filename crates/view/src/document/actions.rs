//! What the user does in one view, and what that means to the others.

use super::Document;
use crate::moves::Move;
use crate::protocol::{
    Action, HexAction, HitKind, ListingAction, MembersAction, SearchAction, SourceAction, TreeAction,
};
use crate::search::{Hit, Search};
use crate::selection::Step;
use crate::tree::Tree;
use crate::{hex, ribbon};

impl Document {
    /// Does what the user did.
    pub(crate) fn act(&mut self, action: Action) {
        match action {
            Action::Select(key) => {
                let step = self.item(key).map(|item| Step::to(&self.file, item));
                self.choose(step, false);
            }
            Action::SelectOffset(offset) => self.choose(Step::to_offset(&self.file, offset), false),
            Action::SelectRange { anchor, cursor } => {
                self.choose(Step::to_range(&self.file, anchor, cursor), true);
            }
            Action::SelectSpan { span, item } => {
                let item = item.and_then(|key| self.item(key));
                self.choose(Step::to_span(&self.file, span, item), false);
            }
            Action::Lead { view, item } => {
                if let Some(item) = self.item(item) {
                    self.lead_to(view, item);
                }
            }
            Action::Tree(action) => self.act_in_tree(action),
            Action::Listing(action) => self.act_in_listing(action),
            Action::Source(action) => self.act_in_source(action),
            Action::Companion(action) => self.act_in_companion(action),
            Action::Graph(action) => {
                let to = self.graph.act(&self.file, self.selection.item(), action);
                self.follow_move(to.map(Move::Past));
            }
            Action::Hex(action) => self.act_in_hex(&action),
            Action::RibbonSelect { ribbon, pixel } => {
                let owner = ribbon::owner_at(&self.file, ribbon, pixel);
                self.choose(owner.map(|(item, _)| Step::to(&self.file, item)), false);
            }
            Action::RibbonStep { ribbon, forward } => {
                let offset = ribbon::step(&self.file, ribbon, self.chosen().span, forward);
                self.choose(offset.and_then(|offset| Step::to_offset(&self.file, offset)), false);
            }
            Action::Outline(action) => {
                let to = self.outline.act(&self.file, action);
                self.follow_move(to);
            }
            Action::Members(action) => self.act_in_members(action),
            Action::Strings(action) => {
                let item = self.strings.act(&self.file, action);
                self.revision += 1;
                self.choose(item.map(|item| Step::to(&self.file, item)), false);
            }
            Action::Search(action) => self.act_in_search(action),
            // There is but one file here.
            Action::Comparison(_) => {}
        }
    }

    fn act_in_tree(&mut self, action: TreeAction) {
        let chosen = self.selection.item();
        let file = &self.file;
        // What may hide what is chosen.
        let mut closed = None;
        let to = match action {
            TreeAction::Key(key, page) => {
                closed = chosen.map(|chosen| crate::item::row_item(&file.pyc, chosen));
                self.tree.key(file, chosen, key, page)
            }
            TreeAction::Toggle(key) => {
                closed = key.item(&file.pyc);
                if let Some(item) = closed {
                    self.tree.toggle(file, item);
                }
                None
            }
            TreeAction::Enter(key) => key.item(&file.pyc).and_then(|item| self.tree.enter(file, item)),
            TreeAction::ExpandAll => {
                if let Some(item) = chosen {
                    self.tree.expand_all(file, item);
                }
                None
            }
            TreeAction::CollapseSiblings => {
                closed = chosen;
                if let Some(item) = chosen {
                    self.tree.collapse_siblings(file, item);
                }
                None
            }
            TreeAction::TypeAhead(typed) => self.tree.type_ahead(file, chosen, &typed),
        };
        let hidden = closed.filter(|_| to.is_none()).filter(|_| self.tree_row().is_none());
        let instead = hidden.and_then(|closed| Tree::hidden_in(&self.file, closed, chosen));
        self.follow_move(to.or(instead.map(Move::To)));
    }

    fn act_in_listing(&mut self, action: ListingAction) {
        let chosen = self.selection.item();
        let file = &self.file;
        let to = match action {
            ListingAction::Key(key, page) => self.listing.key(file, chosen, key, page),
            ListingAction::Toggle(key) => {
                if let Some(item) = key.item(&file.pyc) {
                    self.listing.toggle(file, item);
                }
                None
            }
            ListingAction::Enter(key) => key.item(&file.pyc).and_then(|item| self.listing.enter_row(file, item)),
            ListingAction::ShowCaches(show) => {
                self.listing.show_caches(show);
                None
            }
            ListingAction::ShowColumns(show) => {
                self.listing.show_columns(show);
                None
            }
            ListingAction::Extend(key) => {
                if let Some(item) = key.item(&file.pyc) {
                    self.extend_to(item);
                }
                return;
            }
        };
        self.follow_move(to);
    }

    fn act_in_source(&mut self, action: SourceAction) {
        self.revision += 1;
        match action {
            SourceAction::Key(key, page) => {
                let to = self.source.key(&self.file, self.selection.item(), key, page);
                self.follow_move(to);
            }
            SourceAction::Toggle(row) => self.source.toggle(row),
            SourceAction::FoldAll(folds) => self.source.fold_all(folds),
            SourceAction::Retry => self.source.retry(),
        }
    }

    fn act_in_hex(&mut self, action: &HexAction) {
        let HexAction::Move { to, extend, columns, page } = *action;
        let Step { anchor, cursor, .. } = self.chosen();
        let cursor = hex::moved(to, cursor, self.file.last_offset(), columns, page);
        let step =
            if extend { Step::to_range(&self.file, anchor, cursor) } else { Step::to_offset(&self.file, cursor) };
        self.choose(step, true);
    }

    fn act_in_members(&mut self, action: MembersAction) {
        let span = self.file.members().and_then(|members| self.members.act(members, action));
        self.revision += 1;
        self.choose(span.and_then(|span| Step::to_span(&self.file, span, None)), true);
    }

    fn act_in_search(&mut self, action: SearchAction) {
        let span = self.chosen().span;
        let search = self.search.as_ref();
        let hit = match action {
            SearchAction::Query(typed) => {
                self.search = Search::new(&self.file.pyc, &typed);
                self.revision += 1;
                None
            }
            SearchAction::Next => search.and_then(|search| search.next(span)),
            SearchAction::Previous => search.and_then(|search| search.previous(span)),
            SearchAction::Select(hit) => search.and_then(|search| search.hits.all.get(hit).copied()),
        };
        if let Some(hit) = hit {
            self.choose(self.step_to_hit(&hit), hit.kind == HitKind::Bytes);
        }
    }

    fn step_to_hit(&self, hit: &Hit) -> Option<Step> {
        match hit.kind {
            HitKind::Bytes => Step::to_range(&self.file, hit.span.start, hit.span.end - 1),
            _ => Some(Step::to(&self.file, hit.item)),
        }
    }
}
