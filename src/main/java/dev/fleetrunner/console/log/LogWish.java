package dev.fleetrunner.console.log;

import dev.fleetrunner.pipeline.Values;
import org.jboss.resteasy.reactive.RestQuery;

/** Which part of a log a reader wants to begin with, as the page's address says it; the end if it says nothing. */
public class LogWish {
    @RestQuery
    String line;

    @RestQuery
    String from;

    @RestQuery
    String find;

    /** The line to show and mark; 0 for none. */
    long line() {
        return number("line", line);
    }

    /** The first line to show; 0 for none. */
    long from() {
        return number("from", from);
    }

    /** What to find; null for nothing. */
    String find() {
        return find == null || find.isEmpty() ? null : LogSearch.checked(find);
    }

    private static long number(String name, String text) {
        Long number = text == null || text.isEmpty() ? null : Values.number(name, text, 1, Values.LARGEST);
        return number == null ? 0 : number;
    }
}
