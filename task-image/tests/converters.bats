#!/usr/bin/env bats
# What tools really wrote (samples/) becomes the reports that stand beside it.

load common

# converts PROGRAM INPUT OUTPUT [ARGUMENT...]
converts() {
  local program="$1" samples="$BATS_TEST_DIRNAME/samples" input="$2" output="$3"
  shift 3
  python3 "$LIBRARY/$program" "$@" <"$samples/$input" | diff -u "$samples/$output" -
}

@test "cargo test: failures, an ignored test, a panic that should be, doc tests, several programs" {
  converts cargo_to_junit.py cargo.log cargo.xml
}

@test "cargo test that does not compile is one failure, with the compiler's words" {
  converts cargo_to_junit.py cargo-broken.log cargo-broken.xml
}

@test "a test program that aborts is a failure, with the signal" {
  converts cargo_to_junit.py cargo-aborted.log cargo-aborted.xml
}

@test "TAP, with comments and with YAML" {
  converts tap_to_junit.py tap.log tap.xml
  converts tap_to_junit.py tap14.log tap14.xml
}

@test "Go's cover profile" {
  converts go_cover_to_lcov.py cover.out cover.info example.com/duration /workspace
}

@test "bytes that no XML can hold, and nothing at all" {
  printf 'not ok 1 - a\x00\x1b[31m\xff<&\n# why\x08\n' | python3 "$LIBRARY/tap_to_junit.py" |
    python3 -c 'import sys; from xml.etree import ElementTree as E; [case] = E.parse(sys.stdin.buffer).iter("testcase"); assert case.get("name").endswith("<&"), case.get("name")'
  python3 "$LIBRARY/cargo_to_junit.py" </dev/null | grep -q '<testsuites'
}
