//! Tells the program which commit it is built from, if it is built from a checkout, and how. Reads
//! the files of the checkout and asks the compiler only, so that a build never fails for want of a
//! tool.

use std::env;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

fn main() {
    // The folders that the program contains: the compiler sees changed files, but no new ones.
    for watched in ["build.rs", "scenarios", "assets/start"] {
        println!("cargo::rerun-if-changed={watched}");
    }
    let commit = commit(Path::new(".git")).unwrap_or_else(|| "unknown".to_owned());
    println!("cargo::rustc-env=ZORGDRUK_COMMIT={commit}");
    println!("cargo::rustc-env=ZORGDRUK_BUILD={}", build());
}

/// Compiler, profile and options, for who compares speeds.
fn build() -> String {
    let text = |name: &str| env::var_os(name)?.into_string().ok();
    let set = |name: &str| text(name).filter(|value| !value.is_empty());
    let known = |name: &str| set(name).unwrap_or_else(|| "unknown".to_owned());
    let compiler = compiler().unwrap_or_else(|| "rustc unknown".to_owned());
    let (profile, level) = (known("PROFILE"), known("OPT_LEVEL"));
    let flags = set("CARGO_ENCODED_RUSTFLAGS").map_or(String::new(), |flags| {
        format!(", {}", flags.replace('\u{1f}', " "))
    });
    format!("{compiler}, {profile}, opt-level {level}{flags}")
}

/// Name and version that the compiler reports.
fn compiler() -> Option<String> {
    let output = Command::new(env::var_os("RUSTC")?)
        .arg("--version")
        .output();
    let text = String::from_utf8(output.ok()?.stdout).ok()?;
    Some(text.trim().to_owned())
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
