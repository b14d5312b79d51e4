package dev.fleetrunner.report;

import java.io.IOException;
import java.io.Reader;

/** LCOV's tracefile: of each source file LF and LH, or else its DA lines. */
final class LcovReport {
    private final Lines lines;
    private final LineTally tally;
    private long found = -1;
    private long hit = -1;
    private long counted;
    private long countedHit;
    private boolean open;

    LcovReport(Reader text, LineTally tally) {
        this.lines = new Lines(text);
        this.tally = tally;
    }

    void read() throws IOException {
        String line;
        while ((line = lines.next()) != null) {
            if (line.startsWith("SF:")) {
                open = true;
            } else if (line.startsWith("DA:")) {
                counted++;
                countedHit += executed(line) ? 1 : 0;
            } else if (line.startsWith("LF:")) {
                found = LineTally.count(line.substring(3));
            } else if (line.startsWith("LH:")) {
                hit = LineTally.count(line.substring(3));
            } else if (line.startsWith("end_of_record")) {
                endOfFile();
            }
        }
        if (open) {
            throw new Malformed("it is cut off in the middle of a record");
        }
    }

    private void endOfFile() {
        boolean told = found >= 0 && hit >= 0 && hit <= found;
        tally.add(told ? hit : countedHit, told ? found : counted);
        found = -1;
        hit = -1;
        counted = 0;
        countedHit = 0;
        open = false;
    }

    /** {@code DA:line,count[,checksum]}; a count of hits may be negative or too long for a number in damaged data. */
    private static boolean executed(String line) {
        int from = line.indexOf(',') + 1;
        return from > 0 && from < line.length() && line.charAt(from) >= '1' && line.charAt(from) <= '9';
    }
}
