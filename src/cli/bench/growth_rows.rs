//! How costs grow, as tables for the terminal and as CSV.

use core::fmt::Write;

use crate::cli::bench::rows::{machine, table};
use crate::cli::bench::scale::{Growth, Line, QUANTITIES, Size};
use crate::cli::csv_table::CsvTable;
use crate::report::cell::Cell;
use crate::report::terminal::wrapped;

const N: usize = QUANTITIES.len();

pub(super) fn text(growths: &[Growth]) -> String {
    let mut text = machine();
    for growth in growths {
        let sizes = table(
            [
                "times",
                "",
                "world ms",
                "a policy ms",
                "replication ms",
                "MB",
            ],
            growth
                .lines
                .iter()
                .flat_map(|line| line.sizes.iter().map(|size| size_row(line, size))),
        );
        let exponents = table(
            ["grows with", "world", "a policy", "replication", "memory"],
            growth.lines.iter().map(exponent_row),
        );
        let _ = writeln!(
            text,
            "\n{}: one replication on one thread, by size:\n\n{sizes}\nExponents: 1 is in proportion:\n\n{exponents}",
            growth.scenario
        );
        for sentence in growth.lines.iter().flat_map(refused) {
            let _ = writeln!(text, "{}", wrapped(&sentence));
        }
    }
    text
}

/// What is not measured, and why.
fn refused(line: &Line) -> impl Iterator<Item = String> {
    let name = line.axis.name();
    let sentence =
        move |n: &u16| format!("{n} times as many {name} are more than a scenario may have.");
    line.refused.iter().map(sentence)
}

fn size_row(line: &Line, size: &Size) -> [String; N + 2] {
    let costs = size
        .costs
        .map(|cost| cost.map_or_else(String::new, |cost| format!("{cost:.2}")));
    let [world, policy, replication, memory] = costs;
    let name = line.axis.name().to_owned();
    [
        size.factor.to_string(),
        name,
        world,
        policy,
        replication,
        memory,
    ]
}

fn exponent_row(line: &Line) -> [String; N + 1] {
    let exponent = |quantity| {
        let exponent = line.exponent(quantity);
        exponent.map_or_else(String::new, |exponent| format!("{exponent:.2}"))
    };
    [
        line.axis.name().to_owned(),
        exponent(0),
        exponent(1),
        exponent(2),
        exponent(3),
    ]
}

/// One number per row; exponents have no factor.
pub(super) fn csv(growths: &[Growth]) -> CsvTable {
    let mut table = CsvTable::new("scenario grows_with factor quantity value unit");
    for growth in growths {
        for line in &growth.lines {
            for row in csv_rows(line) {
                let place = [growth.scenario.clone(), line.axis.name().to_owned()];
                table.push(place.map(Cell::from).into_iter().chain(row).collect());
            }
        }
    }
    table
}

/// Factor, quantity, value and unit of what is known along a line.
fn csv_rows(line: &Line) -> Vec<[Cell<'static>; 4]> {
    let mut rows = Vec::new();
    for (at, (quantity, unit)) in QUANTITIES.into_iter().enumerate() {
        let sizes = line.sizes.iter().map(|size| {
            let factor = i128::from(size.factor);
            (Cell::Whole(factor), size.costs[at], unit)
        });
        let exponent = (Cell::Empty, line.exponent(at), "exponent");
        for (factor, value, unit) in sizes.chain([exponent]) {
            rows.extend(value.map(|value| [factor, quantity.into(), value.into(), unit.into()]));
        }
    }
    rows
}
