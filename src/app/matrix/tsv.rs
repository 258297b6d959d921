//! Cells as tab-separated text, as spreadsheets put it on the clipboard: quotes, tabs and line breaks in cells are kept.

/// Rows of cells as text.
pub fn to_tsv(rows: &[Vec<String>]) -> String {
    let mut writer = csv::WriterBuilder::new().delimiter(b'\t').flexible(true).from_writer(Vec::new());
    for row in rows {
        // A line of one empty cell would be written as quotes, which spreadsheets do not do.
        if writer.write_record(row).is_err() {
            log::error!("a row could not be written as text");
        }
    }
    let bytes = writer.into_inner().unwrap_or_default();
    let text = String::from_utf8_lossy(&bytes).into_owned();
    if rows.iter().all(|row| row.len() == 1) { text.replace("\"\"\n", "\n") } else { text }
}

/// The rows of a text; those of a text without line breaks and tabs are one cell.
pub fn from_tsv(text: &str) -> Vec<Vec<String>> {
    // The reader skips empty lines, but in a column of cells they are empty cells.
    let text = text.strip_suffix("\r\n").or_else(|| text.strip_suffix('\n')).unwrap_or(text);
    if !text.contains(['\t', '"']) {
        return text.lines().map(|line| vec![line.trim().to_owned()]).collect();
    }
    let mut reader =
        csv::ReaderBuilder::new().delimiter(b'\t').has_headers(false).flexible(true).from_reader(text.as_bytes());
    let cells = |record: csv::StringRecord| record.iter().map(|cell| cell.trim().to_owned()).collect();
    reader.records().filter_map(Result::ok).map(cells).collect()
}

/// Whether no cell can be letters of a matrix: each begins with a word. Then the text names decisions.
pub fn is_of_words(rows: &[Vec<String>]) -> bool {
    let first_word = |cell: &String| cell.split_whitespace().next().is_some_and(|word| word.chars().count() > 3);
    let filled = || rows.iter().flatten().filter(|cell| !cell.is_empty());
    filled().next().is_some() && filled().all(first_word)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rows(rows: &[&[&str]]) -> Vec<Vec<String>> {
        rows.iter().map(|row| row.iter().map(|cell| (*cell).to_owned()).collect()).collect()
    }

    #[test]
    fn what_is_written_is_read_back() {
        for table in [
            rows(&[&["D ≤ 200 EUR", ""], &["", "R; A"]]),
            rows(&[&["two\nlines", "a \"quoted\" one"], &["tab\there", "x"]]),
            rows(&[&["R"]]),
            rows(&[&["R"], &[""], &["A"]]),
        ] {
            assert_eq!(from_tsv(&to_tsv(&table)), table);
        }
    }

    #[test]
    fn names_of_decisions_are_no_letters() {
        assert!(is_of_words(&from_tsv("Grant a refund\nHire somebody")));
        for letters in ["R", "D ≤ 200 EUR", "Grant a refund\tR", ""] {
            assert!(!is_of_words(&from_tsv(letters)), "{letters}");
        }
    }

    #[test]
    fn text_of_other_programs() {
        assert_eq!(from_tsv("R\tA\r\nC\tI\r\n"), rows(&[&["R", "A"], &["C", "I"]]));
        assert_eq!(from_tsv("R"), rows(&[&["R"]]));
        assert_eq!(from_tsv("R\n\nA\n"), rows(&[&["R"], &[""], &["A"]]));
        assert_eq!(from_tsv("\"D ≤ 200\nI\"\tR"), rows(&[&["D ≤ 200\nI", "R"]]));
    }
}
