//! Enums that are lists. Each variant is written once; the list of all of them and their names follow.

/// Declares an enum whose variants hold no data, with the list of all of them.
macro_rules! listed {
    ($(#[$attribute:meta])* pub enum $name:ident {
        $($(#[$description:meta])* $variant:ident,)*
    }) => {
        $(#[$attribute])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum $name {
            $($(#[$description])* $variant,)*
        }

        impl $name {
            /// Number of variants.
            pub const COUNT: usize = [$(stringify!($variant)),*].len();

            /// All variants, in their order.
            pub const ALL: [Self; Self::COUNT] = [$(Self::$variant),*];

            /// Position in [`Self::ALL`].
            pub const fn idx(self) -> usize {
                self as usize
            }
        }
    };
}

/// Declares an enum as [`listed`] does, with the name of each variant in tables after it. The name
/// after that of the enum is that of the method which gives it.
macro_rules! named {
    ($(#[$attribute:meta])* pub enum $name:ident, $method:ident {
        $($(#[$description:meta])* $variant:ident = $text:literal,)*
    }) => {
        $crate::units::listed::listed! {
            $(#[$attribute])*
            pub enum $name { $($(#[$description])* $variant,)* }
        }

        impl $name {
            /// Name in tables.
            pub const fn $method(self) -> &'static str {
                match self {
                    $(Self::$variant => $text,)*
                }
            }
        }
    };
}

/// Declares a list of things that tables speak of: a row each, with the name in tables, the unit and
/// the meaning, which is also the description of the variant. `, name -> Type` after the name of the
/// enum adds a private method with a value that stands in the same row.
macro_rules! described {
    ($(#[$attribute:meta])* pub enum $name:ident {
        $($variant:ident($key:literal, $unit:literal, $meaning:literal),)*
    }) => {
        $crate::units::listed::listed! {
            $(#[$attribute])*
            pub enum $name { $(#[doc = $meaning] $variant,)* }
        }

        impl $name {
            /// Name in tables, unit and meaning.
            pub const fn describe(self) -> (&'static str, &'static str, &'static str) {
                match self {
                    $(Self::$variant => ($key, $unit, $meaning),)*
                }
            }

            /// Name in tables.
            pub const fn key(self) -> &'static str {
                self.describe().0
            }
        }
    };
    ($(#[$attribute:meta])* pub enum $name:ident, $method:ident -> $type:ty {
        $($variant:ident($key:literal, $unit:literal, $meaning:literal) = $value:expr,)*
    }) => {
        $crate::units::listed::described! {
            $(#[$attribute])*
            pub enum $name { $($variant($key, $unit, $meaning),)* }
        }

        impl $name {
            fn $method(self) -> $type {
                match self {
                    $(Self::$variant => $value,)*
                }
            }
        }
    };
}

pub(crate) use {described, listed, named};
