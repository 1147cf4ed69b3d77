//! The tutorials for the command line: every block of commands runs, in order, and what a page shows is
//! what they print.

use std::fs;
use std::path::Path;
use std::process::Command;

use tempfile::tempdir;

use crate::cli::{command, text};

/// The blocks of a page in `language`.
fn blocks(page: &str, language: &str) -> Vec<String> {
    let start = format!("```{language}\n");
    let parts = page.split(&start).skip(1);
    let block = |part: &str| part.split("```").next().unwrap_or_default().to_owned();
    parts.map(block).collect()
}

/// Runs a page in an empty folder, with the program on the path.
fn follow(name: &str) {
    let path = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("docs")
        .join(name);
    let page = fs::read_to_string(path).expect("a tutorial");
    let commands = blocks(&page, "sh");
    assert!(commands.len() >= 4, "{name} has commands");
    let place = tempdir().expect("a temporary folder");
    let programs = tempdir().expect("a temporary folder");
    let program = programs.path().join("zorgdruk");
    std::os::unix::fs::symlink(command().get_program(), program).expect("a link");
    let script = format!(
        "PATH={}:$PATH\n{}",
        programs.path().display(),
        commands.concat()
    );
    let output = Command::new("sh")
        .args(["-eu", "-c", &script])
        .current_dir(place.path())
        .output()
        .expect("a shell");
    let (said, errors) = (text(&output.stdout), text(&output.stderr));
    assert!(output.status.success(), "{name}: {errors}\n{said}");
    let shown = blocks(&page, "text");
    for line in shown.iter().flat_map(|block| block.lines()) {
        assert!(
            said.lines().any(|known| known == line),
            "{name} shows {line:?}: {said}"
        );
    }
}

#[test]
fn a_first_study_leads_from_a_question_to_a_sentence() {
    follow("tutorial-first-study.md");
}

#[test]
fn a_region_is_studied_by_itself() {
    follow("tutorial-region.md");
}
