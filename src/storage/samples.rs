//! The sample organisations that come with the program.
//!
//! Their files lie in `sample_orgs/` and are part of the program, so that it shows them without any other file.

/// An organisation that comes with the program.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Sample {
    /// Its name, as in `remit new --sample bakery`.
    pub name: &'static str,
    /// What it shows, in a few words.
    pub about: &'static str,
    /// The text of its file.
    pub text: &'static str,
}

/// Every sample, sorted by name.
pub const SAMPLES: &[Sample] = &[
    Sample {
        name: "bakery",
        about: "a bakery with three shops in which much goes wrong",
        text: include_str!("../../sample_orgs/bakery.ron"),
    },
    Sample {
        name: "bakery-repaired",
        about: "the same bakery after the remedies",
        text: include_str!("../../sample_orgs/bakery-repaired.ron"),
    },
    Sample {
        name: "webshop",
        about: "a webshop for hand-made goods whose founder does everything",
        text: include_str!("../../sample_orgs/webshop.ron"),
    },
    Sample {
        name: "webshop-repaired",
        about: "the same webshop after the remedies",
        text: include_str!("../../sample_orgs/webshop-repaired.ron"),
    },
];

/// Text of the sample with this name.
pub fn sample(name: &str) -> Option<&'static str> {
    SAMPLES.iter().find(|sample| sample.name == name).map(|sample| sample.text)
}
