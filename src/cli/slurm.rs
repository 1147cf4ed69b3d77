//! `slurm`: scripts that simulate the shards of a run on a cluster and merge them.
//!
//! A task that is told to end, or whose node fails, is queued again and resumes its shard. The merge
//! waits until all tasks are done.

use std::path::{Path, PathBuf};
use std::process::Command;
use std::{env, fs};

use clap::{Args, value_parser};

use crate::cli::arguments::{StudyArguments, output_folder, threads};
use crate::cli::failure::Failure;
use crate::cli::output::{print, save};
use crate::cli::plan::asked;
use crate::cli::shell::quoted;
use crate::report::lock::Lock;
use crate::report::{ReportError, RunFolder};
use crate::run::checked::is_stdin;
use crate::scenario::{read_bounded, shipped};

/// Script of the tasks.
const ARRAY: &str = "array.sh";
/// Script of the merge.
const MERGE: &str = "merge.sh";
/// Script that submits both.
const SUBMIT: &str = "submit.sh";
/// Second line of the scripts for jobs, up to the key of the scenario.
const JOB: &str = "#SBATCH --job-name=zorgdruk-";
/// Bytes of a script, at most.
const LONGEST_SCRIPT: usize = 1 << 20;
/// Folder of the shards.
const SHARDS: &str = "shards";
/// Folder of the merged run.
const RUN: &str = "run";
/// Folder of what tasks print.
const LOG: &str = "log";
/// How many seconds before its end a task is told, so that it ends by itself with all rows stored.
const NOTICE_SECONDS: u32 = 120;

/// Write the scripts that simulate a scenario on a Slurm cluster, and submit them
#[derive(Debug, Args)]
#[command(after_help = "\
Example, ten tasks of an eighth of a node each:
  zorgdruk slurm scenarios/nl-autumn-2021.toml --replications 20000 --tasks 10 --threads 16 \
--partition rome --out output/wide --submit")]
pub(crate) struct SlurmArguments {
    /// The scenario
    scenario: PathBuf,
    #[command(flatten)]
    study: StudyArguments,
    /// Number of tasks, each one shard of the worlds; aim at 10 to 60 minutes per task
    #[arg(long, value_name = "N", value_parser = value_parser!(u32).range(1..=10_000))]
    tasks: u32,
    /// Threads of a task: the cores of the smallest part of a node that the cluster gives
    #[arg(long, value_name = "T", default_value_t = 16, value_parser = threads())]
    threads: u16,
    /// Time limit of a task; a task that needs longer is queued again and continues
    #[arg(long, value_name = "HH:MM:SS", default_value = "02:00:00", value_parser = time)]
    time: String,
    /// Memory of a task in Slurm's notation, for example 8G. By default, that of the cluster
    #[arg(long, value_name = "SIZE", value_parser = size)]
    memory: Option<String>,
    /// Partition. By default, that of the cluster
    #[arg(long, value_name = "NAME", value_parser = name)]
    partition: Option<String>,
    /// Account to charge. By default, your own
    #[arg(long, value_name = "NAME", value_parser = name)]
    account: Option<String>,
    /// Folder of scripts, shards and run. By default, output/SCENARIO-slurm
    #[arg(long, value_name = "DIR")]
    out: Option<PathBuf>,
    /// Submit the tasks, and the merge that waits for them
    #[arg(long)]
    submit: bool,
}

pub(crate) fn slurm(arguments: &SlurmArguments) -> Result<(), Failure> {
    if is_stdin(&arguments.scenario) {
        let message = "tasks cannot read standard input: give the scenario as a file";
        return Err(Failure::Usage(message.to_owned()));
    }
    let checked = asked(&arguments.scenario, &arguments.study, false)?;
    let model = &checked.model;
    let n = arguments.study.worlds.number(model);
    if n < arguments.tasks {
        let tasks = arguments.tasks;
        return Err(Failure::Usage(format!(
            "{n} worlds are too few for {tasks} tasks"
        )));
    }
    let place = arguments.out.clone().unwrap_or_else(|| {
        let name = format!("{}-slurm", model.key);
        output_folder().join(name)
    });
    let place = write(arguments, &model.key, &place)?;
    let submit = place.join(SUBMIT);
    if arguments.submit {
        return run(&submit);
    }
    print(&format!("submit with: sh {}\n", quoted(utf8(&submit)?)))
}

/// Writes the scripts, and gives their folder as an absolute path. The one that submits comes last:
/// without it the others are those of a call that did not finish, and are written again.
fn write(arguments: &SlurmArguments, key: &str, place: &Path) -> Result<PathBuf, Failure> {
    let place = std::path::absolute(place)?;
    let program = quoted(utf8(&env::current_exe()?)?);
    let scripts = [
        (ARRAY, array(arguments, key, &program)?),
        (MERGE, merge(arguments, key, &program)),
        (SUBMIT, submit(utf8(&place)?)),
    ];
    fs::create_dir_all(&place)
        .map_err(|error| Failure::output(ReportError::file(&place)(error)))?;
    let _lock = Lock::take(&place).map_err(Failure::output)?;
    let is_taken = [ARRAY, MERGE]
        .iter()
        .any(|name| is_foreign(&place.join(name)));
    if is_taken || place.join(SUBMIT).exists() || RunFolder::is_run(&place) {
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
        save(&place.join(name), text.as_bytes())?;
    }
    Ok(place)
}

