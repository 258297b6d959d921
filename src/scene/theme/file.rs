//! From the text of a theme file to tokens. Every group of tokens has a private twin that serde
//! reads: unknown and missing names are errors, and so are colours that are none.

use serde::Deserialize;

use super::super::text::{TextStyle, Weight};
use super::colour::Rgba;

/// A token that is read from a theme file.
pub(super) trait FromFile: Sized {
    /// What serde reads.
    type File;
    /// The token, or what is wrong with it.
    fn from_file(file: Self::File) -> Result<Self, String>;
}

/// Defines a group of tokens and its twin in the file.
macro_rules! tokens {
    (
        $(#[$documentation:meta])*
        $name:ident, $twin:ident {
            $($(#[$field_documentation:meta])* $field:ident: $kind:ty,)+
        }
    ) => {
        $(#[$documentation])*
        #[derive(Clone, Copy, Debug, PartialEq)]
        pub struct $name {
            $($(#[$field_documentation])* pub $field: $kind,)+
        }

        #[derive(serde::Deserialize)]
        #[serde(deny_unknown_fields)]
        struct $twin {
            $($field: <$kind as $crate::scene::theme::file::FromFile>::File,)+
        }

        impl $crate::scene::theme::file::FromFile for $name {
            type File = $twin;

            fn from_file(file: $twin) -> Result<Self, String> {
                Ok(Self {
                    $($field: <$kind as $crate::scene::theme::file::FromFile>::from_file(file.$field)
                        .map_err(|error| format!("{}: {error}", stringify!($field)))?,)+
                })
            }
        }
    };
}
pub(super) use tokens;

impl FromFile for Rgba {
    type File = String;

    fn from_file(file: String) -> Result<Self, String> {
        Rgba::from_hex(&file).ok_or_else(|| format!("{file:?} is no colour"))
    }
}

impl FromFile for bool {
    type File = bool;

    fn from_file(file: bool) -> Result<Self, String> {
        Ok(file)
    }
}

impl FromFile for f32 {
    type File = f32;

    fn from_file(file: f32) -> Result<Self, String> {
        if file.is_finite() && file >= 0.0 { Ok(file) } else { Err(format!("{file} is no length")) }
    }
}

impl<Token: FromFile, const COUNT: usize> FromFile for [Token; COUNT] {
    type File = Vec<Token::File>;

    fn from_file(file: Vec<Token::File>) -> Result<Self, String> {
        let tokens: Vec<Token> = file.into_iter().map(Token::from_file).collect::<Result<_, _>>()?;
        let count = tokens.len();
        tokens.try_into().map_err(|_| format!("{count} entries instead of {COUNT}"))
    }
}

/// Twin of `TextStyle`.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct TextStyleFile {
    size: f32,
    weight: WeightFile,
    line_height: f32,
}

/// Twin of `Weight`.
#[derive(Deserialize)]
enum WeightFile {
    Regular,
    Medium,
    Semibold,
}

impl FromFile for TextStyle {
    type File = TextStyleFile;

    fn from_file(file: TextStyleFile) -> Result<Self, String> {
        Ok(TextStyle {
            size: f32::from_file(file.size)?,
            weight: match file.weight {
                WeightFile::Regular => Weight::Regular,
                WeightFile::Medium => Weight::Medium,
                WeightFile::Semibold => Weight::Semibold,
            },
            line_height: f32::from_file(file.line_height)?,
        })
    }
}
