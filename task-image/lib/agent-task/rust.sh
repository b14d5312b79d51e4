# shellcheck shell=bash
# Rust: what stable `cargo test` prints becomes JUnit XML, and LLVM's profiles become LCOV.

RUST_LOG_FILE="${TMPDIR:-/tmp}/cargo-test.log"
RUST_PROFILES="${TMPDIR:-/tmp}/rust-profiles"

rust_prepare() {
  rm -rf "$RUST_PROFILES" "$RUST_LOG_FILE"
  if rust_llvm_cov >/dev/null; then
    export LLVM_PROFILE_FILE="$RUST_PROFILES/%p-%m.profraw"
    # Cargo takes flags from one place only, and RUSTFLAGS before what the project's configuration says.
    if [ -n "${RUSTFLAGS:-}" ]; then
      export RUSTFLAGS="$RUSTFLAGS -C instrument-coverage"
    else
      export CARGO_BUILD_RUSTFLAGS="${CARGO_BUILD_RUSTFLAGS:-} -C instrument-coverage"
    fi
  fi
}

# rust_llvm_cov: the suffix of LLVM's tools of the version that rustc writes profiles for; Debian names them so.
rust_llvm_cov() {
  local version
  command -v rustc >/dev/null || return
  version="$(rustc -vV | sed -n 's/^LLVM version: \([0-9]*\).*/\1/p')"
  command -v "llvm-cov-$version" "llvm-profdata-$version" >/dev/null && echo "$version"
}

rust_unit() {
  rust_cargo_test
}

# Cargo's own name for the tests in tests/.
rust_integration() {
  rust_cargo_test --test '*'
}

rust_e2e() {
  rust_cargo_test --test '*e2e*'
}

# The names of the programs are on one stream and the outcomes on the other.
rust_cargo_test() {
  need_tool cargo
  run_recorded "$RUST_LOG_FILE" "$TASK" cargo test --no-fail-fast "$@"
}

rust_own() {
  run_recorded "$RUST_LOG_FILE" "$TASK" bash -c "$1"
}

rust_gather() {
  after_step reports rust_reports
  after_step coverage rust_coverage
}

rust_reports() {
  python3 "$LIBRARY/cargo_to_junit.py" <"$RUST_LOG_FILE" >"$REPORTS/cargo.xml"
}

rust_coverage() {
  local version programs=() program
  [ -d "$RUST_PROFILES" ] || return 0
  version="$(rust_llvm_cov)"
  while IFS= read -r program; do
    [ ! -x "$program" ] || programs+=(--object "$program")
  done < <(sed -n 's/^ *Running .* (\(.*\))$/\1/p' "$RUST_LOG_FILE")
  [ "${#programs[@]}" -gt 0 ] || return 0
  "llvm-profdata-$version" merge --sparse "$RUST_PROFILES"/*.profraw -o "$RUST_PROFILES/all.profdata"
  "llvm-cov-$version" export --format=lcov --instr-profile="$RUST_PROFILES/all.profdata" \
    --ignore-filename-regex='(\.cargo/|/rustc/|/vendor/)' "${programs[@]}" >"$COVERAGE/lcov.info"
}

rust_build() {
  need_tool cargo
  run_step build cargo build --all-targets
}

rust_lint() {
  need_tool cargo-clippy
  run_step lint cargo clippy --all-targets -- -D warnings
}

rust_format() {
  need_tool cargo-fmt
  run_step format cargo fmt --all --check
}
