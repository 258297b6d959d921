//! The decision-rights matrix: a grid of our own, as quick under the hands as a spreadsheet.
