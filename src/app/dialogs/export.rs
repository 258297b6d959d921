//! What is exported, in which format, on which paper, and where to: the view in front, or a pocket card.

use std::sync::Arc;

use egui::{Id, Key, Modifiers, Ui};

use super::{sentence_ui, suggested_path, title_ui};
use crate::app::command::{Command, Dressing, ExportRequest, PaperChoice};
use crate::app::core::Core;
use crate::app::panels::icon_of;
use crate::app::widgets::{
    ButtonLook, Offer, Picked, Picker, check_box, field_row, segmented, text_button, text_field,
};
use crate::export::{FORMATS, Format, Input, Kind, Paper, PocketOf, page_count};
use crate::model::{Document, ElementRef, Role, RoleId, Unit, UnitId, View, ViewId, ViewKind};
use crate::scene::display::Display;

/// The form.
#[derive(Clone, Debug)]
pub struct Export {
    /// The view; none for an exhibit.
    view: Option<ViewId>,
    /// What an exhibit shows; none for a view.
    exhibit: Option<Arc<Display>>,
    pocket: Option<PocketOf>,
    format: &'static str,
    paper: Option<PaperChoice>,
    /// How many pages it takes on a paper; a matrix is laid out to know it.
    counted: Option<(PaperChoice, usize)>,
    dressing: Dressing,
    path: String,
    /// Whether the path was typed by hand.
    is_own_path: bool,
}

impl Export {
    pub(super) fn new(core: &Core, view: ViewId) -> Self {
        let paper = core.paper;
        let (format, path) = ("svg", String::new());
        let of = (Some(view), None);
        let mut form = Self::of(of, format, paper, (path, core.dressing));
        form.settle(core);
        form
    }

    /// The same for an exhibit.
    pub(super) fn exhibit(core: &Core, display: Arc<Display>) -> Self {
        let mut form = Self::of((None, Some(display)), "svg", None, (String::new(), core.dressing));
        form.settle(core);
        form
    }

    fn of(
        (view, exhibit): (Option<ViewId>, Option<Arc<Display>>),
        format: &'static str,
        paper: Option<PaperChoice>,
        (path, dressing): (String, Dressing),
    ) -> Self {
        Self { view, exhibit, pocket: None, format, paper, counted: None, dressing, path, is_own_path: false }
    }

    /// Name of the view or the exhibit.
    fn name(&self, core: &Core) -> String {
        match (&self.exhibit, self.view) {
            (Some(display), _) if !display.of.is_empty() => format!("{} {}", display.title, display.of),
            (Some(display), _) => display.title.clone(),
            (None, Some(view)) => core.document().name_of(view.into()).to_owned(),
            (None, None) => String::new(),
        }
    }

    /// The same for a pocket card.
    pub(super) fn pocket(core: &Core, view: ViewId, of: PocketOf) -> Self {
        let mut form = Self { pocket: Some(of), ..Self::new(core, view) };
        form.settle(core);
        form
    }

    /// Takes a format that can show what is exported, and the path for it.
    fn settle(&mut self, core: &Core) {
        if self.offered(core).all(|format| format.id != self.format) {
            self.format = self.offered(core).next().map_or("svg", |format| format.id);
        }
        if !self.is_own_path {
            self.path = self.suggestion(core);
        }
    }

    fn suggestion(&self, core: &Core) -> String {
        let extension = FORMATS.iter().find(|known| known.id == self.format).map_or("svg", |known| known.extension);
        let document = core.document();
        let what = match self.pocket {
            None => self.name(core),
            Some(PocketOf::Everybody) => "pocket card".to_owned(),
            Some(PocketOf::Role(role)) => format!("pocket card {}", document.name_of(role.into())),
            Some(PocketOf::Unit(unit)) => format!("pocket card {}", document.name_of(unit.into())),
        };
        let project = suggested_path(core, extension);
        let what = what.to_lowercase().replace(|c: char| !c.is_alphanumeric(), "-");
        let stem = project.file_stem().map_or_else(String::new, |stem| stem.to_string_lossy().into_owned());
        project.with_file_name(format!("{stem}-{what}.{extension}")).display().to_string()
    }

