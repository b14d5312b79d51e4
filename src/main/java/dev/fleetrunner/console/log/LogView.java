package dev.fleetrunner.console.log;

import dev.fleetrunner.console.log.Matches.Match;
import dev.fleetrunner.contract.Caller;
import dev.fleetrunner.logs.LogInfo;
import dev.fleetrunner.pipeline.OpenLog;
import dev.fleetrunner.pipeline.Tasks;
import dev.fleetrunner.web.Address;
import io.smallrye.mutiny.Uni;
import java.util.ArrayList;
import java.util.List;

/**
 * The part of a log that a task's page begins with, and the ways to the others.
 *
 * @param id the task's
 * @param total how many lines there are
 * @param live whether more may come
 * @param marked the number of the line that is marked; 0 for none
 * @param find what is looked for; empty for nothing
 * @param says what came of the wish; null if there is nothing to say
 * @param began when the first line came; null if there is none
 */
public record LogView(
        String id, List<LogLine> lines, long total, boolean live, long marked, String find, String says, String began) {
    /** How many lines a page has. */
    public static final int LINES = 500;

    /** A way to another part. */
    public record Part(String name, String href) {}

    /** The part of a task's log that a reader wants; refused with {@code INVALID_REQUEST} for what no log has. */
    public static Uni<LogView> of(Tasks tasks, Caller caller, String id, LogWish wish) {
        return tasks.log(caller, id).chain(log -> {
            long line = wish.line();
            String find = wish.find();
            if (find == null || line > 0) {
                return view(id, log, wish, line, null);
            }
            return LogSearch.find(log, find, 0, false).chain(match -> view(id, log, wish, match.line(), words(match)));
        });
    }

    private static Uni<LogView> view(String id, OpenLog log, LogWish wish, long line, String says) {
        LogInfo info = log.info();
        long total = info.records();
        long end = Math.max(1, total - LINES + 1);
        long first = wish.from() > 0 ? wish.from() : line > 0 ? line - LINES / 2 : end;
        String find = wish.find() == null ? "" : wish.find();
        String told = line > total ? "The log has " + total + " lines; there is no line " + line + "." : says;
        return Uni.combine()
                .all()
                .unis(LogReader.lines(log, Math.max(1, Math.min(first, end)), LINES), LogReader.lines(log, 1, 1))
                .with((lines, begin) -> new LogView(
                        id,
                        lines,
                        lines.isEmpty()
                                ? total
                                : Math.max(total, lines.get(lines.size() - 1).seq()),
                        !info.sealed(),
                        line > total ? 0 : line,
                        find,
                        told,
                        begin.isEmpty() ? null : begin.get(0).at()));
    }

    private static String words(Match match) {
        return match.line() == 0
                ? "Nothing in the log has this text."
                : "Line " + match.line() + " is the first of " + match.count() + " with this text.";
    }

    /** Whether the part is not the end. */
    public boolean elsewhere() {
        return last() < total;
    }

    /** The number of the part's first line. */
    public long first() {
        return lines.isEmpty() ? 1 : lines.get(0).seq();
    }

    /** The number of the part's last line. */
    public long last() {
        return lines.isEmpty() ? 0 : lines.get(lines.size() - 1).seq();
    }

    /** The ways to the parts before and behind this one. */
    public List<Part> parts() {
        List<Part> parts = new ArrayList<>();
        if (first() > 1) {
            parts.add(new Part("First lines", href(1)));
            parts.add(new Part("Earlier lines", href(Math.max(1, first() - LINES))));
        }
        if (elsewhere()) {
            parts.add(new Part("Later lines", href(last() + 1)));
            parts.add(new Part("Last lines", "/tasks/" + id + "#log"));
        }
        return parts;
    }

    private String href(long from) {
        return "/tasks/" + id + "?from=" + from + "#log";
    }

    /** The address of a page that shows and marks a line, and still knows what was looked for. */
    static String marking(String id, long line, String find) {
        String query = find == null ? "" : "&find=" + Address.encoded(find);
        return "/tasks/" + id + "?line=" + line + query + "#L" + line;
    }
}
