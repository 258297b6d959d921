//! What becomes of small texts.

use super::*;
use crate::import::bpmn::BpmnError;
use crate::import::bpmn::limits::{MOST_ATTRIBUTES_OF_ELEMENT, MOST_TAGS};

fn refusal(text: &str) -> String {
    match parse(text) {
        Ok(_) => panic!("{text} was read"),
        Err(error) => error.to_string(),
    }
}

#[test]
fn elements_hold_what_stands_within_them() {
    let text = "<?xml version='1.0'?><!-- <x> -->\n<a ><b c='1'/><d><e/>\n</d ></a> ";
    let tree = parse(text).unwrap();
    let root = tree.root().unwrap();
    let names = |node: Xml<'_>| node.children().map(|child| child.name().to_owned()).collect::<Vec<_>>();
    assert_eq!((root.name(), names(root)), ("a", vec!["b".to_owned(), "d".to_owned()]));
    let d = root.children().nth(1).unwrap();
    assert_eq!(names(d), ["e"]);
    assert_eq!((d.raw(), root.raw()), ("<d><e/>\n</d >", "<a ><b c='1'/><d><e/>\n</d ></a>"));
    assert_eq!(root.children().next().unwrap().raw(), "<b c='1'/>");
}

#[test]
fn texts_and_values_are_put_together() {
    let tree = parse("<a b='x&amp;\n&#10;y' c = \"'>\"> \n one &lt;<b/><![CDATA[<two>\r\n]]>&#x41; </a>").unwrap();
    let root = tree.root().unwrap();
    assert_eq!(root.text(), "one <<two>\nA");
    assert_eq!((root.attribute("b"), root.attribute("c")), (Some("x& \ny"), Some("'>")));
    assert_eq!(root.attribute("d"), None);
    assert_eq!(parse("<a>\n <b/> </a>").unwrap().root().unwrap().text(), "");
}

#[test]
fn prefixes_stand_for_the_innermost_declaration() {
    let text = "<p:a xmlns:p='u' xmlns='v'><b p:c='1' c='2'/><b xmlns:p='w' xmlns=''><p:b/><b/></b><p:b/></p:a>";
    let tree = parse(text).unwrap();
    let root = tree.root().unwrap();
    let uri = |node: Xml<'_>| node.namespace().map(|place| tree.declarations()[place].uri.to_string());
    let some = |uri: &str| Some(uri.to_owned());
    assert_eq!(uri(root), some("u"));
    let children: Vec<_> = root.children().collect();
    assert_eq!(children.iter().copied().map(uri).collect::<Vec<_>>(), [some("v"), None, some("u")]);
    assert_eq!(children[1].children().map(uri).collect::<Vec<_>>(), [some("w"), None]);
    assert_eq!(children[0].attribute("c"), Some("2"), "the one without prefix");
    assert_eq!(children[0].attributes()[0].raw(text), "p:c='1'");
    let declared = |node: Xml<'_>| node.declarations().iter().map(|one| (one.prefix.to_owned(), one.is_new)).collect();
    let declared_within: Vec<(String, bool)> = declared(children[1]);
    assert_eq!(declared_within, [("p".to_owned(), true), (String::new(), true)]);
}

#[test]
fn what_is_not_well_formed_is_refused_with_its_place() {
    for (text, expected) in [
        ("<a>\n<b></a>", "line 2, column 4: the XML is broken: expected `</b>`, but `</a>` was found"),
        ("<a/>\n<b/>", "line 2, column 1: the XML is broken: a second element stands behind the outermost one"),
        ("<a/>x", "line 1, column 5: the XML is broken: text stands outside of the outermost element"),
        ("<a b=''\n  b=''/>", "line 2, column 3: the XML is broken: an attribute is given twice"),
        ("<ä b/>", "line 1, column 5: the XML is broken: an attribute has no value"),
        ("<a b=c/>", "line 1, column 6: the XML is broken: the value of an attribute is not in quotes"),
        ("<a b='<'/>", "line 1, column 7: the XML is broken: “<” stands within a tag"),
        ("<a 1='x'/>", "line 1, column 4: the XML is broken: “1” is no name"),
        ("<a:b:c/>", "line 1, column 2: the XML is broken: “a:b:c” is no name"),
        ("<b:a/>", "line 1, column 2: the XML is broken: nothing says what the prefix “b” stands for"),
        ("<a>&b;</a>", "line 1, column 4: the XML is broken: nothing says what “&b;” stands for"),
        ("<a>\u{1}</a>", "line 1, column 4: the XML is broken: the character U+0001 may not be in XML"),
        ("<a>\u{fffe}</a>", "line 1, column 4: the XML is broken: the character U+FFFE may not be in XML"),
        ("<a>\n <b>", "line 2, column 2: the XML is broken: “b” is never closed"),
        ("<!-- -->", "line 1, column 9: the XML is broken: there is no element"),
        (
            "<a><?xml version='1.0'?></a>",
            "line 1, column 4: the XML is broken: the XML declaration stands in the middle of the file",
        ),
    ] {
        assert_eq!(refusal(text), expected, "{text}");
    }
    for text in ["<a b='x", "<a b='&c;'/>", "<a b='&#0;'/>", "</a>", "<a><!-- -- --></a>", "<a>&", "<", "< a/>", "<a"] {
        assert!(refusal(text).starts_with("line 1, column "), "{text}: {}", refusal(text));
    }
    assert!(matches!(parse("<!DOCTYPE a><a/>"), Err(BpmnError::DocumentType)));
}

#[test]
fn what_costs_too_much_is_refused() {
    let refused = |text: &str| match parse(text) {
        Err(BpmnError::TooLarge { what, .. }) => what,
        _ => "nothing",
    };
    assert_eq!(refused(&format!("<a>{}</a>", "<b/>".repeat(MOST_TAGS))), "tags");
    let attributes: String = (0..=MOST_ATTRIBUTES_OF_ELEMENT).map(|n| format!(" a{n}=''")).collect();
    assert_eq!(refused(&format!("<a{attributes}/>")), "attributes of one element");
}

#[test]
fn many_namespaces_within_each_other_cost_no_more_than_their_text() {
    let declared: String = (0..400).map(|n| format!(" xmlns:a{n} = 'u'")).collect();
    let text = format!("{}{}", format!("<a0:a{declared}>").repeat(400), "</a0:a>".repeat(400));
    let tree = parse(&text).unwrap();
    assert_eq!(tree.declarations().len(), 400 * 400 + 1);
}
