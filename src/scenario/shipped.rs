//! The scenarios and policies that the program itself contains: the files of the folder `scenarios`.

use std::io;
use std::path::Path;

use include_dir::{Dir, DirEntry, include_dir};

use super::shelf::is_key;

static FILES: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/scenarios");

/// Names of the scenarios, in order, as they are asked for.
pub fn scenarios() -> Vec<&'static str> {
    names("")
}

/// Names of the policies, in order: those of their files.
pub fn policies() -> Vec<&'static str> {
    names("policies")
}

/// Every file, by its path in the folder of the scenarios, with its text.
pub fn files() -> Vec<(&'static str, &'static str)> {
    let mut files = below(&FILES);
    files.sort_unstable();
    files
}

/// The text of a file, by its path in the folder of the scenarios.
///
/// # Errors
/// There is no such file.
pub fn read(name: &str) -> io::Result<&'static str> {
    let text = FILES.get_file(name).and_then(|file| file.contents_utf8());
    text.ok_or_else(|| io::ErrorKind::NotFound.into())
}

/// The file that `path` asks for, when it is the name of a scenario and no such file is on the disk.
pub fn asked(path: &Path) -> Option<&'static str> {
    let name = path.to_str().filter(|name| is_key(name))?;
    let file = FILES.get_file(format!("{name}.toml"))?;
    (!path.exists()).then(|| file.path().to_str())?
}

/// Names, without their ends, of the scenarios or policies in a folder.
fn names(folder: &str) -> Vec<&'static str> {
    let stem = |(path, _)| {
        let (above, name) = str::rsplit_once(path, '/').unwrap_or(("", path));
        name.strip_suffix(".toml").filter(|_| above == folder)
    };
    let mut names: Vec<&str> = files().into_iter().filter_map(stem).collect();
    names.sort_unstable();
    names
}

fn below(folder: &'static Dir<'static>) -> Vec<(&'static str, &'static str)> {
    let files = folder.entries().iter().map(|entry| match entry {
        DirEntry::Dir(folder) => below(folder),
        DirEntry::File(file) => {
            let named = file.path().to_str().zip(file.contents_utf8());
            named.into_iter().collect()
        }
    });
    files.flatten().collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_that_of_a_scenario_of_the_program() {
        for (asked_for, file) in [
            ("small", Some("small.toml")),
            ("scenarios/small.toml", None),
            ("framework-2020", None),
            ("no-such", None),
            ("src", None),
        ] {
            assert_eq!(asked(Path::new(asked_for)), file, "{asked_for}");
        }
    }

    #[test]
    fn all_files_are_there_with_their_texts() {
        assert!(scenarios().contains(&"nl-autumn-2021"), "a scenario");
        assert!(
            policies().contains(&"supplement-2021-gate-0.90"),
            "a policy"
        );
        assert!(!scenarios().contains(&"census"), "known answers are none");
        for (name, text) in files() {
            assert_eq!(read(name).ok(), Some(text), "{name}");
        }
    }
}
