//! The JSON Schema of scenarios and policies, from the shape.

use std::sync::LazyLock;

use schemars::JsonSchema;
use schemars::generate::SchemaSettings;
use serde_json::{Map, Value, json};

use super::shape::{Policy, ScenarioFile};

/// Ranges of numbers without a range of their own, by the end of their names.
const BY_NAME: [(&str, u16); 2] = [("_share", 1), ("_days", 365)];

/// Keys of dates, whichever table they stand in.
const DATES: [&str; 8] = [
    "window_start",
    "first_week",
    "from",
    "framework_from",
    "supplement_from",
    "clinic_policy_from",
    "plan_from",
    "scheme_from",
];

/// What `extends` of a policy says, in a file of its own or in that of a scenario.
const POLICY_EXTENDS: &str = "Key of the policy that this one builds on.";

/// The schema of a whole scenario: one with all that it takes from other files.
pub fn whole() -> &'static Value {
    static WHOLE: LazyLock<Value> = LazyLock::new(of::<ScenarioFile>);
    &WHOLE
}

/// The least and the largest number that a scenario may have at a dotted path without indexes; `None`
/// where there is no such number.
pub fn range(path: &str) -> Option<(f64, f64)> {
    let found = path.split('.').try_fold(whole(), |schema, step| {
        let schema = resolved(schema);
        let choices = schema["oneOf"].as_array().into_iter().flatten();
        let mut tables = core::iter::once(schema).chain(choices);
        tables.find_map(|table| table["properties"].get(step))
    })?;
    Some((found["minimum"].as_f64()?, found["maximum"].as_f64()?))
}

/// What `schema` says, or what it refers to.
pub(super) fn resolved(schema: &Value) -> &Value {
    let name = schema.get("$ref").and_then(Value::as_str);
    let found = name.and_then(|name| whole().pointer(name.trim_start_matches('#')));
    found.unwrap_or(schema)
}

/// The schema of a scenario file, by which an editor completes and checks keys: any table may leave
/// keys to the scenario that the file extends.
pub fn scenario() -> Value {
    let extends =
        "File name of the scenario, from the folder of this one, that this one builds on.";
    let mut schema = of_file(of::<ScenarioFile>(), "scenario", extends, &["key", "title"]);
    schema["$defs"]["Policy"]["properties"]["extends"] = text(POLICY_EXTENDS);
    // A file of sets that fit a record is there to be extended, and has no key of its own.
    let own = schema
        .as_object_mut()
        .and_then(|keys| keys.remove("required"));
    schema["if"] = json!({ "required": ["posterior"] });
    schema["else"] = json!({ "required": own });
    schema
}

/// The schema of a file with one policy.
pub fn policy() -> Value {
    of_file(
        of::<Policy>(),
        "policy",
        POLICY_EXTENDS,
        &["key", "label", "description"],
    )
}

fn of<T: JsonSchema>() -> Value {
    let settings = SchemaSettings::draft2020_12();
    let mut schema = settings
        .into_generator()
        .into_root_schema_for::<T>()
        .to_value();
    plain(&mut schema);
    open_to_remarks(&mut schema);
    if let Some(Value::Object(tables)) = schema.get_mut("$defs") {
        tables.values_mut().for_each(open_to_remarks);
    }
    schema
}

/// Adds the keys that every table may have, and refuses those that it does not know.
fn open_to_remarks(table: &mut Value) {
    let Some(Value::Object(properties)) = table.get_mut("properties") else {
        return;
    };
    let text = json!({ "type": "string" });
    let remark = json!({ "description": "Remark for readers of the file.", "type": "string" });
    let source = json!({
        "description": "Where the figures come from: one text for all of them, or a text for each key \
                        or dotted path without indexes.",
        "anyOf": [text, { "type": "object", "additionalProperties": text }],
    });
    properties.entry("label").or_insert(remark);
    properties.entry("source").or_insert(source);
    table["additionalProperties"] = json!(false);
}

/// The schema of a file that may leave all but `own` keys to the one that it extends.
fn of_file(mut schema: Value, name: &str, extends: &str, own: &[&str]) -> Value {
    relax(&mut schema);
    schema["$id"] = json!(format!("urn:zorgdruk:{name}"));
    schema["title"] = json!(format!("zorgdruk {name}"));
    schema["required"] = json!(own);
    schema["properties"]["extends"] = text(extends);
    schema
}

fn text(description: &str) -> Value {
    json!({ "type": "string", "description": description })
}

/// Lets tables leave out keys, apart from those by which a choice is known.
fn relax(schema: &mut Value) {
    let Value::Object(object) = schema else {
        return;
    };
    object.remove("required");
    for (key, below) in object {
        match below {
            Value::Object(named) if key == "properties" || key == "$defs" => {
                named.values_mut().for_each(relax);
            }
            Value::Object(_) => relax(below),
            _ => {}
        }
    }
}

/// Takes out what TOML does not have (no value, sizes of numbers), and adds the ranges that follow
/// from names.
fn plain(schema: &mut Value) {
    match schema {
        Value::Array(items) => items.iter_mut().for_each(plain),
        Value::Object(object) => {
            object.values_mut().for_each(plain);
            plain_object(object);
        }
        _ => {}
    }
}

fn plain_object(object: &mut Map<String, Value>) {
    let is_size = |key: &str, value: &Value| match key {
        "format" => value.is_string(),
        "maximum" => *value == u16::MAX,
        _ => false,
    };
    object.retain(|key, value| !is_size(key, value));
    if let Some(Value::String(text)) = object.get_mut("description") {
        *text = text.replace('\n', " ");
    }
    if let Some(Value::Array(types)) = object.get("type")
        && let Some(only) = types.iter().find(|name| *name != "null")
    {
        let only = only.clone();
        object.insert("type".to_owned(), only);
    }
    if let Some(Value::Array(any)) = object.get("anyOf")
        && let [Value::Object(only), null] = any.as_slice()
        && null["type"] == "null"
    {
        let only = only.clone();
        object.remove("anyOf");
        object.extend(only);
    }
    if let Some(Value::Object(properties)) = object.get_mut("properties") {
        properties
            .iter_mut()
            .for_each(|(name, value)| by_name(name, value));
    }
}

/// Gives a value what follows from its name: an example of a date, or the range of a number.
fn by_name(name: &str, value: &mut Value) {
    if DATES.contains(&name) {
        value["examples"] = json!(["2021-11-18"]);
    }
    range_by_name(name, value);
}

/// Gives a number, or the numbers of a list, the range that follows from its name.
fn range_by_name(name: &str, number: &mut Value) {
    if number["type"] == "array" {
        return range_by_name(name, &mut number["items"]);
    }
    let most = BY_NAME.iter().find(|(end, _)| name.ends_with(end));
    let is_number = number["type"] == "number" || number["type"] == "integer";
    if let Some((_, most)) = most.filter(|_| is_number && number["maximum"].is_null()) {
        number["minimum"] = json!(0);
        number["maximum"] = json!(most);
    }
}
