#!/usr/bin/env bash
# Everything that must hold before a change lands: format, lints, tests, documentation.
set -euo pipefail
cd "$(dirname "$0")"

say() { printf '\n== %s\n' "$1"; }

say "format"
cargo fmt --check
say "lints"
cargo clippy --all-targets -- -D warnings
say "tests"
cargo test
say "documentation"
RUSTDOCFLAGS="-D warnings" cargo doc --no-deps --lib --quiet
