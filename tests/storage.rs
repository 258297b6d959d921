//! Files: what is saved is loaded again, and what is broken is named.

use remit::{storage, testkit};

#[test]
fn a_document_with_every_field_comes_back_equal_and_in_the_same_bytes() {
    let document = testkit::everything();
    let text = storage::to_string(&document);
    let (loaded, problems) =
        storage::load_str(&text, "everything.ron").unwrap_or_else(|error| panic!("{error}\n{text}"));
    assert_eq!(problems, []);
    assert_eq!(storage::to_string(&loaded), text);
    assert!(loaded == document, "{text}");
}

#[test]
fn generated_organisations_come_back_equal() {
    for seed in 0..4 {
        let document = testkit::generate::organisation(300, seed);
        let text = storage::to_string(&document);
        let (loaded, problems) = storage::load_str(&text, "generated.ron").unwrap();
        assert_eq!(problems, []);
        assert!(loaded == document);
        assert_eq!(storage::to_string(&loaded), text);
    }
}

#[test]
fn the_example_of_the_file_format_is_canonical_but_for_its_comment_and_stands_in_the_page() {
    let example = include_str!("../docs/example.ron");
    let (document, problems) = storage::load_str(example, "docs/example.ron").unwrap_or_else(|error| panic!("{error}"));
    assert_eq!(problems, []);
    let without_comments: String =
        example.split_inclusive('\n').filter(|line| !line.trim_start().starts_with("//")).collect();
    assert_eq!(storage::to_string(&document), without_comments);
    let page = include_str!("../docs/file-format.md");
    assert!(page.contains(&format!("```ron\n{example}```")), "copy docs/example.ron into docs/file-format.md");
}
