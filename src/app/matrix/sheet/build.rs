//! Lays a sheet out: which rows and columns are shown, in which order, how wide, and what stands in their cells.

use std::cmp::Ordering;

use rustc_hash::FxHashSet;

use super::marks::Marks;
use super::*;
use crate::analysis::Report;
use crate::scene::measures::{BADGE, CAPTION, LABEL, NAME};
use crate::scene::text::Measure;
use crate::scene::{Line, MatrixGrid, letter_colours, rate_label};

const WIDEST_WORD: f32 = 96.0;
/// Least width of the column of a holder, and of a decision or step.
const NARROWEST: (f32, f32) = (54.0, 88.0);
/// Most lines of the heading of a holder, and of a decision or step.
const MOST_LINES: (usize, usize) = (3, 4);

impl Sheet {
    /// Lays a matrix out. Where rows are sorted, those of `kept` stay in its order.
    pub fn new(
        document: &Document,
        view: &MatrixView,
        report: Option<&Report>,
        filter: &Filter,
        kept: Option<&Self>,
    ) -> Self {
        let grid = MatrixGrid::new(document, view);
        let marks = Marks::new(document, report);
        let sheet = Self { transposed: view.transposed, ..Self::default() };
        let mut builder = Builder { document, grid: &grid, marks: &marks, filter, sheet };
        let columns = builder.shown_columns();
        let rows = builder.shown_rows();
        builder.sheet.hidden = (grid.rows.len() - rows.len(), grid.columns.len() - columns.len());
        let rows = builder.sorted(rows, kept);
        let rows = builder.lay_rows(rows, &columns);
        builder.fill_cells(&rows, &columns);
        builder.lay_columns(&columns);
        builder.sheet
    }
}

struct Builder<'a> {
    document: &'a Document,
    grid: &'a MatrixGrid,
    marks: &'a Marks,
    filter: &'a Filter,
    sheet: Sheet,
}

impl Face {
    /// The chips of these rights.
    pub fn of(document: &Document, rights: Vec<RightId>) -> Self {
        let mut counted: Vec<(&Right, usize)> = Vec::new();
        for id in &rights {
            let Some(right) = document.get::<Right>(*id) else { continue };
            // In the column of a folded unit the same letter of several roles is one chip.
            match counted.iter_mut().find(|(other, _)| other.letter == right.letter && other.tiers == right.tiers) {
                Some((_, count)) => *count += 1,
                None => counted.push((right, 1)),
            }
        }
        let mut chips: Vec<(usize, Chip)> =
            counted.into_iter().map(|(right, count)| chip(document, right, count)).collect();
        chips.sort_by_key(|(order, _)| *order);
        let chips: Vec<Chip> = chips.into_iter().map(|(_, chip)| chip).collect();
        let width = chips.iter().map(|chip| chip.width + 3.0).sum::<f32>() - 3.0;
        Self { rights, chips, width: width.max(0.0), mark: None }
    }
}

/// The chip of so many equal rights, behind its place among the letters of the framework.
fn chip(document: &Document, right: &Right, count: usize) -> (usize, Chip) {
    let framework = document.framework_of(right.subject).map(|(_, framework)| framework);
    let known = framework
        .and_then(|framework| framework.letters.iter().enumerate().find(|(_, letter)| letter.code == right.letter));
    let mut limit = match right.tiers.as_slice() {
        [] => String::new(),
        [one] => one.short_label(),
        [first, rest @ ..] => format!("{} +{}", first.short_label(), rest.len()),
    };
    if count > 1 {
        limit = format!("{limit} ×{count}").trim_start().to_owned();
    }
    let measure = Measure::bundled();
    let behind = if limit.is_empty() { 0.0 } else { 4.0 + measure.width(&limit, CAPTION) };
    let width = (measure.width(&right.letter, LABEL) + behind + 12.0).max(24.0).ceil();
    let colours = letter_colours(known.map(|(_, letter)| letter));
    let order = known.map_or(usize::MAX, |(order, _)| order);
    (order, Chip { letter: right.letter.clone(), limit, colours, width })
}

/// A text for comparing with what a person looks for.
fn folded(text: &str) -> String {
    text.trim().to_lowercase()
}

