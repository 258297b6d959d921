//! Which views are open, and where: tabs in one pane, or in two side by side.
//!
//! Invariants: there is at least one pane and at most [`MOST`]; a view is open at most once; only a single pane may be
//! without tabs; the active pane exists. What acts on "the view in front" means the tab in front of the active pane.

use crate::model::ViewId;

/// So many panes stand side by side.
pub const MOST: usize = 2;

/// The tabs of one half of the window.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Pane {
    tabs: Vec<ViewId>,
    front: usize,
}

impl Pane {
    /// Its views, in the order of their tabs.
    pub fn tabs(&self) -> &[ViewId] {
        &self.tabs
    }

    /// The view whose tab is in front; none where no tab is open.
    pub fn front(&self) -> Option<ViewId> {
        self.tabs.get(self.front).copied()
    }

    fn position(&self, view: ViewId) -> Option<usize> {
        self.tabs.iter().position(|open| *open == view)
    }

    /// Closes a tab. The one behind it comes to the front in its place, or the last one.
    fn take(&mut self, index: usize) {
        self.tabs.remove(index);
        if self.front > index || self.front >= self.tabs.len() {
            self.front = self.front.saturating_sub(1);
        }
    }
}

/// The open views.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Panes {
    panes: Vec<Pane>,
    active: usize,
}

impl Panes {
    /// One pane with these views, the first in front.
    pub fn new(tabs: Vec<ViewId>) -> Self {
        Self { panes: vec![Pane { tabs, front: 0 }], active: 0 }
    }

    /// All panes, from left to right.
    pub fn all(&self) -> &[Pane] {
        &self.panes
    }

    /// Index of the pane that has the keyboard.
    pub fn active(&self) -> usize {
        self.active
    }

    /// The view in front of the active pane.
    pub fn front(&self) -> Option<ViewId> {
        self.panes.get(self.active)?.front()
    }

