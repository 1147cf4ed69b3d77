//! Tells the program which commit it is built from, if it is built from a checkout. Reads the files
//! of the checkout only, so that a build never fails for want of a tool.

use std::fs;
use std::path::{Path, PathBuf};

fn main() {
    println!("cargo::rerun-if-changed=build.rs");
    let commit = commit(Path::new(".git")).unwrap_or_else(|| "unknown".to_owned());
    println!("cargo::rustc-env=ZORGDRUK_COMMIT={commit}");
}

/// The commit that is checked out; `git` is a folder, or in a linked checkout a file that names one.
fn commit(git: &Path) -> Option<String> {
    let folder = if git.is_file() {
        PathBuf::from(
            fs::read_to_string(git)
                .ok()?
                .strip_prefix("gitdir:")?
                .trim(),
        )
    } else {
        git.to_owned()
    };
    let head = read(&folder.join("HEAD"))?;
    let Some(name) = head.trim().strip_prefix("ref:") else {
        return hash(&head);
    };
    let shared =
        read(&folder.join("commondir")).map_or(folder.clone(), |to| folder.join(to.trim()));
    read(&shared.join(name.trim()))
        .and_then(|text| hash(&text))
        .or_else(|| packed(&read(&shared.join("packed-refs"))?, name.trim()))
}

/// The commit of the reference `name` in a list of packed references.
fn packed(list: &str, name: &str) -> Option<String> {
    let line = list
        .lines()
        .find(|line| line.split(' ').nth(1) == Some(name))?;
    hash(line.split(' ').next()?)
}

/// The text of a file that the build depends on.
fn read(path: &Path) -> Option<String> {
    let text = fs::read_to_string(path).ok()?;
    println!("cargo::rerun-if-changed={}", path.display());
    Some(text)
}

fn hash(text: &str) -> Option<String> {
    let text = text.trim();
    let is_hash = text.len() >= 40 && text.bytes().all(|byte| byte.is_ascii_hexdigit());
    is_hash.then(|| text.to_owned())
}
