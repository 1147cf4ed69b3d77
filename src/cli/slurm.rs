//! `slurm`: scripts that simulate the shards of a run on a cluster and merge them.
//!
//! A task that is told to end, or whose node fails, is queued again and resumes its shard. The merge
//! waits until all tasks are done.

use std::path::{Path, PathBuf};
use std::process::Command;
use std::{env, fs};

use crate::cli::arguments::{Lang, SlurmArguments, StudyArguments};
use crate::cli::failure::Failure;
use crate::cli::{order, print};
use crate::report::folder::Unfinished;
use crate::report::shell::quoted;
use crate::report::{ReportError, RunFolder};

/// Script of the tasks.
const ARRAY: &str = "array.sh";
/// Script of the merge.
const MERGE: &str = "merge.sh";
/// Script that submits both.
const SUBMIT: &str = "submit.sh";
/// Folder of the shards.
const SHARDS: &str = "shards";
/// Folder of the merged run.
const RUN: &str = "run";
/// Folder of what tasks print.
const LOG: &str = "log";
/// Seconds before its end at which a task is told, so that the worlds in hand can be finished.
const NOTICE_SECONDS: u32 = 120;

pub(crate) fn slurm(arguments: &SlurmArguments) -> Result<(), Failure> {
    let prepared = order::asked(&arguments.scenario, &arguments.study, false)?;
    let model = &prepared.model;
    let n = arguments
        .study
        .replications
        .unwrap_or(model.defaults.n_replications);
    if n < arguments.tasks {
        let tasks = arguments.tasks;
        return Err(Failure::Usage(format!(
            "{n} worlds are too few for {tasks} tasks"
        )));
    }
    let place = arguments.out.clone().unwrap_or_else(|| {
        let name = format!("{}-slurm", model.key);
        Path::new("output").join(name)
    });
    let place = write(arguments, &model.key, &place)?;
    let submit = place.join(SUBMIT);
    if arguments.submit {
        return run(&submit);
    }
    print(&format!("submit with: sh {}\n", quoted(&shown(&submit))))
}

/// Writes the scripts, and gives their folder as an absolute path.
fn write(arguments: &SlurmArguments, key: &str, place: &Path) -> Result<PathBuf, Failure> {
    let place = std::path::absolute(place)?;
    let program = quoted(&shown(&env::current_exe()?));
    let scripts = [
        (ARRAY, array(arguments, key, &program)?),
        (MERGE, merge(arguments, key, &program)),
        (SUBMIT, submit(&place)),
    ];
    if scripts.iter().any(|(name, _)| place.join(name).exists()) || RunFolder::is_run(&place) {
        return Err(Failure::Output(format!(
            "{}: there is a run already; use another --out",
            place.display()
        )));
    }
    for folder in [SHARDS, LOG] {
        let path = place.join(folder);
        fs::create_dir_all(&path)
            .map_err(|error| Failure::output(ReportError::file(path)(error)))?;
    }
    for (name, text) in scripts {
        save(&place.join(name), &text).map_err(Failure::output)?;
    }
    Ok(place)
}

fn save(path: &Path, text: &str) -> Result<(), ReportError> {
    use std::io::Write;
    let mut file = Unfinished::begin(path)?;
    file.write_all(text.as_bytes())
        .map_err(ReportError::file(path))?;
    file.finish()
}

/// Submits, and shows what Slurm says.
fn run(submit: &Path) -> Result<(), Failure> {
    let status = Command::new("sh").arg(submit).status()?;
    if status.success() {
        return Ok(());
    }
    Err(Failure::Unexpected(anyhow::anyhow!(
        "{} could not submit: {status}",
        submit.display()
    )))
}