    /// The views in front of all panes: those that are seen.
    pub fn fronts(&self) -> impl Iterator<Item = ViewId> + '_ {
        self.panes.iter().filter_map(Pane::front)
    }

    /// Every open view, pane by pane.
    pub fn views(&self) -> impl Iterator<Item = ViewId> + '_ {
        self.panes.iter().flat_map(|pane| pane.tabs.iter().copied())
    }

    /// Whether two panes stand side by side.
    pub fn is_split(&self) -> bool {
        self.panes.len() > 1
    }

    /// The view whose tab follows that in front, in the active pane; after the last one the first.
    pub fn next(&self) -> Option<ViewId> {
        let pane = self.panes.get(self.active)?;
        pane.tabs.get((pane.front + 1) % pane.tabs.len().max(1)).copied()
    }

    /// Brings a view to the front where it is open, else in the active pane behind the other tabs.
    pub fn open(&mut self, view: ViewId) {
        let found = self.panes.iter().enumerate().find_map(|(index, pane)| Some((index, pane.position(view)?)));
        if let Some((index, _)) = found {
            self.active = index;
        }
        let Some(pane) = self.panes.get_mut(self.active) else { return };
        pane.front = match found {
            Some((_, tab)) => tab,
            None => {
                pane.tabs.push(view);
                pane.tabs.len() - 1
            }
        };
    }

    /// Closes the tab of a view.
    pub fn close(&mut self, view: ViewId) {
        for pane in &mut self.panes {
            if let Some(index) = pane.position(view) {
                pane.take(index);
            }
        }
        self.drop_empty();
    }

    /// Puts the tab of a view into a pane, before the tab that has an index there now, and brings it to the front. One
    /// past the last pane begins a new one, as long as there may be more.
    pub fn place(&mut self, view: ViewId, pane: usize, before: usize) {
        let pane = pane.min(self.panes.len()).min(MOST - 1);
        let own = self.panes.get(pane).and_then(|pane| pane.position(view));
        let before = if own.is_some_and(|own| own < before) { before.saturating_sub(1) } else { before };
        for pane in &mut self.panes {
            if let Some(index) = pane.position(view) {
                pane.take(index);
            }
        }
        if pane == self.panes.len() {
            self.panes.push(Pane::default());
        }
        if let Some(into) = self.panes.get_mut(pane) {
            into.front = before.min(into.tabs.len());
            into.tabs.insert(into.front, view);
        }
        self.active = pane;
        self.drop_empty();
    }

    /// Moves the view in front to the other side, into a new pane where there is but one.
    pub fn move_across(&mut self) {
        if let Some(view) = self.front() {
            let other = if self.active == 0 { 1 } else { 0 };
            self.place(view, other, usize::MAX);
        }
    }

    /// Makes a pane the active one.
    pub fn focus(&mut self, pane: usize) {
        self.active = pane.min(self.panes.len().saturating_sub(1));
    }

    /// Puts all tabs into one pane; the view in front stays there.
    pub fn join(&mut self) {
        let front = self.front();
        *self = Self::new(self.views().collect());
        if let Some(view) = front {
            self.open(view);
        }
    }

    /// Closes the tabs of all other views.
    pub fn retain(&mut self, mut keeps: impl FnMut(ViewId) -> bool) {
        let gone: Vec<ViewId> = self.views().filter(|view| !keeps(*view)).collect();
        gone.into_iter().for_each(|view| self.close(view));
    }

    /// A pane without tabs goes, unless it is the only one.
    fn drop_empty(&mut self) {
        let mut index = 0;
        while self.panes.len() > 1 && index < self.panes.len() {
            if self.panes.get(index).is_some_and(|pane| pane.tabs.is_empty()) {
                self.panes.remove(index);
                if self.active > index {
                    self.active -= 1;
                }
            } else {
                index += 1;
            }
        }
        self.active = self.active.min(self.panes.len().saturating_sub(1));
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::TableId as _;

    fn view(index: u32) -> ViewId {
        ViewId::from_index(index)
    }

    fn panes(count: u32) -> Panes {
        Panes::new((0..count).map(view).collect())
    }

    /// `0 1* | 2*`: tabs by their index, those in front with a star, the active pane in brackets.
    fn shown(panes: &Panes) -> String {
        let tab = |pane: &Pane, id: ViewId| {
            let star = if pane.front() == Some(id) { "*" } else { "" };
            format!("{}{star}", id.index())
        };
        let pane = |(index, pane): (usize, &Pane)| {
            let tabs = pane.tabs().iter().map(|id| tab(pane, *id)).collect::<Vec<_>>().join(" ");
            if index == panes.active() { format!("[{tabs}]") } else { tabs }
        };
        panes.all().iter().enumerate().map(pane).collect::<Vec<_>>().join(" | ")
    }

    #[test]
    fn the_tab_in_front_goes_across_and_its_pane_closes_with_its_last_tab() {
        let mut panes = panes(3);
        panes.move_across();
        assert_eq!(shown(&panes), "1* 2 | [0*]");
        panes.open(view(2));
        assert_eq!(shown(&panes), "[1 2*] | 0*");
        panes.move_across();
        assert_eq!(shown(&panes), "1* | [0 2*]");
        panes.close(view(1));
        assert_eq!(shown(&panes), "[0 2*]");
        panes.move_across();
        panes.close(view(2));
        assert_eq!(shown(&panes), "[0*]");
        panes.move_across();
        assert_eq!(shown(&panes), "[0*]", "a lonely view stays where it is");
        panes.close(view(0));
        assert_eq!((shown(&panes), panes.front()), ("[]".to_owned(), None));
    }

    #[test]
    fn a_tab_is_put_between_others() {
        let mut panes = panes(4);
        panes.place(view(0), 0, 3);
        assert_eq!(shown(&panes), "[1 2 0* 3]");
        panes.place(view(3), 0, 0);
        assert_eq!(shown(&panes), "[3* 1 2 0]");
        panes.place(view(1), 0, 1);
        assert_eq!(shown(&panes), "[3 1* 2 0]", "its own place changes nothing");
        panes.place(view(2), 1, 0);
        panes.place(view(3), 1, 1);
        assert_eq!(shown(&panes), "1* 0 | [2 3*]");
        panes.join();
        assert_eq!(shown(&panes), "[1 0 2 3*]");
    }

    #[test]
    fn views_that_are_gone_leave_no_tab() {
        let mut panes = panes(4);
        panes.move_across();
        panes.retain(|id| id != view(0) && id != view(2));
        assert_eq!(shown(&panes), "[1* 3]");
        assert_eq!(panes.next(), Some(view(3)));
    }
}
