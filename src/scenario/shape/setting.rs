//! A value of any type that stands in for another one.

use serde::Deserialize;

/// A value as an override writes it: a number, a flag, a text, a list or a table.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct Setting(pub String);

impl Setting {
    /// The name by which a reader knows that any type will do.
    pub(crate) const NAME: &'static str = "Setting";
}

impl schemars::JsonSchema for Setting {
    fn inline_schema() -> bool {
        true
    }

    fn schema_name() -> std::borrow::Cow<'static, str> {
        Self::NAME.into()
    }

    fn json_schema(_: &mut schemars::SchemaGenerator) -> schemars::Schema {
        schemars::json_schema!({})
    }
}
