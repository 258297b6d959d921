//! Choosing somebody from a list with a search on top.

use egui::{ComboBox, Id, Ui, WidgetInfo};

use crate::app::core::Core;
use crate::app::widgets::{text, text_field};
use crate::model::*;

/// From so many on, the list has a search.
const SEARCH_FROM: usize = 12;
/// So many are listed.
const MOST: usize = 200;

/// Which of the elements is chosen, and what the closed field shows.
pub(super) struct Pick<'a> {
    /// Its accessible name.
    pub name: &'a str,
    /// What stands in the closed field.
    pub shown: &'a str,
    /// Kinds to choose from, in this order.
    pub kinds: &'a [ElementKind],
    /// Whether nobody can be chosen.
    pub or_nobody: bool,
}

impl Pick<'_> {
    /// Draws it; what was picked, `Some(None)` for nobody.
    pub fn show(self, ui: &mut Ui, core: &Core) -> Option<Option<ElementRef>> {
        let theme = core.theme();
        let id = Id::unique(("ladder pick", self.name));
        let width = ui.available_width();
        let measure = crate::scene::text::Measure::bundled();
        let shown = measure.ellipsize(self.shown, theme.sizes.text.body, (width - 34.0).max(20.0));
        let combo = ComboBox::from_id_salt(id)
            .width(width)
            .height(300.0)
            .selected_text(text(shown.text, theme.sizes.text.body))
            .close_behavior(egui::PopupCloseBehavior::CloseOnClickOutside);
        let mut picked = None;
        let response = combo.show_ui(ui, |ui| {
            picked = self.list_ui(ui, core, id);
            if picked.is_some() {
                ui.close();
            }
        });
        response.response.widget_info(|| WidgetInfo::labeled(egui::Role::ComboBox, true, self.name));
        picked
    }

    fn list_ui(&self, ui: &mut Ui, core: &Core, id: Id) -> Option<Option<ElementRef>> {
        let document = core.document();
        let all: Vec<ElementRef> = self.kinds.iter().flat_map(|kind| document.elements_of(*kind)).collect();
        let mut query: String = ui.data(|data| data.get_temp(id)).unwrap_or_default();
        if all.len() > SEARCH_FROM {
            text_field(ui, core.theme(), id.with("search"), "Search", &mut query, "Search");
            ui.data_mut(|data| data.insert_temp(id, query.clone()));
        }
        let mut picked = None;
        if self.or_nobody && ui.selectable_label(false, "nobody").clicked() {
            picked = Some(None);
        }
        let query = query.to_lowercase();
        let fits = |element: &ElementRef| document.name_of(*element).to_lowercase().contains(&query);
        for element in all.into_iter().filter(fits).take(MOST) {
            let name = document.name_of(element);
            let unit = match element {
                ElementRef::Role(role) => document.get::<Role>(role).and_then(|role| role.unit),
                _ => None,
            };
            let words =
                unit.map_or_else(|| name.to_owned(), |unit| format!("{name} · {}", document.name_of(unit.into())));
            if ui.selectable_label(false, words).clicked() {
                picked = Some(Some(element));
            }
        }
        picked
    }
}
