//! Views by name, for the commands that draw.

use super::Failure;
use crate::model::{Document, ElementRef, ViewId};

/// The view with this key or name; the name may differ in case.
pub(super) fn find(document: &Document, name: &str, file: &str) -> Result<ViewId, Failure> {
    if let Some(ElementRef::View(id)) = document.by_key(name) {
        return Ok(id);
    }
    let views = || document.views().iter();
    let exact = views().filter(|(_, view)| view.name == name).map(|(id, _)| id);
    let alike = views().filter(|(_, view)| view.name.to_lowercase() == name.to_lowercase()).map(|(id, _)| id);
    let found: Vec<ViewId> = exact.collect();
    let found = if found.is_empty() { alike.collect() } else { found };
    match found.as_slice() {
        [one] => Ok(*one),
        [] => Err(Failure::Input(format!("{file}: there is no view “{name}”; its views are: {}", listed(document)))),
        several => {
            let keys: Vec<String> =
                several.iter().filter_map(|id| document.key_of((*id).into())).map(ToString::to_string).collect();
            let keys = keys.join(", ");
            Err(Failure::Input(format!("{file}: several views are named “{name}”; give one of their keys: {keys}")))
        }
    }
}

/// Whether a view has this key or name; the name may differ in case.
pub(super) fn exists(document: &Document, name: &str) -> bool {
    let is_key = matches!(document.by_key(name), Some(ElementRef::View(_)));
    is_key || document.views().iter().any(|(_, view)| view.name.to_lowercase() == name.to_lowercase())
}

fn listed(document: &Document) -> String {
    let names: Vec<String> = document.views().iter().map(|(_, view)| format!("“{}”", view.name)).collect();
    if names.is_empty() { "none".to_owned() } else { names.join(", ") }
}

/// A name for the file of a view that every system can write: letters and digits of its name, the key where that is
/// taken by another view.
pub(super) fn file_stem(document: &Document, view: ViewId) -> String {
    let stem_of = |id: ViewId| stem(document.name_of(id.into()));
    let own = stem_of(view);
    let is_unique = document.views().ids().filter(|id| stem_of(*id) == own).count() == 1;
    match document.key_of(view.into()) {
        Some(key) if !is_unique || own.is_empty() => key.to_string(),
        _ => own,
    }
}

fn stem(name: &str) -> String {
    let mut stem = String::new();
    for c in name.chars().flat_map(char::to_lowercase) {
        if c.is_alphanumeric() {
            stem.push(c);
        } else if !stem.is_empty() && !stem.ends_with('-') {
            stem.push('-');
        }
    }
    stem.trim_end_matches('-').chars().take(80).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{View, ViewKind};

    #[test]
    fn views_are_found_by_name_and_key_and_have_file_names() {
        let mut document = Document::default();
        let chart = document.insert(View::new("Who does what?", ViewKind::Board));
        let first = document.insert(View::new("Refund", ViewKind::Board));
        document.insert(View::new("Refund!", ViewKind::Board));
        assert_eq!(find(&document, "who DOES what?", "x"), Ok(chart));
        let key = document.key_of(first.into()).unwrap().to_string();
        assert_eq!(find(&document, &key, "x"), Ok(first));
        assert!(find(&document, "Ordering", "x").unwrap_err().to_string().contains("“Refund!”"));
        assert_eq!(file_stem(&document, chart), "who-does-what");
        assert_eq!(file_stem(&document, first), key);
    }
}
