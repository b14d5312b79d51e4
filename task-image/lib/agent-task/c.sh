# shellcheck shell=bash
# C and C++: CMake and CTest, which writes JUnit XML, or a Makefile whose tests write TAP. gcovr turns gcc's counts into Cobertura.

C_BUILD="${C_BUILD_DIR:-build}"
C_LOG_FILE="${TMPDIR:-/tmp}/make-test.log"

c_is_cmake() {
  [ -f CMakeLists.txt ]
}

c_prepare() {
  rm -f "$C_LOG_FILE"
  # CMake takes these up when it configures a build directory for the first time, make by its own rules.
  export CFLAGS="${CFLAGS:-} --coverage" CXXFLAGS="${CXXFLAGS:-} --coverage" LDFLAGS="${LDFLAGS:-} --coverage"
}

# c_ctest OPTIONS...
c_ctest() {
  need_tool cmake
  run_step configure cmake -S . -B "$C_BUILD" -DCMAKE_BUILD_TYPE="${CMAKE_BUILD_TYPE:-Debug}" || return
  run_step compile cmake --build "$C_BUILD" --parallel || return
  run_step "$TASK" ctest --test-dir "$C_BUILD" --output-on-failure --no-tests=error --output-junit "$REPORTS/ctest.xml" "$@"
}

# c_make TARGET...: the first of them that the Makefile has.
c_make() {
  local target
  any_file Makefile makefile GNUmakefile ||
    usage_fault "no CMakeLists.txt and no Makefile is in $PWD; set $(command_variable "$TASK"), or SUBDIR to where the project is"
  need_tool make
  for target in "$@"; do
    if make -n "$target" >/dev/null 2>&1; then
      run_recorded "$C_LOG_FILE" "$TASK" make "$target"
      return
    fi
  done
  usage_fault "the Makefile has no target $1; add it, or set $(command_variable "$TASK") to what is to be run"
}

c_unit() {
  if c_is_cmake; then c_ctest --label-exclude '^(integration|e2e)$'; else c_make test check; fi
}

c_integration() {
  if c_is_cmake; then c_ctest --label-regex '^integration$'; else c_make integration; fi
}

c_e2e() {
  if c_is_cmake; then c_ctest --label-regex '^e2e$'; else c_make e2e; fi
}

c_own() {
  run_recorded "$C_LOG_FILE" "$TASK" bash -c "$1"
}

c_gather() {
  [ ! -s "$C_LOG_FILE" ] || after_step reports c_tap
  after_step coverage c_coverage
}

c_tap() {
  ! grep -Eq '^(ok|not ok)\b' "$C_LOG_FILE" || python3 "$LIBRARY/tap_to_junit.py" <"$C_LOG_FILE" >"$REPORTS/tap.xml"
}

c_coverage() {
  [ -n "$(find . -name '*.gcda' -print -quit)" ] || return 0
  # What CMake compiled to find out about the compiler is nobody's code.
  gcovr --root . --exclude '.*/CMakeFiles/[0-9.]+/' --xml "$COVERAGE/cobertura.xml"
}

c_build() {
  if c_is_cmake; then
    run_step configure cmake -S . -B "$C_BUILD" || return
    run_step build cmake --build "$C_BUILD" --parallel
  else
    c_make all
  fi
}

c_lint() {
  need_tool cppcheck
  run_step lint cppcheck --quiet --enable=warning,performance,portability --error-exitcode=1 -i "$C_BUILD" .
}

c_format() {
  need_tool clang-format
  run_step format c_unformatted
}

c_unformatted() {
  find . \( -name "$C_BUILD" -o -name .git \) -prune -o \( -name '*.[ch]' -o -name '*.cc' -o -name '*.cpp' -o -name '*.hpp' \) -print0 |
    xargs -0 -r clang-format --dry-run --Werror
}
