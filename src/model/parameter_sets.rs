//! Sets of figures that fit a record together, all equally likely, with the values at their center.

/// Most sets of a scenario.
pub const MOST_SETS: usize = 10_000;
/// Most figures of a set.
pub const MOST_FIGURES: usize = 64;
/// The name of the line that holds the center.
const CENTER: &str = "center";
/// The name of the first column.
const SET: &str = "set";

/// Sets of figures, as `calibrate` writes them and `[posterior]` of a scenario holds them.
#[derive(Debug, Clone, PartialEq)]
pub struct ParameterSets {
    /// Path of each figure.
    pub paths: Vec<String>,
    /// The values at the center, which are those of the scenario; in the order of the paths.
    pub center: Vec<f64>,
    /// By set: its values, in the order of the paths.
    pub sets: Vec<Vec<f64>>,
}

impl ParameterSets {
    /// Reads lines of comma-separated values: the names of the columns, the center, then one line per set.
    ///
    /// # Errors
    /// What is wrong, one sentence for each line with a mistake.
    pub fn parse(text: &str) -> Result<Self, Vec<String>> {
        let mut lines = text
            .lines()
            .enumerate()
            .filter(|(_, line)| !line.trim().is_empty());
        let header = lines.next().map_or("", |(_, line)| line);
        let mut names = header.split(',').map(|name| name.trim().to_owned());
        let first = names.next().unwrap_or_default();
        let paths: Vec<String> = names.collect();
        if first != SET || paths.is_empty() || paths.len() > MOST_FIGURES {
            return Err(vec![format!(
                "the first line names the columns: {SET}, then 1 to {MOST_FIGURES} paths"
            )]);
        }
        let (mut center, mut sets, mut mistakes) = (None, Vec::new(), Vec::new());
        for (number, line) in lines.take(MOST_SETS + 2) {
            match values(line, paths.len()) {
                Err(message) => mistakes.push(format!("line {}: {message}", number + 1)),
                Ok((CENTER, values)) if center.is_none() => center = Some(values),
                Ok((CENTER, _)) => mistakes.push(format!("line {}: a second center", number + 1)),
                Ok((_, values)) => sets.push(values),
            }
        }
        if center.is_none() {
            mistakes.push(format!("no line is named {CENTER}"));
        }
        if !(1..=MOST_SETS).contains(&sets.len()) {
            mistakes.push(format!("1 to {MOST_SETS} sets are needed"));
        }
        match center {
            Some(center) if mistakes.is_empty() => Ok(Self {
                paths,
                center,
                sets,
            }),
            _ => Err(mistakes),
        }
    }

    /// The lines that [`Self::parse`] reads.
    pub fn to_csv(&self) -> String {
        let named = (1_usize..).map(|n| n.to_string()).zip(&self.sets);
        let rows = core::iter::once((CENTER.to_owned(), &self.center)).chain(named);
        let mut text = format!("{SET},{}\n", self.paths.join(","));
        for (name, values) in rows {
            text.push_str(&name);
            for value in values {
                text.push(',');
                text.push_str(&value.to_string());
            }
            text.push('\n');
        }
        text
    }

    /// The overrides that make a scenario that of the set at a position; sets begin again after the last.
    pub fn settings(&self, position: usize) -> Vec<String> {
        let set = &self.sets[position % self.sets.len()];
        settings(&self.paths, set)
    }

    /// The overrides that make a scenario that of the center.
    pub fn center_settings(&self) -> Vec<String> {
        settings(&self.paths, &self.center)
    }

    /// Pairs of figures, by position, with their correlation over the sets (Pearson), the strongest first. A
    /// figure that is the same in all sets is in no pair.
    pub fn correlations(&self) -> Vec<(usize, usize, f64)> {
        let columns: Vec<Vec<f64>> = (0..self.paths.len())
            .map(|column| standardized(self.sets.iter().map(|set| set[column])))
            .collect();
        let mut pairs = Vec::new();
        for (second, column) in columns.iter().enumerate() {
            for (first, other) in columns[..second].iter().enumerate() {
                let products = column.iter().zip(other).map(|(a, b)| a * b);
                let correlation: f64 = products.sum();
                if correlation.is_finite() {
                    pairs.push((first, second, correlation));
                }
            }
        }
        pairs.sort_by(|a, b| b.2.abs().total_cmp(&a.2.abs()));
        pairs
    }

