package dev.fleetrunner.cli.output;

import java.io.BufferedInputStream;
import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Map;

/**
 * What the shell gives a command.
 *
 * @param in standard input
 * @param out standard output; for data
 * @param err standard error; for words to people
 * @param outIsTerminal whether somebody looks at standard output
 * @param errIsTerminal whether somebody looks at standard error
 * @param columns the terminal's width, 0 where there is none
 * @param environment the variables
 */
public record Shell(
        InputStream in,
        OutputStream out,
        OutputStream err,
        boolean outIsTerminal,
        boolean errIsTerminal,
        int columns,
        Map<String, String> environment) {

    /**
     * Of this process. Java cannot tell of each stream whether it is a terminal, so the file's stub says it in
     * {@code cli.terminals}: the numbers of those that are.
     */
    public static Shell ofProcess() {
        String terminals = System.getProperty("cli.terminals", "");
        // Not System.out: it swallows the error that tells that nobody reads any more.
        return new Shell(
                new BufferedInputStream(new FileInputStream(FileDescriptor.in)),
                new FileOutputStream(FileDescriptor.out),
                new FileOutputStream(FileDescriptor.err),
                terminals.contains("1"),
                terminals.contains("2"),
                Integer.getInteger("cli.columns", 0),
                System.getenv());
    }

    /** A variable; null if it is not set, or empty. */
    public String variable(String name) {
        String value = environment.get(name);
        return value == null || value.isEmpty() ? null : value;
    }
}
