# The recipes that `.ci/run` consists of, one by one, and those that need further tools.

# Show the recipes.
default:
    @just --list

# All that must hold before a change is merged.
ci:
    .ci/run

# Format, lints, documentation.
check: fmt lint doc

# Compare the format with that of rustfmt.
fmt:
    cargo fmt --all --check

# Lint everything, and the library without its optional features.
lint:
    cargo clippy --locked --all-targets -- -D warnings
    cargo clippy --locked --lib --no-default-features -- -D warnings
    cargo clippy --locked -p zorgdruk-python -- -D warnings

# Build the documentation; a broken link is an error.
doc:
    RUSTDOCFLAGS='-D warnings' cargo doc --locked --no-deps

# Run all tests.
test:
    cargo test

# Run a scenario into a folder: `just run scenarios/small.toml output/small`.
run scenario out:
    cargo run --locked --release -- run {{ scenario }} --out {{ out }}

# Make a page of `small`, and use it in a browser.
page:
    cargo build --locked --release
    web/build.sh
    target/release/zorgdruk page scenarios/small.toml --out target/what-if.html --force
    node web/test/page.mjs target/what-if.html target/release/zorgdruk

# Measure speed, all of it or what is named; compare rows of one run only.
bench *options:
    cargo bench --locked {{ options }}

# Check spelling (typos), and licenses and advisories of dependencies (cargo-deny).
audit:
    typos
    cargo deny --locked check

# Kill runs, fill disks, resume, and compare every byte: `just faults 200 20`.
faults *options:
    cargo build --locked --release
    tests/faults/run.sh {{ options }}

# Run the scripts for a cluster on a Slurm of this machine; needs root and Debian's packages of Slurm.
slurm:
    cargo build --locked --release
    tests/slurm/run.sh

# Look for files that make the program panic: `just fuzz 600`, for one target `just fuzz 600 rows`.
fuzz *options:
    fuzz/run.sh {{ options }}

# Compare what debug, release and native builds store.
builds:
    tests/builds/run.sh
