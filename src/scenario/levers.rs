//! The levers of a scenario: each value that an override can change, with what the schema, the scenario
//! and the policy documents say about it.

use serde::Serialize;
use serde_json::{Value as Json, json};

use super::check::{Kind, alternative, choices};
use super::provenance::{is_setting, is_within};
use super::schema;
use super::tree::{Node, Value, split};
use crate::policy::registry::sentences_turned_by;

/// Where beliefs about figures stand: they are no figures themselves.
const BELIEFS: &str = "uncertainty";
/// Words of a key after which it says its unit.
const UNITS: [&str; 15] = [
    "beds",
    "cents",
    "days",
    "euros",
    "fte",
    "hours",
    "km",
    "minutes",
    "months",
    "nurses",
    "operations",
    "patients",
    "share",
    "weeks",
    "workers",
];

/// One value that can be changed.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Lever {
    /// Its path, as `--set` takes it.
    pub path: String,
    /// What it is: in the scenario, or else by default; null when it is left out and the default is no
    /// value.
    pub value: Json,
    /// Whether it is a whole number, or a list of such.
    #[serde(skip)]
    pub is_whole: bool,
    /// The smallest number that is allowed, or the smallest in a list; null for anything else.
    pub minimum: Json,
    /// The largest.
    pub maximum: Json,
    /// The names that it can be; none when it is no choice.
    pub choices: Vec<String>,
    /// The unit that its name ends in; empty when the name says none.
    pub unit: String,
    /// Its meaning in a sentence.
    pub meaning: String,
    /// The source that the scenario gives; empty when it gives none.
    pub source: String,
    /// What is believed about it, as under `uncertainty`; null when nothing is.
    pub belief: Json,
    /// Numbers of the sentences of policy documents that it turns.
    pub sentences: Vec<String>,
}

impl Lever {
    /// Whether a path, in which `*` stands for any step, leads here.
    pub fn is_at(&self, path: &str) -> bool {
        let steps: Vec<&str> = path.split('.').collect();
        let own: Vec<&str> = self.path.split('.').collect();
        steps.len() == own.len()
            && steps
                .iter()
                .zip(own)
                .all(|(asked, own)| *asked == "*" || *asked == own)
    }
}

/// All levers, in the order of the files; in each table, those that are left out come last.
pub(super) fn levers(tree: &Node) -> Vec<Lever> {
    let levers = placed(tree).into_iter();
    levers.map(|(_, lever)| lever).collect()
}

/// For each of the paths the levers that an override of it changes.
pub(super) fn changed_by(tree: &Node, paths: &[&str]) -> Vec<Vec<Lever>> {
    let levers = placed(tree);
    let of = |path: &&str| {
        let meant = levers.iter().filter(|(place, _)| place.is_at(path));
        meant.map(|(_, lever)| lever.clone()).collect()
    };
    paths.iter().map(of).collect()
}

fn placed(tree: &Node) -> Vec<(Place, Lever)> {
    let mut found = Finder {
        tree,
        sources: Vec::new(),
        levers: Vec::new(),
    };
    found.table(tree, schema::whole(), &Place::default());
    found.levers
}

/// Where a value is.
#[derive(Debug, Clone, Default)]
struct Place {
    /// The path that an override takes.
    path: String,
    /// The path without elements of lists, as sources have it.
    plain: String,
    /// The steps; an element of a list has its position too.
    steps: Vec<(String, Option<usize>)>,
}

impl Place {
    fn key(&self, key: &str) -> Self {
        let quoted = if key.contains('.') {
            format!("\"{key}\"")
        } else {
            key.to_owned()
        };
        let below = |path: &str, key: &str| match path {
            "" => key.to_owned(),
            path => format!("{path}.{key}"),
        };
        Self {
            path: below(&self.path, &quoted),
            plain: below(&self.plain, key),
            steps: self.with((key.to_owned(), None)),
        }
    }

    /// An element of a list, by its key if it has one.
    fn item(&self, node: &Node, position: usize) -> Self {
        let Some(key) = node.get("key").and_then(Node::text) else {
            return Self {
                path: format!("{}[{position}]", self.path),
                plain: self.plain.clone(),
                steps: self.with((position.to_string(), Some(position))),
            };
        };
        Self {
            path: self.key(key).path,
            plain: self.plain.clone(),
            steps: self.with((key.to_owned(), Some(position))),
        }
    }

    fn with(&self, step: (String, Option<usize>)) -> Vec<(String, Option<usize>)> {
        self.steps.iter().cloned().chain([step]).collect()
    }

    /// Whether the path of an override leads here.
    fn is_at(&self, path: &str) -> bool {
        let mut asked = split(path);
        let is_meant = |(step, position): &(String, Option<usize>)| {
            asked.next().is_some_and(|asked| match position {
                Some(position) => asked == "*" || asked == step || asked.parse() == Ok(*position),
                None => asked == step,
            })
        };
        self.steps.iter().all(is_meant) && asked.next().is_none()
    }
}

struct Finder<'t> {
    tree: &'t Node,
    /// The sources of the tables around, with the plain paths of these.
    sources: Vec<(String, &'t Node)>,
    levers: Vec<(Place, Lever)>,
}