impl Builder<'_> {
    fn shown_columns(&self) -> Vec<usize> {
        let wanted = folded(&self.filter.columns);
        let columns = self.grid.columns.iter().enumerate();
        columns.filter(|(_, column)| self.matches(column, &wanted)).map(|(index, _)| index).collect()
    }

    fn shown_rows(&self) -> Vec<usize> {
        let wanted = folded(&self.filter.rows);
        let shows = |(index, row): &(usize, &Line)| {
            self.matches(row, &wanted) && (!self.filter.only_gaps || self.is_troubled(*index))
        };
        self.grid.rows.iter().enumerate().filter(shows).map(|(index, _)| index).collect()
    }

    /// Whether a line is named so, in a group named so, or held by somebody named so.
    fn matches(&self, line: &Line, wanted: &str) -> bool {
        let holders = || line.actors().into_iter().map(|actor| self.holder(actor)).collect::<String>();
        wanted.is_empty()
            || [line.name.as_str(), line.group.as_str(), &holders()].iter().any(|text| folded(text).contains(wanted))
    }

    /// Whether nobody decides it, or it decides nothing, or a finding is about it.
    fn is_troubled(&self, row: usize) -> bool {
        let Some(element) = self.grid.rows.get(row).map(Line::element) else { return false };
        let rights = || self.grid.filled(row).flat_map(|(_, rights)| rights);
        let is_marked = |element: ElementRef| self.marks.elements.contains_key(&element);
        element.is_some_and(is_marked)
            || !rights().any(|id| self.decides(*id))
            || rights().any(|id| is_marked((*id).into()))
    }

    fn decides(&self, id: RightId) -> bool {
        self.document.get::<Right>(id).is_some_and(|right| self.document.right_has_duty(right, Duty::Decide))
    }

    /// Rows in the order that was asked for: within their groups, or over all of them.
    fn sorted(&self, mut rows: Vec<usize>, kept: Option<&Sheet>) -> Vec<usize> {
        let Some((by, descending)) = &self.filter.sort else { return rows };
        let kept: Option<FxHashMap<&Head, usize>> =
            kept.map(|kept| kept.rows.iter().enumerate().map(|(place, row)| (&row.head, place)).collect());
        let place = |row: usize| {
            let head = &self.grid.rows.get(row)?.head;
            Some(kept.as_ref()?.get(head).copied().unwrap_or(usize::MAX))
        };
        let mut groups: Vec<&str> = Vec::new();
        let mut group_of = |row: &usize| {
            let group = self.grid.rows.get(*row).map_or("", |row| row.group.as_str());
            groups.iter().position(|other| *other == group).unwrap_or_else(|| {
                groups.push(group);
                groups.len() - 1
            })
        };
        let mut keyed: Vec<(usize, usize)> =
            rows.iter().map(|row| (if self.filter.flat { 0 } else { group_of(row) }, *row)).collect();
        keyed.sort_by(|(group, a), (other, b)| {
            let order = || match self.compare(by, *a, *b) {
                order if *descending => order.reverse(),
                order => order,
            };
            group.cmp(other).then(place(*a).cmp(&place(*b))).then_with(|| match kept.is_some() {
                true => Ordering::Equal,
                false => order(),
            })
        });
        rows.clear();
        rows.extend(keyed.into_iter().map(|(_, row)| row));
        rows
    }

    fn compare(&self, by: &SortBy, a: usize, b: usize) -> Ordering {
        let name = |row: usize| self.grid.rows.get(row).map(|row| folded(&row.name));
        match by {
            SortBy::Name => name(a).cmp(&name(b)),
            SortBy::Rate => self.frequency(a).total_cmp(&self.frequency(b)),
            SortBy::Count => self.deciders(a).cmp(&self.deciders(b)),
            SortBy::Column(head) => self.strength(a, head).cmp(&self.strength(b, head)),
        }
    }

    /// Times a week; below zero where nobody said.
    fn frequency(&self, row: usize) -> f64 {
        let subject = self.grid.rows.get(row).and_then(Line::subject);
        self.often(subject).map_or(-1.0, Rate::per_week)
    }

    fn often(&self, subject: Option<Subject>) -> Option<Rate> {
        match subject? {
            Subject::Decision(id) => self.document.get::<Decision>(id)?.frequency,
            Subject::Step(_) => None,
        }
    }

    /// How strong the strongest letter in a column is: lower is stronger, and nothing the weakest.
    fn strength(&self, row: usize, head: &Head) -> u16 {
        let column = self.grid.columns.iter().position(|column| column.head == *head);
        let rights = column.map_or(&[][..], |column| self.grid.cell(row, column));
        let strength = |id: &RightId| {
            let right = self.document.get::<Right>(*id)?;
            let (_, framework) = self.document.framework_of(right.subject)?;
            framework.letter(&right.letter).map(|letter| u16::from(letter.strength()))
        };
        rights.iter().filter_map(strength).min().unwrap_or(u16::MAX)
    }

    /// Different holders who decide a row, also in columns that a filter hides; of a holder, how much it decides.
    fn deciders(&self, row: usize) -> usize {
        let rights = || self.grid.filled(row).flat_map(|(_, rights)| rights).filter(|id| self.decides(**id));
        let rights = rights().filter_map(|id| self.document.get::<Right>(*id));
        match self.grid.rows.get(row).map(Line::subject) {
            Some(Some(_)) => rights.map(|right| right.holder).collect::<FxHashSet<_>>().len(),
            _ => rights.map(|right| right.subject).collect::<FxHashSet<_>>().len(),
        }
    }

    /// Rows and headings of groups from top to bottom; returns the rows that are not folded away.
    fn lay_rows(&mut self, shown: Vec<usize>, columns: &[usize]) -> Vec<usize> {
        let measure = Measure::bundled();
        let mut laid = Vec::new();
        let (mut top, mut names, mut rates) = (0.0, 140.0_f32, 0.0_f32);
        let mut group: Option<&str> = None;
        for index in shown {
            let Some(row) = self.grid.rows.get(index) else { continue };
            let has_heading = !self.filter.flat && !row.group.is_empty();
            if has_heading && group != Some(row.group.as_str()) {
                let folded = self.filter.folded.contains(&row.group);
                let decides = if folded { vec![0; columns.len()] } else { Vec::new() };
                self.sheet.areas.push(Area { name: row.group.clone(), rows: 0, folded, top, decides });
                top += AREA_ROW;
            }
            group = Some(&row.group);
            if has_heading && self.in_folded_area(index, columns) {
                continue;
            }
            let rate = self.often(row.subject()).map(rate_label).unwrap_or_default();
            let (name, tooltip) = self.named(row);
            names = names.max(measure.width(&name, NAME) + 36.0);
            rates = rates.max(measure.width(&rate, CAPTION));
            let mark = row.element().and_then(|element| self.marks.elements.get(&element)).cloned();
            let (head, deciders) = (row.head.clone(), self.deciders(index));
            let reserved = self.decision_of(row).is_some_and(|decision| decision.reserved);
            let stale = matches!(row.subject(), Some(Subject::Decision(id)) if self.marks.stale.contains(&id));
            self.sheet.rows.push(SheetRow { head, name, tooltip, rate, deciders, mark, reserved, stale, top });
            top += ROW;
            laid.push(index);
        }
        self.sheet.height = top;
        self.sheet.name_width = names.min(280.0).ceil();
        self.sheet.rate_width = if rates > 0.0 { (rates + 20.0).max(60.0).ceil() } else { 0.0 };
        laid
    }

    /// Counts a row to the last heading, and sums it up there where that is folded.
    fn in_folded_area(&mut self, row: usize, columns: &[usize]) -> bool {
        let (grid, document) = (self.grid, self.document);
        let Some(area) = self.sheet.areas.last_mut() else { return false };
        area.rows += 1;
        if !area.folded {
            return false;
        }
        let decides =
            |id: &RightId| document.get::<Right>(*id).is_some_and(|right| document.right_has_duty(right, Duty::Decide));
        for (count, column) in area.decides.iter_mut().zip(columns) {
            *count += usize::from(grid.cell(row, *column).iter().any(decides));
        }
        true
    }

    fn fill_cells(&mut self, rows: &[usize], columns: &[usize]) {
        let mut shown: Vec<Option<usize>> = vec![None; self.grid.columns.len()];
        for (column, in_column) in columns.iter().enumerate() {
            if let Some(slot) = shown.get_mut(*in_column) {
                *slot = Some(column);
            }
        }
        for (row, in_row) in rows.iter().enumerate() {
            for (in_column, rights) in self.grid.filled(*in_row) {
                let Some(column) = shown.get(in_column).copied().flatten() else { continue };
                let face = self.face(rights, self.sheet_place(*in_row, in_column));
                self.sheet.cells.insert(Cell::new(row, column), face);
            }
            // What a finding says about a cell without letters.
            if self.marks.places.is_empty() {
                continue;
            }
            for (column, in_column) in columns.iter().enumerate() {
                let marked = self.sheet_place(*in_row, *in_column).and_then(|place| self.marks.places.get(&place));
                if let Some(mark) = marked {
                    let face = self.sheet.cells.entry(Cell::new(row, column)).or_default();
                    face.mark.get_or_insert_with(|| mark.clone());
                }
            }
        }
    }

    fn sheet_place(&self, row: usize, column: usize) -> Option<Place> {
        let (row, column) = (self.grid.rows.get(row)?, self.grid.columns.get(column)?);
        let subject = row.subject().or_else(|| column.subject())?;
        Some((subject, row.holder().or_else(|| column.holder())?))
    }

    fn face(&self, rights: &[RightId], place: Option<Place>) -> Face {
        let mut mark = place.and_then(|place| self.marks.places.get(&place)).cloned();
        for id in rights {
            if let Some(found) = self.marks.elements.get(&(*id).into()) {
                mark = mark.filter(|mark| mark.severity >= found.severity).or_else(|| Some(found.clone()));
            }
        }
        Face { mark, ..Face::of(self.document, rights.to_vec()) }
    }
    /// What a line is called, and what is said about it under the pointer.
    fn decision_of(&self, line: &Line) -> Option<&Decision> {
        match line.subject() {
            Some(Subject::Decision(id)) => self.document.get::<Decision>(id),
            Some(Subject::Step(_)) | None => None,
        }
    }

    fn named(&self, line: &Line) -> (String, String) {
        match &line.head {
            Head::Folded(roles) => {
                let names: Vec<&str> = roles.iter().map(|role| self.document.name_of((*role).into())).collect();
                (format!("all of {}", line.group), format!("{}: {}", line.group, names.join(", ")))
            }
            Head::Person(person, roles) => {
                let name = self.document.name_of((*person).into()).to_owned();
                let names: Vec<&str> = roles.iter().map(|role| self.document.name_of((*role).into())).collect();
                let tooltip = if names.is_empty() { name.clone() } else { format!("{name}: {}", names.join(", ")) };
                (name, tooltip)
            }
            Head::Holder(_) | Head::Subject(_) => {
                let holder = line.actors().first().map(|actor| self.holder(*actor)).unwrap_or_default();
                let standing = self.decision_of(line).map(standing).unwrap_or_default();
                let parts = [line.name.as_str(), &holder, &line.group, &standing];
                let tooltip = parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" · ");
                (line.name.clone(), tooltip)
            }
        }
    }

    fn lay_columns(&mut self, shown: &[usize]) {
        let measure = Measure::bundled();
        let mut widest: Vec<f32> = vec![0.0; shown.len()];
        #[expect(clippy::iter_over_hash_type, reason = "the greatest width is the same in any order")]
        for (cell, face) in &self.sheet.cells {
            if let Some(width) = widest.get_mut(cell.column) {
                *width = width.max(face.width);
            }
        }
        let (mut left, mut most_lines) = (0.0, 1);
        let mut last: Option<&Line> = None;
        let totals = self.grid.totals(self.document, Duty::Decide);
        for (index, cells) in shown.iter().zip(widest) {
            let Some(column) = self.grid.columns.get(*index) else { continue };
            let (name, tooltip) = self.named(column);
            let heading = match &column.head {
                Head::Folded(roles) => format!("All {}", roles.len()),
                _ => name.clone(),
            };
            let (least, most) = match column.head {
                Head::Subject(_) => (NARROWEST.1, MOST_LINES.1),
                _ => (NARROWEST.0, MOST_LINES.0),
            };
            let word = heading.split_whitespace().map(|word| measure.width(word, COLUMN_NAME)).fold(0.0, f32::max);
            let width = least.max(cells + 10.0).max(word.min(WIDEST_WORD) + 10.0).ceil();
            let lines = measure.wrap(&heading, COLUMN_NAME, width - 6.0, most);
            let lines: Vec<String> = lines.into_iter().map(|line| line.text).collect();
            most_lines = most_lines.max(lines.len());
            let begins_band = last.is_none_or(|last| !last.shares_heading(column));
            if begins_band {
                let folded = matches!(column.head, Head::Folded(_));
                let band = Band { name: column.group.clone(), unit: column.unit, folded, left, width: 0.0 };
                self.sheet.bands.push(band);
            }
            last = Some(column);
            if let Some(band) = self.sheet.bands.last_mut() {
                band.width += width;
            }
            self.sheet.columns.push(SheetColumn {
                head: column.head.clone(),
                tooltip,
                name,
                lines,
                left,
                width,
                decides: totals.get(*index).copied().unwrap_or(0),
                begins_band,
                mark: column.element().and_then(|element| self.marks.elements.get(&element)).cloned(),
            });
            left += width;
        }
        self.sheet.width = left;
        let lines = most_lines as f32 * measure.line_height(COLUMN_NAME);
        self.sheet.header_height = 8.0 + BAND + 8.0 + lines + SORT_STRIP;
        let heading = measure.width("How often", BADGE) + 24.0;
        if self.sheet.rate_width > 0.0 {
            self.sheet.rate_width = self.sheet.rate_width.max(heading.ceil());
        }
    }

    fn holder(&self, actor: Actor) -> String {
        match actor {
            Actor::Role(role) => self.document.holders_label(role),
            _ => String::new(),
        }
    }
}

/// Whether a decision is reserved and why, and who agreed to it when.
fn standing(decision: &Decision) -> String {
    let mut parts = Vec::new();
    if decision.reserved {
        let because = decision.reserved_reason.trim();
        parts.push(if because.is_empty() { "reserved".to_owned() } else { format!("reserved: {because}") });
    }
    if let Some(agreement) = &decision.agreement {
        let by = if agreement.by.is_empty() { String::new() } else { format!(" by {}", agreement.by.join(", ")) };
        parts.push(format!("agreed on {}{by}", agreement.on));
    }
    parts.join(" · ")
}