    /// The values of the figure at `path` in all sets, ascending; `None` when the sets do not have it.
    pub fn values(&self, path: &str) -> Option<Vec<f64>> {
        let column = self.paths.iter().position(|own| own == path)?;
        let mut values: Vec<f64> = self.sets.iter().map(|set| set[column]).collect();
        values.sort_by(f64::total_cmp);
        Some(values)
    }
}

fn settings(paths: &[String], values: &[f64]) -> Vec<String> {
    let pairs = paths.iter().zip(values);
    pairs
        .map(|(path, value)| format!("{path}={value}"))
        .collect()
}

/// Numbers less their mean, with a sum of squares of 1.
fn standardized(numbers: impl ExactSizeIterator<Item = f64> + Clone) -> Vec<f64> {
    let mean = numbers.clone().sum::<f64>() / numbers.len() as f64;
    let squares: f64 = numbers.clone().map(|x| (x - mean) * (x - mean)).sum();
    numbers.map(|x| (x - mean) / squares.sqrt()).collect()
}

/// The name of a line and its values.
fn values(line: &str, n: usize) -> Result<(&str, Vec<f64>), String> {
    let mut fields = line.split(',').map(str::trim);
    let name = fields.next().unwrap_or("");
    let values: Vec<f64> = fields
        .map(|field| field.parse().ok().filter(|x: &f64| x.is_finite()))
        .collect::<Option<_>>()
        .ok_or("a value is no finite number")?;
    if values.len() == n {
        Ok((name, values))
    } else {
        Err(format!("{} values for {n} paths", values.len()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEXT: &str = "set,a.b,c\ncenter,0.5,10\n1,0.25,9\n2,0.75,12\n";

    #[test]
    fn what_is_written_is_read_again() {
        let sets = ParameterSets::parse(TEXT).expect("sound sets");
        assert_eq!(sets.to_csv(), TEXT);
        assert_eq!(sets.settings(0), ["a.b=0.25", "c=9"]);
        assert_eq!(sets.settings(3), ["a.b=0.75", "c=12"], "the second again");
        assert_eq!(sets.center_settings(), ["a.b=0.5", "c=10"]);
        assert_eq!(sets.values("c"), Some(vec![9.0, 12.0]));
        assert_eq!(sets.values("d"), None);
    }

    #[test]
    fn figures_that_trade_off_are_found() {
        let text = "set,a,b,c,d\ncenter,0,0,0,5\n1,1,-2,0,5\n2,2,-4,1,5\n3,3,-6,0,5\n";
        let sets = ParameterSets::parse(text).expect("sound sets");
        let pairs = sets.correlations();
        assert_eq!(pairs.len(), 3, "the fourth never varies: {pairs:?}");
        assert_eq!((pairs[0].0, pairs[0].1), (0, 1), "the strongest");
        assert!((pairs[0].2 + 1.0).abs() < 1e-12, "{pairs:?}");
        assert!(pairs[1].2.abs() < 1e-12, "{pairs:?}");
    }

    #[test]
    fn each_mistake_is_told() {
        let mistakes = |text: &str| ParameterSets::parse(text).expect_err("a mistake");
        assert!(mistakes("")[0].contains("names the columns"));
        assert_eq!(mistakes("set,a\n1,2\n"), ["no line is named center"]);
        let many = mistakes("set,a\ncenter,1\ncenter,1\n1,2,3\n2,x\n");
        let expected = [
            "line 3: a second center",
            "line 4: 2 values for 1 paths",
            "line 5: a value is no finite number",
            "1 to 10000 sets are needed",
        ];
        assert_eq!(many, expected);
    }
}
