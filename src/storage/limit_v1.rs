//! A limit of a right in format 1: a plain text where it has bounds only, else a struct.

use std::fmt;

use serde::Deserialize;
use serde::de::value::MapAccessDeserializer;
use serde::de::{Deserializer, Error, MapAccess, Unexpected, Visitor};

use super::format_v1::Reference;
use super::values::{FileText as _, Limit, Text};
use crate::model::Date;

#[derive(Deserialize)]
#[serde(rename = "limit", deny_unknown_fields)]
pub(super) struct LimitV1 {
    pub limit: Text<Limit>,
    #[serde(default)]
    pub when: Vec<ConditionV1>,
    #[serde(default)]
    pub co_signers: Vec<Reference>,
    #[serde(default)]
    pub deputy: Option<Reference>,
    #[serde(default)]
    pub valid_from: Option<Text<Date>>,
    #[serde(default)]
    pub valid_to: Option<Text<Date>>,
    #[serde(default)]
    pub sub_delegation: bool,
    #[serde(default)]
    pub escalates_to: Option<Reference>,
    #[serde(default)]
    pub emergency: bool,
    #[serde(default)]
    pub set_on: Option<Text<Date>>,
    #[serde(default)]
    pub reason: String,
}

#[derive(Deserialize)]
#[serde(rename = "condition", rename_all = "snake_case")]
pub(super) enum ConditionV1 {
    Unit(Reference),
    Category(String),
    Budgeted(bool),
    NewSupplier(bool),
    Attribute(String, String),
    Text(String),
}

/// A [`LimitV1`] in either writing.
pub(super) struct AnyLimitV1(pub LimitV1);

impl<'de> Deserialize<'de> for AnyLimitV1 {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Reader;

        impl<'de> Visitor<'de> for Reader {
            type Value = AnyLimitV1;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(Limit::EXPECTED)
            }

            fn visit_str<E: Error>(self, text: &str) -> Result<AnyLimitV1, E> {
                let limit = Limit::read(text).ok_or_else(|| E::invalid_value(Unexpected::Str(text), &self))?;
                Ok(AnyLimitV1(LimitV1 {
                    limit: Text(limit),
                    when: Vec::new(),
                    co_signers: Vec::new(),
                    deputy: None,
                    valid_from: None,
                    valid_to: None,
                    sub_delegation: false,
                    escalates_to: None,
                    emergency: false,
                    set_on: None,
                    reason: String::new(),
                }))
            }

            fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<AnyLimitV1, A::Error> {
                LimitV1::deserialize(MapAccessDeserializer::new(map)).map(AnyLimitV1)
            }
        }

        deserializer.deserialize_any(Reader)
    }
}