    pub(super) fn show(&mut self, ui: &mut Ui, core: &Core, commands: &mut Vec<Command>) {
        let theme = core.theme();
        let name = self.name(core);
        title_ui(
            ui,
            theme,
            &if self.pocket.is_some() { "Export a pocket card".to_owned() } else { format!("Export “{name}”") },
        );
        let before = (self.pocket, self.format);
        self.what_ui(ui, core);
        ui.add_space(theme.sizes.space.small);
        ui.horizontal_wrapped(|ui| {
            for format in self.offered(core).collect::<Vec<_>>() {
                // An exhibit is no matrix.
                let label =
                    if self.exhibit.is_some() { format.label.trim_end_matches(" of the matrix") } else { format.label };
                if ui.selectable_label(format.id == self.format, label).clicked() {
                    self.format = format.id;
                }
            }
        });
        if before != (self.pocket, self.format) {
            self.settle(core);
        }
        if self.takes_paper(core.document()) {
            self.paper_ui(ui, core);
        }
        if self.format_in_use().is_some_and(|format| format.kind == Kind::Picture)
            && self.pocket.is_none()
            && self.exhibit.is_none()
        {
            self.dressing_ui(ui, core);
        }
        ui.add_space(theme.sizes.space.small);
        let path = Id::unique("export-path");
        self.is_own_path |= text_field(ui, theme, path, "Path of the exported file", &mut self.path, "").changed();
        ui.add_space(theme.sizes.space.tight);
        sentence_ui(ui, theme, &self.sentence(core));
        ui.add_space(theme.sizes.space.large);
        // A button that has the keyboard takes Enter for itself.
        let is_free = ui.memory(|memory| memory.focused().is_none_or(|focused| focused == path));
        let enter = is_free && ui.input_mut(|input| input.consume_key(Modifiers::NONE, Key::Enter));
        crate::app::dialogs::footer(ui, |ui| {
            let pressed = text_button(ui, theme, ButtonLook::Primary, None, "Export").clicked();
            if (pressed || enter) && !self.path.trim().is_empty() {
                commands.push(Command::CloseDialog);
                commands.push(Command::Export(Box::new(self.request(core))));
            }
            if text_button(ui, theme, ButtonLook::Quiet, None, "Cancel").clicked() {
                commands.push(Command::CloseDialog);
            }
        });
    }

    fn request(&self, core: &Core) -> ExportRequest {
        let paper = self.paper.filter(|_| self.takes_paper(core.document()));
        let path = self.path.trim().into();
        ExportRequest {
            view: self.view,
            exhibit: self.exhibit.clone(),
            pocket: self.pocket,
            paper,
            format: self.format,
            dressing: self.dressing,
            path,
        }
    }

    fn format_in_use(&self) -> Option<&'static Format> {
        FORMATS.iter().find(|format| format.id == self.format)
    }

    /// What the picture has beside what it shows.
    fn dressing_ui(&mut self, ui: &mut Ui, core: &Core) {
        const SCALES: [(f32, &str); 4] = [(1.0, "1 ×"), (2.0, "2 ×"), (3.0, "3 ×"), (4.0, "4 ×")];
        let is_in_pixels = self.format == "png";
        let theme = core.theme();
        let dressing = &mut self.dressing;
        ui.add_space(theme.sizes.space.small);
        ui.horizontal_wrapped(|ui| {
            check_box(ui, theme, &mut dressing.title, "Title").on_hover_text("The name of the view above the picture");
            if dressing.title {
                check_box(ui, theme, &mut dressing.date, "Date").on_hover_text("Today’s date beside the title");
            }
            check_box(ui, theme, &mut dressing.legend, "Legend")
                .on_hover_text("What colours and signs mean, below the picture");
            check_box(ui, theme, &mut dressing.transparent, "No ground")
                .on_hover_text("For slides and pages that have a colour");
            if !is_in_pixels {
                check_box(ui, theme, &mut dressing.outlines, "Letters as outlines")
                    .on_hover_text("For programs that lack the font; the text can no longer be searched");
            }
        });
        if is_in_pixels {
            ui.horizontal(|ui| {
                ui.label("Size");
                for (scale, label) in SCALES {
                    let is_chosen = (dressing.scale - scale).abs() < 0.01;
                    if ui.selectable_label(is_chosen, label).clicked() {
                        dressing.scale = scale;
                    }
                }
            });
        }
    }

    /// The view or a pocket card, and whose.
    fn what_ui(&mut self, ui: &mut Ui, core: &Core) {
        let choices = [
            ("This view", "What is in front, as a picture or table"),
            ("Pocket card", "Who decides up to how much, on a page that folds to A7"),
        ];
        if core.document().decisions().is_empty() || self.exhibit.is_some() {
            return;
        }
        match segmented(ui, core.theme(), "export what", &choices, usize::from(self.pocket.is_some())) {
            Some(0) => self.pocket = None,
            Some(_) if self.pocket.is_none() => self.pocket = Some(PocketOf::Everybody),
            _ => {}
        }
        if let Some(of) = &mut self.pocket {
            ui.add_space(core.theme().sizes.space.tight);
            whose_ui(ui, core, of);
        }
    }

    /// Whether pages of paper are offered: a matrix as a picture.
    fn takes_paper(&self, document: &Document) -> bool {
        let is_picture = FORMATS.iter().any(|format| format.id == self.format && format.kind == Kind::Picture);
        self.pocket.is_none() && is_picture && self.is_matrix(document)
    }

    fn paper_ui(&mut self, ui: &mut Ui, core: &Core) {
        const NAMES: [&str; 4] = ["A4", "A3", "Letter", "Tabloid"];
        ui.add_space(core.theme().sizes.space.small);
        ui.horizontal_wrapped(|ui| {
            if ui.selectable_label(self.paper.is_none(), "One picture").clicked() {
                self.paper = None;
            }
            for (size, name) in NAMES.into_iter().enumerate().take(Paper::NAMED.len()) {
                let is_chosen = self.paper.is_some_and(|paper| paper.size == size);
                if ui.selectable_label(is_chosen, name).clicked() {
                    self.paper = Some(PaperChoice { size, stands: self.paper.is_some_and(|paper| paper.stands) });
                }
            }
            if let Some(paper) = &mut self.paper {
                check_box(ui, core.theme(), &mut paper.stands, "Upright");
            }
        });
        if let Some(choice) = self.paper.filter(|choice| self.counted.is_none_or(|(of, _)| of != *choice))
            && let Some(paper) = choice.paper()
        {
            let options = core.figures();
            self.counted = Some((choice, page_count(&Input::new(core.document(), self.view, &options), paper)));
        }
    }

    /// What will come of it.
    fn sentence(&self, core: &Core) -> String {
        let pages = self.counted.filter(|(of, _)| self.takes_paper(core.document()) && self.paper == Some(*of));
        match (pages, self.pocket) {
            (Some((_, count)), _) if count > 1 => {
                format!("{count} pages, each a file with a number at its end, and headings on every page.")
            }
            (Some(_), _) => "It fits one page.".to_owned(),
            (None, Some(_)) => "Print it at its own size and fold it in half until it is A7.".to_owned(),
            (None, None) => "Exports use the print colours, whatever the screen shows.".to_owned(),
        }
    }

    fn is_matrix(&self, document: &Document) -> bool {
        let view = self.view.and_then(|view| document.get::<View>(view));
        view.is_some_and(|view| matches!(view.kind, ViewKind::Matrix(_)))
    }

    /// The formats that can show it, and the table of the notes where there are any.
    fn offered(&self, core: &Core) -> impl Iterator<Item = &'static Format> + 'static {
        let is_matrix = self.is_matrix(core.document()) || self.exhibit.is_some();
        let is_exhibit = self.exhibit.is_some();
        let has_notes = !core.document().notes().is_empty();
        let has_roles = !core.document().roles().is_empty();
        let is_pocket = self.pocket.is_some();
        let fits = move |format: &&'static Format| match format.id {
            "pocket" => is_pocket,
            "notes" | "cards" if is_exhibit => false,
            "notes" => has_notes && !is_pocket,
            "cards" => has_roles && !is_pocket,
            _ if is_pocket => format.kind == Kind::Picture,
            _ => is_matrix || format.kind == Kind::Picture,
        };
        FORMATS.iter().filter(fits)
    }
}

