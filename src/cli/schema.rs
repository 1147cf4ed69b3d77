//! `schema`: the JSON Schema by which an editor completes and checks a scenario or a policy.

use clap::Args;

use crate::cli::failure::Failure;
use crate::cli::output::print;
use crate::scenario::schema as json;

/// Print the JSON Schema of scenarios, by which an editor completes and checks keys
#[derive(Debug, Args)]
pub(crate) struct SchemaArguments {
    /// Print that of a file with one policy
    #[arg(long)]
    policy: bool,
}

pub(crate) fn schema(arguments: &SchemaArguments) -> Result<(), Failure> {
    let schema = if arguments.policy {
        json::policy()
    } else {
        json::scenario()
    };
    print(&format!("{schema:#}\n"))
}
