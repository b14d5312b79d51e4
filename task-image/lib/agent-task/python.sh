# shellcheck shell=bash
# Python: pytest, with JUnit XML and Cobertura through its own options, which commands of the caller get as well.

python_prepare() {
  # What PY_SETUP made, without everybody having to activate it.
  [ ! -d .venv/bin ] || export PATH="$PWD/.venv/bin:$PATH"
  # The older family of pytest's JUnit XML is the one that names file and line. To whichever pytest is started.
  printf -v PYTEST_ADDOPTS '%s -o junit_family=xunit1 --junitxml=%q' "${PYTEST_ADDOPTS:-}" "$REPORTS/pytest.xml"
  export PYTEST_ADDOPTS
}

# python_coverage: pytest-cov's options, a word each line. A project that measures coverage itself keeps its own scope and its own
# demands; of one that does not, nothing is demanded.
python_coverage() {
  python3 -c 'import pytest_cov' 2>/dev/null || return 0
  if grep -qs -- --cov pyproject.toml setup.cfg pytest.ini tox.ini; then
    echo "--cov-report=xml:$COVERAGE/cobertura.xml"
  else
    printf '%s\n' --cov --cov-fail-under=0 --cov-report= "--cov-report=xml:$COVERAGE/cobertura.xml"
  fi
}

python_pytest() {
  local options
  python3 -c 'import pytest' 2>/dev/null ||
    usage_fault "this Python has no pytest; set PY_SETUP to what installs it, as: python3 -m venv .venv && .venv/bin/pip install pytest"
  export COVERAGE_FILE="${COVERAGE_FILE:-${TMPDIR:-/tmp}/coverage.python}"
  mapfile -t options < <(python_coverage)
  run_step "$TASK" python3 -m pytest "${options[@]}" "$@"
}

# python_own COMMAND: one that begins with the Python here has its coverage measured; another's Python may not know how.
python_own() {
  local options
  if [[ "$1" =~ ^(pytest|python3?\ -m\ pytest)(\ |$) ]]; then
    mapfile -t options < <(python_coverage)
    [ "${#options[@]}" -eq 0 ] || PYTEST_ADDOPTS+="$(printf ' %q' "${options[@]}")"
    export COVERAGE_FILE="${COVERAGE_FILE:-${TMPDIR:-/tmp}/coverage.python}"
  fi
  run_step "$TASK" bash -c "$1"
}

python_unit() {
  if [ -d tests/unit ]; then
    python_pytest tests/unit
  else
    python_pytest --ignore=tests/integration --ignore=tests/e2e
  fi
}

python_integration() {
  if [ -d tests/integration ]; then python_pytest tests/integration; else python_pytest -m integration; fi
}

python_e2e() {
  if [ -d tests/e2e ]; then python_pytest tests/e2e; else python_pytest -m e2e; fi
}

# Python has nothing to build as such, so this finds what cannot be compiled, in every file.
python_build() {
  run_step build python3 -m compileall -q -x '/(\.venv|venv|node_modules|\.git)/' .
}

python_lint() {
  need_tool flake8
  run_step lint flake8 --extend-exclude=.venv,venv,node_modules .
}

python_format() {
  need_tool black
  run_step format black --check --diff --quiet .
}
