#!/usr/bin/env bash
# Makes the page without a scenario, which `zorgdruk page` fills: target/zorgdruk-page.html, or the file that is
# given. Needs Rust with the target wasm32-unknown-unknown, and Node with npm.
set -euo pipefail
cd "$(dirname "$0")/.."
template=${1:-target/zorgdruk-page.html}

cargo build --locked --profile web --target wasm32-unknown-unknown -p zorgdruk-web
npm --prefix web ci --silent --no-audit --no-fund
npm --prefix web run --silent check
mkdir -p "$(dirname "$template")"
node web/bundle.mjs "${CARGO_TARGET_DIR:-target}/wasm32-unknown-unknown/web/zorgdruk_web.wasm" "$template"