/// The tasks: each simulates one shard.
fn array(arguments: &SlurmArguments, key: &str, program: &str) -> Result<String, Failure> {
    let tasks = arguments.tasks;
    let scenario = quoted(&shown(&std::path::absolute(&arguments.scenario)?));
    let options = [
        format!("--array=1-{tasks}"),
        format!("--cpus-per-task={}", arguments.threads),
        format!("--time={}", arguments.time),
        "--requeue".to_owned(),
        "--open-mode=append".to_owned(),
        format!("--signal=B:TERM@{NOTICE_SECONDS}"),
        format!("--output={LOG}/shard-%a.log"),
    ];
    let head = head(arguments, key, &options);
    let study = words(&arguments.study);
    let threads = arguments.threads;
    Ok(format!(
        "{head}
# A task that is stopped, or whose node fails, is queued again and goes on with its shard.
{program} run {scenario}{study} \\
    --shard \"$SLURM_ARRAY_TASK_ID/{tasks}\" --resume \"{SHARDS}/$SLURM_ARRAY_TASK_ID\" \\
    --threads {threads} &
program=$!
told=
trap 'told=yes; kill -TERM \"$program\" 2>/dev/null' TERM
wait \"$program\"
code=$?
while [ \"$code\" -gt 128 ] && kill -0 \"$program\" 2>/dev/null; do
    wait \"$program\"
    code=$?
done
if [ \"$code\" -eq 75 ] || {{ [ -n \"$told\" ] && [ \"$code\" -gt 128 ]; }}; then
    scontrol requeue \"$SLURM_JOB_ID\" && sleep 60
fi
exit \"$code\"
"
    ))
}

/// The merge: one run of all shards.
fn merge(arguments: &SlurmArguments, key: &str, program: &str) -> String {
    let options = [
        "--cpus-per-task=1".to_owned(),
        format!("--time={}", arguments.time),
        "--requeue".to_owned(),
        "--open-mode=append".to_owned(),
        format!("--output={LOG}/merge.log"),
    ];
    let head = head(arguments, key, &options);
    format!("{head}\nexec {program} merge {RUN} {SHARDS}/* --force\n")
}

/// The first lines of a job script.
fn head(arguments: &SlurmArguments, key: &str, options: &[String]) -> String {
    let optional = [
        ("partition", &arguments.partition),
        ("account", &arguments.account),
        ("mem", &arguments.memory),
    ];
    let optional = optional
        .into_iter()
        .filter_map(|(name, value)| Some(format!("--{name}={}", value.as_ref()?)));
    let mut lines = vec!["#!/bin/bash".to_owned()];
    let name = format!("--job-name=zorgdruk-{key}");
    let all = [name, "--ntasks=1".to_owned()].into_iter();
    let all = all.chain(options.iter().cloned()).chain(optional);
    lines.extend(all.map(|option| format!("#SBATCH {option}")));
    lines.push(String::new());
    lines.join("\n")
}

/// The script that submits the tasks, and the merge that waits for them.
fn submit(place: &Path) -> String {
    let place = quoted(&shown(place));
    format!(
        "#!/bin/sh
set -eu
cd {place}
tasks=$(sbatch --parsable {ARRAY})
merge=$(sbatch --parsable --dependency=\"afterok:${{tasks%%;*}}\" --kill-on-invalid-dep=yes {MERGE})
echo \"submitted: tasks ${{tasks%%;*}}, then merge ${{merge%%;*}} into {RUN}\"
"
    )
}

/// The options of `run` that give a study, each after a blank.
fn words(study: &StudyArguments) -> String {
    let mut words = Vec::new();
    let mut option = |name: &str, value: &str| words.push(format!(" --{name} {}", quoted(value)));
    for key in &study.policies {
        option("policy", key);
    }
    if let Some(n) = study.replications {
        option("replications", &n.to_string());
    }
    if let Some(seed) = study.seed {
        option("seed", &seed.to_string());
    }
    for change in &study.set {
        option("set", change);
    }
    if study.lang == Some(Lang::Nl) {
        option("lang", "nl");
    }
    if study.no_figures {
        words.push(" --no-figures".to_owned());
    }
    words.concat()
}

fn shown(path: &Path) -> String {
    path.display().to_string()
}

#[cfg(test)]
mod tests {
    use super::*;
    use clap::Parser;

    use crate::cli::arguments::{Arguments, Command};

    fn arguments(more: &[&str]) -> SlurmArguments {
        let words = ["zorgdruk", "slurm", "a b.toml", "--tasks", "3"];
        let all = words.iter().chain(more);
        match Arguments::try_parse_from(all).expect("valid").command {
            Command::Slurm(arguments) => arguments,
            other => panic!("another command: {other:?}"),
        }
    }

    #[test]
    fn what_is_asked_reaches_every_task() {
        let study = [
            "--policy",
            "p",
            "--replications",
            "9",
            "--seed",
            "7",
            "--set",
            "x=[1, 2]",
            "--lang",
            "nl",
            "--no-figures",
        ];
        let script = array(&arguments(&study), "key", "/bin/zorgdruk").expect("a script");
        let options =
            " --policy p --replications 9 --seed 7 --set 'x=[1, 2]' --lang nl --no-figures";
        assert!(script.contains(options), "{script}");
        assert!(script.contains("a b.toml' --policy"), "quoted: {script}");
        assert!(script.contains("#SBATCH --array=1-3\n"), "{script}");
        assert!(script.contains("\"$SLURM_ARRAY_TASK_ID/3\""), "{script}");
    }

    #[test]
    fn what_the_cluster_is_asked_stands_in_both_scripts() {
        let more = ["--partition", "rome", "--account", "me", "--memory", "8G"];
        let arguments = arguments(&more);
        let array = array(&arguments, "key", "zorgdruk").expect("a script");
        for script in [array, merge(&arguments, "key", "zorgdruk")] {
            for line in ["partition=rome", "account=me", "mem=8G", "time=02:00:00"] {
                assert!(script.contains(&format!("#SBATCH --{line}\n")), "{script}");
            }
        }
    }
}
