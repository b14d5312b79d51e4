"""Turns TAP (https://testanything.org) into JUnit XML: standard input to standard output. Other lines are passed over."""

import re

import junit

POINT = re.compile(r"^(not )?ok\b(?:\s+\d+)?(?:\s+-)?\s*(.*?)(?:\s+#\s*(skip\S*|todo)\b\s*(.*))?$", re.IGNORECASE)
FRAME = re.compile(r"^(TAP version \d+|1\.\.\d+.*|\s*(---|\.\.\.)\s*)$")
BAIL_OUT = re.compile(r"^Bail out!\s*(.*)$")


def parse(lines):
    """The comments around a failed test are its details: before it stand what it printed, after it the diagnosis."""
    suite = junit.Suite("tap")
    before, current = [], None
    for line in lines:
        if FRAME.match(line):
            continue
        if point := POINT.match(line):
            failed, name, directive, reason = point.groups()
            outcome = "skipped" if directive else "failed" if failed else "passed"
            current = junit.Case(name or f"test {len(suite.cases) + 1}", outcome, reason or "")
            suite.cases.append(current)
            if outcome == "failed":
                current.details = "\n".join(before)
            before = []
        elif bail := BAIL_OUT.match(line):
            suite.cases.append(junit.Case("Bail out!", "failed", bail.group(1), bail.group(1)))
        elif line.startswith(("#", "  ")) and current is not None and current.outcome == "failed":
            current.details += "\n" + line.lstrip("# ")
        elif line.strip():
            before.append(line)
    for case in suite.cases:
        if case.outcome == "failed":
            case.details = case.details.strip()
            case.message = case.message or next(iter(case.details.splitlines()), "")
    return [suite]


if __name__ == "__main__":
    junit.write(parse(junit.read_lines()))