/// Whether there is a file that is no script of ours.
fn is_foreign(script: &Path) -> bool {
    let begins = |text: String| {
        text.lines()
            .nth(1)
            .is_some_and(|line| line.starts_with(JOB))
    };
    script.exists() && !read_bounded(script, LONGEST_SCRIPT).is_ok_and(begins)
}

/// A path as scripts name it.
fn utf8(path: &Path) -> Result<&str, Failure> {
    let message = "the path is no text in UTF-8, and no script can name it";
    path.to_str()
        .ok_or_else(|| Failure::Usage(format!("{}: {message}", path.display())))
}

/// Submits, and shows what Slurm says.
fn run(submit: &Path) -> Result<(), Failure> {
    let status = Command::new("sh").arg(submit).status()?;
    if status.success() {
        return Ok(());
    }
    let script = submit.display();
    Err(Failure::Unexpected(
        format!("{script} could not submit: {status}").into(),
    ))
}

/// The tasks: each simulates one shard.
fn array(arguments: &SlurmArguments, key: &str, program: &str) -> Result<String, Failure> {
    let tasks = arguments.tasks;
    let scenario = if shipped::asked(&arguments.scenario).is_some() {
        arguments.scenario.clone()
    } else {
        std::path::absolute(&arguments.scenario)?
    };
    let scenario = quoted(utf8(&scenario)?);
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
    lines.push(format!("{JOB}{key}"));
    let all = core::iter::once("--ntasks=1".to_owned());
    let all = all.chain(options.iter().cloned()).chain(optional);
    lines.extend(all.map(|option| format!("#SBATCH {option}")));
    lines.push(String::new());
    lines.join("\n")
}

/// The script that submits the tasks, and the merge that waits for them.
fn submit(place: &str) -> String {
    let place = quoted(place);
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
    if let Some(n) = study.worlds.replications {
        option("replications", &n.to_string());
    }
    if let Some(seed) = study.worlds.seed.seed {
        option("seed", &seed.to_string());
    }
    for change in &study.changes.set {
        option("set", change);
    }
    if let Some(language) = study.language.lang {
        option("lang", language.code());
    }
    if study.no_figures {
        words.push(" --no-figures".to_owned());
    }
    words.concat()
}

/// A time limit, in one of the forms that `sbatch` takes: minutes, minutes:seconds,
/// hours:minutes:seconds, days-hours, days-hours:minutes, days-hours:minutes:seconds.
fn time(text: &str) -> Result<String, String> {
    let (days, rest) = text
        .split_once('-')
        .map_or((None, text), |(days, rest)| (Some(days), rest));
    let all: Vec<&str> = days.into_iter().chain(rest.split(':')).collect();
    let is_number = |part: &&str| {
        (1..=9).contains(&part.len()) && part.bytes().all(|byte| byte.is_ascii_digit())
    };
    let most = if days.is_some() { 4 } else { 3 };
    if all.len() <= most && all.iter().all(is_number) {
        return Ok(text.to_owned());
    }
    Err("allowed: MM, MM:SS, HH:MM:SS, D-HH, D-HH:MM or D-HH:MM:SS".to_owned())
}

/// An amount of memory.
fn size(text: &str) -> Result<String, String> {
    let digits = text.trim_end_matches(['K', 'M', 'G', 'T']);
    let is_number = (1..=12).contains(&digits.len()) && digits.bytes().all(|b| b.is_ascii_digit());
    if is_number && text.len() - digits.len() <= 1 {
        return Ok(text.to_owned());
    }
    Err("allowed: a whole number, with K, M, G or T after it if need be".to_owned())
}

/// A name of the cluster, or several.
fn name(text: &str) -> Result<String, String> {
    let is_allowed = |byte: u8| byte.is_ascii_alphanumeric() || b"_.,:@+-".contains(&byte);
    if !text.is_empty() && text.bytes().all(is_allowed) {
        return Ok(text.to_owned());
    }
    Err("allowed: letters, digits and _ . , : @ + -".to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;
    use clap::FromArgMatches;

    fn arguments(more: &[&str]) -> SlurmArguments {
        let words = ["slurm", "a b.toml", "--tasks", "3"];
        let command = SlurmArguments::augment_args(clap::Command::new("slurm"));
        let given = command.get_matches_from(words.iter().chain(more));
        SlurmArguments::from_arg_matches(&given).expect("valid")
    }

    #[test]
    fn what_is_asked_reaches_every_task() {
        let mut study: Vec<&str> = "--policy p --replications 9 --seed 7 --set"
            .split(' ')
            .collect();
        study.extend(["x=[1, 2]", "--lang", "nl", "--no-figures"]);
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

    #[test]
    fn what_stands_in_a_script_is_of_the_form_that_slurm_takes() {
        for text in ["90", "90:00", "02:00:00", "1-12", "1-12:30", "1-12:30:00"] {
            assert!(time(text).is_ok(), "{text}");
        }
        for text in [
            "",
            "foo",
            "1:2:3:4",
            "1-",
            "-1",
            "1-2-3",
            "1 2",
            "1\n2",
            "1-1:1:1:1",
        ] {
            assert!(time(text).is_err(), "{text:?} is no time");
        }
        assert!(name("gpu_mig,rome:a@b.c+d-1").is_ok(), "names");
        for text in ["", "a b$(id)", "a\nb", "a;b", "\u{e9}"] {
            assert!(name(text).is_err(), "{text:?} is no name");
        }
        assert!(size("8G").is_ok() && size("4096").is_ok(), "sizes");
        for text in ["", "G", "8GB", "8 G", "8G\n", "-8G"] {
            assert!(size(text).is_err(), "{text:?} is no size");
        }
    }
}
