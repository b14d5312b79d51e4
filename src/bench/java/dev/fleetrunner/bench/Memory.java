package dev.fleetrunner.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** How much memory a Java process uses. */
final class Memory {
    private static final Pattern RSS = Pattern.compile("VmRSS:\\s*([0-9]+) kB");
    private static final Pattern TOTAL = Pattern.compile("(?m)^Total\\s+[0-9]+\\s+([0-9]+)");
    private static final double KIB_PER_MIB = 1024;

    private Memory() {}

    /** All of it, by the kernel's count. */
    static double rssMiB(long pid) throws IOException {
        return number(RSS, Files.readString(Path.of("/proc", Long.toString(pid), "status"))) / KIB_PER_MIB;
    }

    /** What lives on its heap after a full collection. */
    static double liveHeapMiB(long pid) throws IOException, InterruptedException {
        String jcmd = Path.of(System.getProperty("java.home"), "bin", "jcmd").toString();
        String histogram = Command.output(jcmd, Long.toString(pid), "GC.class_histogram");
        return number(TOTAL, histogram) / KIB_PER_MIB / KIB_PER_MIB;
    }

    private static double number(Pattern pattern, String text) throws IOException {
        Matcher match = pattern.matcher(text);
        if (!match.find()) {
            throw new IOException("no memory figure in: " + text);
        }
        return Double.parseDouble(match.group(1));
    }
}