impl<'t> Finder<'t> {
    fn table(&mut self, node: &'t Node, schema: &Json, place: &Place) {
        let n_sources = self.sources.len();
        if let Some(source) = node.get("source") {
            self.sources.push((place.plain.clone(), source));
        }
        let properties = &schema["properties"];
        let others = Some(&schema["additionalProperties"]).filter(|schema| schema.is_object());
        for entry in node.entries().iter().filter(|entry| entry.key != "source") {
            let below = place.key(&entry.key);
            if let Some(schema) = properties.get(&entry.key).or(others) {
                self.value(Some(&entry.node), schema, &below);
            }
        }
        let properties = properties.as_object().into_iter().flatten();
        for (key, schema) in properties.filter(|(key, _)| node.get(key).is_none()) {
            self.value(None, schema, &place.key(key));
        }
        self.sources.truncate(n_sources);
    }

    fn value(&mut self, node: Option<&'t Node>, described: &Json, place: &Place) {
        if place.path == BELIEFS || is_setting(&place.path) {
            return;
        }
        let schema = schema::resolved(described);
        let schema = node.map_or(schema, |node| alternative(schema, &node.value));
        match (Kind::of(schema), node) {
            (Kind::Table, Some(node)) => self.table(node, schema, place),
            (Kind::List(_), Some(node)) if node.items().iter().any(is_table) => {
                let items = schema::resolved(&schema["items"]);
                for (position, item) in node.items().iter().enumerate() {
                    self.table(item, items, &place.item(item, position));
                }
            }
            (Kind::List(_), _) if is_number(&schema["items"]) => {
                self.lever(node, (described, &schema["items"]), place);
            }
            (Kind::Whole | Kind::Real | Kind::Date, _) => {
                self.lever(node, (described, schema), place);
            }
            (Kind::Choice(of), _) => {
                self.lever(node, (described, schema), place);
                let Some([chosen]) = node.map(Node::entries) else {
                    return;
                };
                let table = of.iter().find(|(name, _)| *name == chosen.key);
                if let Some((_, Some(schema))) = table {
                    self.value(Some(&chosen.node), schema, &place.key(&chosen.key));
                }
            }
            (Kind::Anything, _) if schema["type"] == "boolean" => {
                self.lever(node, (described, schema), place);
            }
            _ => {}
        }
    }

    /// Adds a lever; `described` has its meaning and default, and `schema` what is allowed.
    fn lever(&mut self, node: Option<&Node>, (described, schema): (&Json, &Json), place: &Place) {
        let names = choices(schema);
        let lever = Lever {
            path: place.path.clone(),
            value: node.map_or_else(|| described["default"].clone(), written),
            is_whole: matches!(Kind::of(schema), Kind::Whole),
            minimum: schema["minimum"].clone(),
            maximum: schema["maximum"].clone(),
            choices: names.iter().map(|(name, _)| (*name).to_owned()).collect(),
            unit: unit(place.steps.last().map_or("", |(key, _)| key)),
            meaning: described["description"]
                .as_str()
                .unwrap_or_default()
                .to_owned(),
            source: node.map(|_| self.source(&place.plain)).unwrap_or_default(),
            belief: self.belief(place),
            sentences: sentences_turned_by(&place.plain),
        };
        self.levers.push((place.clone(), lever));
    }

    /// The source of the table nearest to a value that tells of the value.
    fn source(&self, plain: &str) -> String {
        let told = self.sources.iter().rev().find_map(|(above, source)| {
            source.text().or_else(|| {
                let tells_of =
                    |key: &str| is_within(plain, format!("{above}.{key}").trim_matches('.'));
                let entries = source.entries().iter();
                entries
                    .filter(|entry| tells_of(&entry.key))
                    .find_map(|entry| entry.node.text())
            })
        });
        told.unwrap_or_default().to_owned()
    }

    /// What the scenario says under `uncertainty` about the value at `place`.
    fn belief(&self, place: &Place) -> Json {
        let beliefs = self.tree.get(BELIEFS).map_or(&[][..], Node::entries);
        let belief = beliefs.iter().find(|entry| place.is_at(&entry.key));
        let mut belief = belief.map_or(Json::Null, |entry| written(&entry.node));
        if let Some(table) = belief.as_object_mut() {
            table.remove("source");
        }
        belief
    }
}

fn is_table(node: &Node) -> bool {
    matches!(node.value, Value::Table(_))
}

fn is_number(schema: &Json) -> bool {
    matches!(Kind::of(schema), Kind::Whole | Kind::Real)
}

/// A value as JSON.
fn written(node: &Node) -> Json {
    match &node.value {
        Value::Text(text) => json!(text),
        Value::Whole(number) => json!(i64::try_from(*number).ok()),
        Value::Real(number) => json!(number),
        Value::Flag(flag) => json!(flag),
        Value::List(items) => items.iter().map(written).collect(),
        Value::Table(entries) => {
            let entries = entries
                .iter()
                .map(|entry| (entry.key.clone(), written(&entry.node)));
            Json::Object(entries.collect())
        }
    }
}

/// The unit in a key: from its last word that is one, if nothing but `per` and another word follows.
fn unit(key: &str) -> String {
    let words: Vec<&str> = key.split('_').collect();
    let named = words.iter().rposition(|word| UNITS.contains(word));
    let first = match (named, words.iter().position(|word| *word == "per")) {
        (_, Some(per)) if per > 0 => Some(per - 1),
        (Some(named), _) if named + 1 == words.len() => Some(named),
        _ => None,
    };
    first
        .map(|first| words[first..].join(" "))
        .unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_key_says_its_unit_at_its_end() {
        for (key, expected) in [
            ("lead_days", "days"),
            ("ramp_beds_per_day", "beds per day"),
            ("fte_per_bed", "fte per bed"),
            ("workforce_share", "share"),
            ("days_to_agree", ""),
            ("shape", ""),
        ] {
            assert_eq!(unit(key), expected, "{key}");
        }
    }
}
