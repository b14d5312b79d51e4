# shellcheck shell=bash
# Go: gotestsum runs `go test` and writes JUnit XML; the cover profile becomes LCOV.

go_prepare() {
  GO_PROFILE="${TMPDIR:-/tmp}/cover.go.out"
  GO_TESTSUM=(gotestsum --format standard-quiet --junitfile "$REPORTS/go.xml" -- "-coverprofile=$GO_PROFILE")
}

go_test() {
  need_tool go
  need_tool gotestsum
  run_step "$TASK" "${GO_TESTSUM[@]}" "$@"
}

go_unit() {
  go_test ./...
}

# The usual way to keep such tests apart in Go is a build tag.
go_integration() {
  go_test -tags=integration ./...
}

go_e2e() {
  go_test -tags=e2e ./...
}

# go_own COMMAND: one that begins with `go test` gets the same reports; another has to write its own.
go_own() {
  local command="$1"
  if [[ "$command" =~ ^go\ test(\ |$) ]] && command -v gotestsum >/dev/null; then
    command="$(printf '%q ' "${GO_TESTSUM[@]}")${command#go test}"
  fi
  run_step "$TASK" bash -c "$command"
}

go_gather() {
  [ ! -s "$GO_PROFILE" ] || after_step coverage go_lcov
}

go_lcov() {
  python3 "$LIBRARY/go_cover_to_lcov.py" "$(go list -m)" "$PWD" <"$GO_PROFILE" >"$COVERAGE/lcov.info"
}

go_build() {
  need_tool go
  run_step build go build ./...
}

go_lint() {
  need_tool go
  run_step lint go vet ./...
}

go_format() {
  need_tool gofmt
  run_step format go_unformatted
}

# gofmt ends with 0 whatever it finds.
go_unformatted() {
  local changes
  changes="$(find . \( -name vendor -o -name .git \) -prune -o -name '*.go' -exec gofmt -d {} +)" || return
  [ -z "$changes" ] || {
    echo "$changes"
    return 1
  }
}
