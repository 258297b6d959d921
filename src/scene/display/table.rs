//! Tables for spreadsheets: numbers stay numbers.

/// A table.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Records {
    /// Its name: that of a sheet.
    pub name: String,
    /// What stands above the columns.
    pub headings: Vec<String>,
    /// The rows.
    pub rows: Vec<Vec<Cell>>,
}

impl Records {
    /// A table without rows.
    pub fn new(name: &str, headings: &[&str]) -> Self {
        Self {
            name: name.to_owned(),
            headings: headings.iter().map(|heading| (*heading).to_owned()).collect(),
            rows: Vec::new(),
        }
    }

    /// The heading and the rows as texts.
    pub fn texts(&self) -> impl Iterator<Item = Vec<String>> + '_ {
        let rows = self.rows.iter().map(|row| row.iter().map(Cell::text).collect());
        std::iter::once(self.headings.clone()).chain(rows)
    }

    /// The table as people paste it into a spreadsheet: columns parted by tabs.
    pub fn to_tsv(&self) -> String {
        let line = |record: Vec<String>| {
            let clean = record.iter().map(|text| text.replace(['\t', '\n', '\r'], " "));
            clean.collect::<Vec<_>>().join("\t")
        };
        self.texts().map(line).collect::<Vec<_>>().join("\n")
    }
}

/// What stands in a field.
#[derive(Clone, Debug, PartialEq)]
pub enum Cell {
    /// A text.
    Text(String),
    /// A number.
    Number(f64),
    /// Nothing: not known, or not meant.
    Empty,
}

impl Cell {
    /// It as a text: numbers without groups, with at most four decimals.
    pub fn text(&self) -> String {
        match self {
            Self::Text(text) => text.clone(),
            Self::Number(number) if number.is_finite() => {
                let text = format!("{number:.4}");
                let text = text.trim_end_matches('0').trim_end_matches('.');
                if text == "-0" { "0".to_owned() } else { text.to_owned() }
            }
            Self::Number(_) | Self::Empty => String::new(),
        }
    }
}

impl From<&str> for Cell {
    fn from(text: &str) -> Self {
        Self::Text(text.to_owned())
    }
}

impl From<String> for Cell {
    fn from(text: String) -> Self {
        Self::Text(text)
    }
}

impl From<f64> for Cell {
    fn from(number: f64) -> Self {
        Self::Number(number)
    }
}

impl From<Option<f64>> for Cell {
    fn from(number: Option<f64>) -> Self {
        number.map_or(Self::Empty, Self::Number)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_plain_and_tabs_part_columns() {
        let row = vec![Cell::from("a\tb"), Cell::from(1234.5), Cell::from(0.33333), Cell::Empty, Cell::from(f64::NAN)];
        let table = Records { rows: vec![row], ..Records::new("T", &["One", "Two", "Three", "Four", "Five"]) };
        assert_eq!(table.to_tsv(), "One\tTwo\tThree\tFour\tFive\na b\t1234.5\t0.3333\t\t");
        assert_eq!([Cell::from(-0.000001).text(), Cell::from(40.0).text()], ["0", "40"]);
    }
}
