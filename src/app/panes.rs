//! Which views and exhibits are open, and where: tabs in one pane, or in two side by side.
//!
//! Invariants: there is at least one pane and at most [`MOST`]; each is open at most once; only a single pane may be
//! without tabs; the active pane exists. What acts on "the view in front" means the tab in front of the active pane.

use crate::model::ViewId;

/// What a tab shows.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Tab {
    /// A view of the project.
    View(ViewId),
    /// An exhibit of the analysis, by its id.
    Exhibit(&'static str),
}

impl Tab {
    /// The view that it shows, if it shows one.
    pub fn view(self) -> Option<ViewId> {
        match self {
            Self::View(view) => Some(view),
            Self::Exhibit(_) => None,
        }
    }
}

impl From<ViewId> for Tab {
    fn from(view: ViewId) -> Self {
        Self::View(view)
    }
}

/// So many panes stand side by side.
pub const MOST: usize = 2;

/// The tabs of one half of the window.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Pane {
    tabs: Vec<Tab>,
    front: usize,
}

impl Pane {
    /// Its tabs, in their order.
    pub fn tabs(&self) -> &[Tab] {
        &self.tabs
    }

    /// The tab in front; none where no tab is open.
    pub fn front(&self) -> Option<Tab> {
        self.tabs.get(self.front).copied()
    }

    fn position(&self, tab: Tab) -> Option<usize> {
        self.tabs.iter().position(|open| *open == tab)
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
    pub fn new(views: Vec<ViewId>) -> Self {
        Self::of(views.into_iter().map(Tab::View).collect())
    }

    fn of(tabs: Vec<Tab>) -> Self {
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

    /// The tab in front of the active pane.
    pub fn front_tab(&self) -> Option<Tab> {
        self.panes.get(self.active)?.front()
    }

    /// The view in front of the active pane; none where an exhibit is.
    pub fn front(&self) -> Option<ViewId> {
        self.front_tab().and_then(Tab::view)
    }

    /// The exhibit in front of the active pane, by its id; none where a view is.
    pub fn front_exhibit(&self) -> Option<&'static str> {
        match self.front_tab()? {
            Tab::Exhibit(id) => Some(id),
            Tab::View(_) => None,
        }
    }

    /// The views in front of all panes: those that are seen.
    pub fn fronts(&self) -> impl Iterator<Item = ViewId> + '_ {
        self.panes.iter().filter_map(Pane::front).filter_map(Tab::view)
    }

    /// The exhibits in front of all panes, by their ids.
    pub fn exhibits_in_front(&self) -> impl Iterator<Item = &'static str> + '_ {
        self.panes.iter().filter_map(Pane::front).filter_map(|tab| match tab {
            Tab::Exhibit(id) => Some(id),
            Tab::View(_) => None,
        })
    }

    /// Every tab, pane by pane.
    pub fn tabs(&self) -> impl Iterator<Item = Tab> + '_ {
        self.panes.iter().flat_map(|pane| pane.tabs.iter().copied())
    }

    /// Every open view, pane by pane.
    pub fn views(&self) -> impl Iterator<Item = ViewId> + '_ {
        self.tabs().filter_map(Tab::view)
    }

    /// Whether two panes stand side by side.
    pub fn is_split(&self) -> bool {
        self.panes.len() > 1
    }

    /// The tab that follows the one in front, in the active pane; after the last one the first.
    pub fn next(&self) -> Option<Tab> {
        let pane = self.panes.get(self.active)?;
        pane.tabs.get((pane.front + 1) % pane.tabs.len().max(1)).copied()
    }

    /// Brings a tab to the front where it is open, else in the active pane behind the other tabs.
    pub fn open(&mut self, tab: impl Into<Tab>) {
        let wanted = tab.into();
        let found = self.panes.iter().enumerate().find_map(|(index, pane)| Some((index, pane.position(wanted)?)));
        if let Some((index, _)) = found {
            self.active = index;
        }
        let Some(pane) = self.panes.get_mut(self.active) else { return };
        pane.front = match found {
            Some((_, tab)) => tab,
            None => {
                pane.tabs.push(wanted);
                pane.tabs.len() - 1
            }
        };
    }

    /// Closes a tab.
    pub fn close(&mut self, tab: impl Into<Tab>) {
        let tab = tab.into();
        for pane in &mut self.panes {
            if let Some(index) = pane.position(tab) {
                pane.take(index);
            }
        }
        self.drop_empty();
    }

    /// Puts a tab into a pane, before the tab that has an index there now, and brings it to the front. One
    /// past the last pane begins a new one, as long as there may be more.
    pub fn place(&mut self, tab: impl Into<Tab>, pane: usize, before: usize) {
        let tab = tab.into();
        let pane = pane.min(self.panes.len()).min(MOST - 1);
        let own = self.panes.get(pane).and_then(|pane| pane.position(tab));
        let before = if own.is_some_and(|own| own < before) { before.saturating_sub(1) } else { before };
        for pane in &mut self.panes {
            if let Some(index) = pane.position(tab) {
                pane.take(index);
            }
        }
        if pane == self.panes.len() {
            self.panes.push(Pane::default());
        }
        if let Some(into) = self.panes.get_mut(pane) {
            into.front = before.min(into.tabs.len());
            into.tabs.insert(into.front, tab);
        }
        self.active = pane;
        self.drop_empty();
    }

    /// Moves the tab in front to the other side, into a new pane where there is but one.
    pub fn move_across(&mut self) {
        if let Some(tab) = self.front_tab() {
            let other = if self.active == 0 { 1 } else { 0 };
            self.place(tab, other, usize::MAX);
        }
    }

    /// Makes a pane the active one.
    pub fn focus(&mut self, pane: usize) {
        self.active = pane.min(self.panes.len().saturating_sub(1));
    }

    /// Puts all tabs into one pane; the tab in front stays there.
    pub fn join(&mut self) {
        let front = self.front_tab();
        *self = Self::of(self.tabs().collect());
        if let Some(tab) = front {
            self.open(tab);
        }
    }

    /// Closes the tabs of all other views; exhibits stay.
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
        let tab = |pane: &Pane, tab: Tab| {
            let star = if pane.front() == Some(tab) { "*" } else { "" };
            match tab {
                Tab::View(id) => format!("{}{star}", id.index()),
                Tab::Exhibit(id) => format!("{id}{star}"),
            }
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
        assert_eq!(panes.next(), Some(Tab::View(view(3))));
    }

    #[test]
    fn exhibits_have_tabs_like_views_and_stay_when_views_go() {
        let mut panes = panes(2);
        panes.open(Tab::Exhibit("load"));
        panes.open(Tab::Exhibit("load"));
        assert_eq!(shown(&panes), "[0 1 load*]", "it is open once");
        assert_eq!((panes.front(), panes.front_exhibit()), (None, Some("load")));
        assert_eq!(panes.views().count(), 2);
        panes.retain(|id| id == view(0));
        assert_eq!(shown(&panes), "[0 load*]");
        panes.move_across();
        assert_eq!(shown(&panes), "0* | [load*]");
        panes.join();
        assert_eq!(shown(&panes), "[0 load*]");
        panes.close(Tab::Exhibit("load"));
        assert_eq!(shown(&panes), "[0*]");
    }
}
