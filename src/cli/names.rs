//! Elements by the names that people type: the key, the name, a part of it; else what is near is listed.

use super::Failure;
use crate::model::{Document, ElementKind, ElementRef};

/// How alike two names have to be to be offered, 0 to 1.
const NEAR: f64 = 0.75;
/// How many names are offered at most.
const OFFERED: usize = 5;

/// The element of one of these kinds that a text means.
///
/// Its key or name, whatever the case; else the only one whose name holds all words of the text.
///
/// # Errors
/// None or several are meant; the message lists them, or names that are near.
pub(super) fn find(document: &Document, kinds: &[ElementKind], text: &str, file: &str) -> Result<ElementRef, Failure> {
    let all: Vec<ElementRef> = kinds.iter().flat_map(|kind| document.elements_of(*kind)).collect();
    let wanted = folded(text);
    let words: Vec<&str> = wanted.split_whitespace().collect();
    let is_key = |element: &&ElementRef| document.key_of(**element).is_some_and(|key| key.as_str() == text.trim());
    let is_named = |element: &&ElementRef| folded(document.name_of(**element)) == wanted;
    let holds = |element: &&ElementRef| {
        let name = folded(document.name_of(**element));
        !words.is_empty() && words.iter().all(|word| name.contains(word))
    };
    let tries: [Vec<ElementRef>; 3] = [
        all.iter().filter(is_key).copied().collect(),
        all.iter().filter(is_named).copied().collect(),
        all.iter().filter(holds).copied().collect(),
    ];
    let word = kinds.first().map_or("element", |kind| kind.word());
    match tries.iter().find(|found| !found.is_empty()).map(Vec::as_slice) {
        Some([one]) => Ok(*one),
        Some(several) => {
            let keyed = |element: &ElementRef| {
                let key = document.key_of(*element).map_or_else(String::new, ToString::to_string);
                format!("“{}” ({key})", document.name_of(*element))
            };
            let listed: Vec<String> = several.iter().take(OFFERED).map(keyed).collect();
            let more = if several.len() > OFFERED { ", …" } else { "" };
            let listed = listed.join(", ");
            Err(Failure::Input(format!("{file}: several are meant by “{text}”: {listed}{more}; give a name or a key")))
        }
        None => Err(Failure::Input(format!("{file}: there is no {word} “{text}”; {}", near(document, &all, &wanted)))),
    }
}

fn folded(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ").to_lowercase()
}

/// The names that are near, nearest first; all of them where there are few.
fn near(document: &Document, all: &[ElementRef], wanted: &str) -> String {
    let likeness = |name: &str| {
        let name = folded(name);
        // Short words are alike by chance, and a whole name counts more than one word of it.
        let long = |text: &'_ str| text.chars().count() > 3;
        let by_words = name
            .split(' ')
            .filter(|one| long(one))
            .flat_map(|one| wanted.split(' ').filter(|two| long(two)).map(move |two| strsim::jaro_winkler(one, two)));
        strsim::jaro_winkler(&name, wanted).max(0.85 * by_words.fold(0.0, f64::max))
    };
    let mut names: Vec<(f64, &str)> = all
        .iter()
        .map(|element| document.name_of(*element))
        .filter(|name| !name.is_empty())
        .map(|name| (likeness(name), name))
        .collect();
    names.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(b.1)));
    names.dedup_by(|a, b| a.1 == b.1);
    let offered: Vec<String> = names
        .iter()
        .filter(|(likeness, _)| *likeness >= NEAR || names.len() <= OFFERED)
        .take(OFFERED)
        .map(|(_, name)| format!("“{name}”"))
        .collect();
    match offered.as_slice() {
        [] if names.is_empty() => "there are none in the file".to_owned(),
        [] => format!("none of the {} names is near", names.len()),
        offered => format!("did you mean {}?", offered.join(", ")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Decision;

    #[test]
    fn names_are_found_by_parts_and_near_ones_listed() {
        let mut document = Document::default();
        let refund = document.insert(Decision::new("Grant a refund"));
        document.insert(Decision::new("Grant a discount"));
        let find = |text| find(&document, &[ElementKind::Decision], text, "x");
        assert_eq!(find("grant a REFUND"), Ok(refund.into()));
        assert_eq!(find("refund grant"), Ok(refund.into()));
        let several = find("grant").unwrap_err().to_string();
        assert!(several.contains("“Grant a refund”") && several.contains("“Grant a discount”"), "{several}");
        let near = find("Grant a refnud").unwrap_err().to_string();
        assert!(near.contains("did you mean “Grant a refund”"), "{near}");
    }
}
