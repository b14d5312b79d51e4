# shellcheck shell=bash
# Java: Maven, or Gradle where the project has its wrapper. Both write JUnit XML for each class; JaCoCo rides along
# where the project does not run it itself.

JAVA_STAMP="${TMPDIR:-/tmp}/java.began"

java_is_gradle() {
  [ ! -f pom.xml ] && any_file build.gradle build.gradle.kts
}

java_prepare() {
  touch "$JAVA_STAMP"
}

java_tool() {
  if java_is_gradle; then
    [ -x ./gradlew ] || usage_fault "this project has no gradlew and this image no Gradle; add the wrapper, or set JAVA_TEST_CMD or BUILD_CMD"
  else
    need_tool mvn
  fi
}

# java_run GOALS...
java_run() {
  java_tool
  if java_is_gradle; then
    run_step "$TASK" ./gradlew --no-daemon --console=plain "$@"
  else
    run_step "$TASK" mvn -B -ntp "$@"
  fi
}

# java_pom_says TEXT: in the project's own pom.xml or a module's.
java_pom_says() {
  grep -rqsF --include=pom.xml "$1" .
}

# java_jacoco GOAL: that goal of JaCoCo's plugin, or nothing where the project runs it itself or this image has none.
java_jacoco() {
  if [ -n "${JACOCO_PLUGIN:-}" ] && ! java_pom_says jacoco-maven-plugin; then
    echo "$JACOCO_PLUGIN:$1"
  fi
}

# java_tests GOAL [OPTION...]
java_tests() {
  local agent
  agent="$(java_jacoco prepare-agent)"
  # It adds to what it finds, and a kept target/ has what the last run covered.
  [ -z "$agent" ] || find . -path '*/target/jacoco.exec' -delete
  java_run ${agent:+"$agent"} "$@"
}

java_unit() {
  if java_is_gradle; then java_run test; else java_tests test; fi
}

# Failsafe's tests run in `verify`; Gradle has no task of a name that all agree on, and these are the usual ones.
java_integration() {
  if java_is_gradle; then java_run integrationTest; else java_tests verify; fi
}

java_e2e() {
  if java_is_gradle; then
    java_run e2eTest
  else
    # Maven itself only warns of a profile that is not there.
    java_pom_says '<id>e2e</id>' || usage_fault "no pom.xml has a profile e2e; add it, or set TEST_CMD to what is to be run"
    java_tests verify -Pe2e
  fi
}

java_build() {
  if java_is_gradle; then java_run assemble; else java_run package -DskipTests; fi
}

java_lint() {
  if java_is_gradle; then
    java_run check -x test
  else
    java_run test-compile -Dmaven.compiler.showWarnings=true -Dmaven.compiler.failOnWarning=true
  fi
}

java_gather() {
  after_step reports java_reports
  after_step coverage java_coverage
}

# java_fresh PATH_PATTERN...: files below that this run has written: a kept target/ has those of the last one, too.
java_fresh() {
  local pattern
  for pattern in "$@"; do
    find . -path "$pattern" -type f -newer "$JAVA_STAMP" -print0
  done
}

# copy_flat DIRECTORY: the files whose names come on standard input, with the names of their modules in front.
copy_flat() {
  local file name
  while IFS= read -r -d '' file; do
    name="${file#./}"
    name="${name//target\/surefire-reports\//}"
    name="${name//target\/failsafe-reports\//}"
    name="${name//build\/test-results\//}"
    name="${name//target\/site\/jacoco\//}"
    cp "$file" "$1/${name//\//-}"
  done
}

java_reports() {
  rm -f "$REPORTS"/*TEST-*.xml
  java_fresh '*/target/surefire-reports/TEST-*.xml' '*/target/failsafe-reports/TEST-*.xml' \
    '*/build/test-results/*/TEST-*.xml' | copy_flat "$REPORTS"
}

java_coverage() {
  local report
  rm -f "$COVERAGE"/*jacoco*.xml
  report="$(java_jacoco report)"
  # Its own run, as a failed test ends the other one before.
  if [ -n "$report" ] && ! java_is_gradle && [ -n "$(java_fresh '*/target/jacoco.exec')" ]; then
    mvn -B -q -ntp "$report" || return
  fi
  java_fresh '*/target/site/jacoco*/jacoco*.xml' '*/build/reports/jacoco/*/*.xml' | copy_flat "$COVERAGE"
}
