package dev.fleetrunner.json;

import java.util.ArrayList;
import java.util.List;

/** Reads {@code cmd}: what Linux can execute. */
final class CommandReader {
    private static final int MAX_ARGUMENTS = 1024;

    /** Linux takes no string beyond 32 pages, its NUL included; the whole command is kept within the same. */
    static final int MAX_STRING = 128 * 1024;

    private CommandReader() {}

    static List<String> read(Value cmd) {
        List<String> command = new ArrayList<>();
        List<Value> items = cmd.items(MAX_ARGUMENTS);
        if (cmd.node().isArray() && cmd.node().isEmpty()) {
            cmd.fault("must not be empty", "name the program first, then its arguments");
        }
        for (Value item : items) {
            (item == items.get(0) ? item.filled(MAX_STRING) : item.text(MAX_STRING)).ifPresent(command::add);
        }
        int bytes = command.stream().mapToInt(part -> Unicode.bytes(part) + 1).sum();
        if (bytes > MAX_STRING) {
            cmd.fault("has " + bytes + " bytes in all", "keep it within 128 KiB; bring long scripts in a workspace");
        }
        return command;
    }
}
