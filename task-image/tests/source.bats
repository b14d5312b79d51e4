#!/usr/bin/env bats
# Cloning: any kind of reference, from real repositories.

load common

# A repository with two commits: "one" is tagged, "two" is on main, "side" on a branch.
make_repository() {
  local git=(git -C "$BATS_TEST_TMPDIR/origin" -c user.name=Test -c user.email=test@example.com)
  git init -q -b main "$BATS_TEST_TMPDIR/origin"
  echo one >"$BATS_TEST_TMPDIR/origin/file"
  "${git[@]}" add file
  "${git[@]}" commit -qm one
  "${git[@]}" tag v1
  first="$("${git[@]}" rev-parse HEAD)"
  "${git[@]}" checkout -q -b feature/side
  echo side >"$BATS_TEST_TMPDIR/origin/file"
  "${git[@]}" commit -qam side
  "${git[@]}" checkout -q main
  echo two >"$BATS_TEST_TMPDIR/origin/file"
  "${git[@]}" commit -qam two
}

# contents NAME=VALUE...: of the file that was checked out.
contents() {
  rm -rf "$BATS_TEST_TMPDIR/clone"
  agent TASK=custom TEST_CMD='cat file' WORKDIR="$BATS_TEST_TMPDIR/clone" "$@"
  [ "$status" -eq 0 ]
  grep -v '^{' <<<"$output" | tail -n 1
}

@test "the default branch, a branch, a tag and commits" {
  make_repository
  for url in "$BATS_TEST_TMPDIR/origin" "file://$BATS_TEST_TMPDIR/origin"; do
    [ "$(contents REPO_URL="$url")" = two ]
    [ "$(contents REPO_URL="$url" REF=main)" = two ]
    [ "$(contents REPO_URL="$url" REF=feature/side)" = side ]
    [ "$(contents REPO_URL="$url" REF=v1)" = one ]
    [ "$(contents REPO_URL="$url" REF="$first")" = one ]
    [ "$(contents REPO_URL="$url" REF="${first:0:10}")" = one ]
  done
}

@test "a bundle" {
  make_repository
  git -C "$BATS_TEST_TMPDIR/origin" bundle create -q "$BATS_TEST_TMPDIR/all.bundle" --all
  [ "$(contents REPO_URL="$BATS_TEST_TMPDIR/all.bundle")" = two ]
  [ "$(contents REPO_URL="$BATS_TEST_TMPDIR/all.bundle" REF=v1)" = one ]
}

@test "a repository that is not there, and a reference that it has not" {
  make_repository
  agent TASK=custom TEST_CMD=true WORKDIR="$BATS_TEST_TMPDIR/clone" REPO_URL="$BATS_TEST_TMPDIR/nowhere"
  [ "$status" -ne 0 ]
  said "'could not get the default branch of' in line['message']"
  agent TASK=custom TEST_CMD=true WORKDIR="$BATS_TEST_TMPDIR/clone2" REPO_URL="$BATS_TEST_TMPDIR/origin" REF=nothing
  [ "$status" -ne 0 ]
  said "'could not get nothing of' in line['message']"
}

@test "a token in the address is not told" {
  agent TASK=custom TEST_CMD=true WORKDIR="$BATS_TEST_TMPDIR/clone" REPO_URL=https://me:SECRET@127.0.0.1:1/origin.git
  [ "$status" -ne 0 ]
  said "'of https://127.0.0.1:1/origin.git' in line['message']"
  [[ "$output" != *SECRET* ]]
}
