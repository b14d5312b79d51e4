# shellcheck shell=bash
# C and C++: CMake and CTest, which writes JUnit XML, or a Makefile whose tests write TAP. gcovr turns gcc's counts into Cobertura.

# Not `build`, which may come with the project, made elsewhere and without what is asked for here.
C_BUILD="${C_BUILD_DIR:-.agent-task-build}"
C_LOG_FILE="${TMPDIR:-/tmp}/make-test.log"

c_is_cmake() {
  [ -f CMakeLists.txt ]
}

c_prepare() {
  rm -f "$C_LOG_FILE"
  if c_is_cmake; then
    # CMake takes these up when it configures a build directory for the first time.
    export CFLAGS="${CFLAGS:-} --coverage" CXXFLAGS="${CXXFLAGS:-} --coverage" LDFLAGS="${LDFLAGS:-} --coverage"
  else
    # A Makefile's own flags would be lost by others in the environment, or those by its own.
    export CC="${CC:-cc} --coverage" CXX="${CXX:-c++} --coverage"
  fi
}

# c_processors: as many as this container may use; nproc does not know of a quota (Linux, cgroup-v2.rst, cpu.max).
c_processors() {
  local quota="" period="" here
  here="$(nproc)"
  if [ -r /sys/fs/cgroup/cpu.max ]; then
    read -r quota period </sys/fs/cgroup/cpu.max
  elif [ -r /sys/fs/cgroup/cpu/cpu.cfs_quota_us ]; then
    quota="$(cat /sys/fs/cgroup/cpu/cpu.cfs_quota_us)" period="$(cat /sys/fs/cgroup/cpu/cpu.cfs_period_us)"
  fi
  if [[ "$quota" =~ ^[1-9][0-9]*$ ]] && [ "$((quota / period + 1))" -lt "$here" ]; then
    echo "$((quota / period + 1))"
  else
    echo "$here"
  fi
}

# c_ctest OPTIONS...
c_ctest() {
  need_tool cmake
  run_step configure cmake -S . -B "$C_BUILD" -DCMAKE_BUILD_TYPE="${CMAKE_BUILD_TYPE:-Debug}" || return
  run_step compile cmake --build "$C_BUILD" --parallel "$(c_processors)" || return
  run_step "$TASK" ctest --test-dir "$C_BUILD" --output-on-failure --no-tests=error --output-junit "$REPORTS/ctest.xml" "$@"
}

# c_has_target TARGET: by make's own database, as a directory of that name would do for `make -n`.
c_has_target() {
  { LC_ALL=C make -npq "$1" 2>/dev/null || true; } |
    awk -v target="$1:" '/^# Not a target/ { getline; next } index($0, target) == 1 { found = 1 } END { exit !found }'
}

# c_make TARGET...: the first of them that the Makefile has.
c_make() {
  local target
  any_file Makefile makefile GNUmakefile ||
    usage_fault "no CMakeLists.txt and no Makefile is in $PWD; set $(command_variable "$TASK"), or SUBDIR to where the project is"
  need_tool make
  for target in "$@"; do
    if c_has_target "$target"; then
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
    run_step build cmake --build "$C_BUILD" --parallel "$(c_processors)"
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