/// Everybody, a role or a unit, found by typing.
fn whose_ui(ui: &mut Ui, core: &Core, of: &mut PocketOf) {
    let document = core.document();
    let shown = match of {
        PocketOf::Everybody => "",
        PocketOf::Role(role) => document.name_of((*role).into()),
        PocketOf::Unit(unit) => document.name_of((*unit).into()),
    };
    let mut all: Vec<PocketOf> = Vec::new();
    let offers = || {
        all.extend(document.elements_of(crate::model::ElementKind::Role).into_iter().filter_map(pocket_of));
        all.extend(document.elements_of(crate::model::ElementKind::Unit).into_iter().filter_map(pocket_of));
        all.iter().map(|of| offer(document, *of)).collect()
    };
    let picked =
        field_row(ui, core.theme(), "For", "Whose card it is: everybody’s, a role’s or a unit’s.", |ui| {
            let id = Id::unique("pocket card for");
            let picker = Picker { id, name: "Whose pocket card", hint: "everybody", shown, takes_texts: false };
            picker.show(ui, core.theme(), offers).1
        })
        .inner;
    match picked {
        Some(Picked::Offer(place)) => *of = all.get(place).copied().unwrap_or(*of),
        Some(Picked::Nothing) => *of = PocketOf::Everybody,
        _ => {}
    }
}

fn pocket_of(element: ElementRef) -> Option<PocketOf> {
    match element {
        ElementRef::Role(role) => Some(PocketOf::Role(role)),
        ElementRef::Unit(unit) => Some(PocketOf::Unit(unit)),
        _ => None,
    }
}

fn offer(document: &Document, of: PocketOf) -> Offer {
    let of_role = |id: RoleId| document.get::<Role>(id).and_then(|role| role.unit);
    let of_unit = |id: UnitId| document.get::<Unit>(id).and_then(|unit| unit.parent);
    let (element, around) = match of {
        PocketOf::Everybody => return Offer { icon: None, name: "everybody".to_owned(), detail: String::new() },
        PocketOf::Role(role) => (ElementRef::from(role), of_role(role)),
        PocketOf::Unit(unit) => (ElementRef::from(unit), of_unit(unit)),
    };
    let detail = around.map_or("", |unit| document.name_of(unit.into())).to_owned();
    Offer { icon: Some(icon_of(document, element)), name: document.name_of(element).to_owned(), detail }
}
