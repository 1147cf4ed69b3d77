//! The files of a scenario and their copies in the folder of its run.

use core::fmt::Write;

use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use crate::report::folder::{INPUT, OBSERVED, SOURCES};

/// Most files of a scenario; its own bound lies within.
const MOST: usize = 128;
/// Longest path of a copy that follows from the name of its file.
const LONGEST: usize = 200;

/// A file of the scenario and its copy in the run's folder.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Input {
    /// Path relative to the folder of the scenario.
    pub name: String,
    /// Path of the copy inside the run's folder.
    pub file: String,
    /// SHA-256 of the file, in hexadecimal.
    pub sha256: String,
}

impl Input {
    /// The copies of files, given by their names and texts. None lies outside the run's folder, and no
    /// two are one, whatever the names.
    pub fn list<'a>(files: impl IntoIterator<Item = (&'a str, &'a str)>) -> Vec<Self> {
        let (names, texts): (Vec<&str>, Vec<&str>) = files.into_iter().unzip();
        let copies = copies(&names);
        let all = names.into_iter().zip(texts).zip(copies);
        all.map(|((name, text), file)| Self {
            name: name.to_owned(),
            file,
            sha256: fingerprint(text.as_bytes()),
        })
        .collect()
    }
}

/// SHA-256 of a text, in hexadecimal.
pub fn fingerprint(text: &[u8]) -> String {
    let digest = Sha256::digest(text);
    digest.iter().fold(String::new(), |mut text, byte| {
        // Writing to a string cannot fail.
        let _ = write!(text, "{byte:02x}");
        text
    })
}

/// Refuses a list, read from a file, with other copies than those of [`Input::list`].
pub(crate) fn check(inputs: &[Input]) -> Result<(), String> {
    if inputs.len() > MOST {
        return Err(format!("there are more than {MOST} inputs"));
    }
    let names: Vec<&str> = inputs.iter().map(|input| input.name.as_str()).collect();
    let copies = copies(&names);
    let wrong = inputs
        .iter()
        .zip(copies)
        .find(|(input, copy)| input.file != *copy);
    wrong.map_or(Ok(()), |(input, copy)| {
        Err(format!(
            "the copy of {:?} is {copy:?}, and not {:?}",
            input.name, input.file
        ))
    })
}

/// Where the copies of files called `names` are.
fn copies(names: &[&str]) -> Vec<String> {
    let mut taken = vec![SOURCES.to_owned(), OBSERVED.to_owned()];
    let mut copies = Vec::new();
    for name in names {
        let copy = free(inside(name), &taken);
        // Not every file system tells upper from lower case.
        taken.push(copy.to_lowercase());
        copies.push(copy);
    }
    copies
}

/// The path that follows from a name.
fn inside(name: &str) -> String {
    let steps = name
        .split(['/', '\\'])
        .filter(|step| !matches!(*step, "" | "."));
    let safe = steps.map(|step| if step == ".." { "up" } else { step });
    let steps: Vec<&str> = core::iter::once(INPUT).chain(safe).collect();
    steps.join("/").replace(':', "_")
}

/// `copy`, or a numbered one when it would meet another.
fn free(copy: String, taken: &[String]) -> String {
    let is_free = |copy: &str| {
        let copy = copy.to_lowercase();
        copy.len() <= LONGEST && copy != INPUT && !taken.iter().any(|other| meet(&copy, other))
    };
    if is_free(&copy) {
        return copy;
    }
    let numbered = (1..).map(|n| format!("{INPUT}/file-{n}.toml"));
    let mut free = numbered.filter(|copy| is_free(copy));
    free.next().unwrap_or(copy)
}

/// Whether two paths are one, or one of them is a folder on the way to the other.
fn meet(one: &str, other: &str) -> bool {
    let (short, long) = if one.len() < other.len() {
        (one, other)
    } else {
        (other, one)
    };
    let rest = long.strip_prefix(short);
    rest.is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_copy_stays_inside_the_folder() {
        let long = "a".repeat(300);
        for (name, file) in [
            ("small.toml", "input/small.toml"),
            ("policies/a.toml", "input/policies/a.toml"),
            ("../../a.toml", "input/up/up/a.toml"),
            ("/etc/a.toml", "input/etc/a.toml"),
            ("C:\\a.toml", "input/C_/a.toml"),
            ("", "input/file-1.toml"),
            (&long, "input/file-1.toml"),
        ] {
            assert_eq!(copies(&[name]), [file], "of {name:?}");
        }
    }

    #[test]
    fn no_two_copies_meet() {
        let names = [
            "sources.csv",
            "observed.csv",
            "x:p.toml",
            "x_p.toml",
            "../p.toml",
            "up/p.toml",
            "a",
            "a/b.toml",
            "A",
            "file-1.toml",
            "file-2.toml/x",
        ];
        let found = copies(&names);
        for (n, copy) in found.iter().enumerate() {
            let others = found[..n].iter().map(|other| other.to_lowercase());
            let copy = copy.to_lowercase();
            let met: Vec<String> = others.filter(|other| meet(&copy, other)).collect();
            assert!(met.is_empty(), "{copy} meets {met:?}");
            assert!(copy != SOURCES && copy != OBSERVED, "{copy}");
        }
    }

    #[test]
    fn a_list_that_no_run_could_have_written_is_refused() {
        let sound = Input::list([("a.toml", "x"), ("../a.toml", "y")]);
        assert_eq!(check(&sound), Ok(()), "as a run writes it");
        let mut wrong = sound.clone();
        wrong[1].file = "../a.toml".to_owned();
        assert!(check(&wrong).is_err(), "outside the folder");
        assert!(
            check(&vec![sound[0].clone(); 1_000_000]).is_err(),
            "too many"
        );
    }

    #[test]
    fn a_fingerprint_is_that_of_sha256sum() {
        let expected = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";
        assert_eq!(fingerprint(b"abc"), expected, "FIPS 180-2, appendix B.1");
    }
}
