"""Turns Go's cover profile into LCOV: go_cover_to_lcov.py MODULE DIRECTORY, standard input to standard output.

The profile's lines are `file:line.column,line.column statements count` (golang.org/x/tools/cover); LCOV wants a count for
each line (geninfo(1)). A line that belongs to several blocks was run if any of them was.
"""

import os
import re
import sys
from collections import defaultdict

BLOCK = re.compile(r"^(.+):(\d+)\.\d+,(\d+)\.\d+ (\d+) (\d+)$")


def read(lines):
    files = defaultdict(dict)
    for line in lines:
        block = BLOCK.match(line.rstrip())
        if block and int(block.group(4)) > 0:
            counts = files[block.group(1)]
            for number in range(int(block.group(2)), int(block.group(3)) + 1):
                counts[number] = max(counts.get(number, 0), int(block.group(5)))
    return files


def main():
    module, directory = sys.argv[1:]
    for name, counts in sorted(read(sys.stdin).items()):
        # Profiles name files by their packages; people and tools look for them on the disk.
        if name.startswith(module + "/"):
            name = os.path.join(directory, name[len(module) + 1 :])
        print(f"SF:{name}")
        for number, count in sorted(counts.items()):
            print(f"DA:{number},{count}")
        print(f"LF:{len(counts)}")
        print(f"LH:{sum(count > 0 for count in counts.values())}")
        print("end_of_record")


if __name__ == "__main__":
    main()
