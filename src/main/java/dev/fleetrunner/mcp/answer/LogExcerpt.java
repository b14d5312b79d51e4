package dev.fleetrunner.mcp.answer;

import dev.fleetrunner.logs.LogInfo;
import dev.fleetrunner.logs.LogQuery;
import dev.fleetrunner.logs.LogRecord;
import dev.fleetrunner.pipeline.OpenLog;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import java.util.List;

/**
 * The beginning and the end of a log.
 *
 * @param head lines from the first on
 * @param tail the last lines; they follow the head at once if the log has no more than both
 * @param records how many lines the log has
 */
public record LogExcerpt(LogInfo info, List<LogLine> head, List<LogLine> tail, long records) {
    private static final int HEAD = 100;
    private static final int TAIL = 300;
    /** What saying that lines are left out takes. */
    private static final int MARK = 140;

    /** Reads it: a bounded number of lines, however long the log is. */
    public static Uni<LogExcerpt> of(OpenLog log) {
        LogInfo info = log.info();
        long records = info.records();
        if (records == 0) {
            return Uni.createFrom().item(new LogExcerpt(info, List.of(), List.of(), 0));
        }
        long first = Math.max(1, records - TAIL + 1);
        Uni<List<LogLine>> tail = lines(log.read(LogQuery.from(first).withLimit(TAIL)));
        if (first == 1) {
            return tail.map(all -> new LogExcerpt(info, List.of(), all, records));
        }
        long most = Math.min(HEAD, first - 1);
        return lines(log.read(LogQuery.all().withLimit(most)))
                .chain(head -> tail.map(last -> new LogExcerpt(info, head, last, records)));
    }

    private static Uni<List<LogLine>> lines(Multi<LogRecord> records) {
        return records.map(LogLine::of).collect().asList();
    }

    /** As much of both ends as fits into so many bytes of JSON, three quarters of them for the end. */
    Fitted within(int bytes, boolean withHead) {
        if (records == tail.size() && size(tail) <= bytes) {
            return new Fitted(List.of(), tail, records);
        }
        int room = bytes - MARK;
        int begin = fittingEnd(withHead ? room * 3 / 4 : room);
        List<LogLine> end = tail.subList(begin, tail.size());
        List<LogLine> first = head.isEmpty() ? tail.subList(0, begin) : head;
        return new Fitted(withHead ? fittingBegin(first, room - size(end)) : List.of(), end, records);
    }

    private int fittingEnd(int bytes) {
        int room = bytes;
        int at = tail.size();
        while (at > 0 && room >= tail.get(at - 1).size()) {
            room -= tail.get(--at).size();
        }
        return at;
    }

    private static List<LogLine> fittingBegin(List<LogLine> lines, int bytes) {
        int room = bytes;
        int at = 0;
        while (at < lines.size() && room >= lines.get(at).size()) {
            room -= lines.get(at++).size();
        }
        return lines.subList(0, at);
    }

    private static int size(List<LogLine> lines) {
        return lines.stream().mapToInt(LogLine::size).sum();
    }

    /** What fitted of both ends. */
    record Fitted(List<LogLine> head, List<LogLine> tail, long records) {

        /** How many lines are left out between the ends. */
        long omitted() {
            return records - head.size() - tail.size();
        }

        /** The first of them. */
        long firstOmitted() {
            return head.isEmpty() ? 1 : head.get(head.size() - 1).seq() + 1;
        }

        /** The lines, and where some are left out, the call that gets them. */
        String text(String taskId) {
            var text = new StringBuilder();
            head.forEach(line -> text.append(line.text()).append('\n'));
            if (omitted() > 0) {
                text.append("[… ")
                        .append(Count.of(omitted(), "line"))
                        .append(" left out: ")
                        .append(rest(taskId).call())
                        .append(" …]\n");
            }
            tail.forEach(line -> text.append(line.text()).append('\n'));
            return text.toString();
        }

        Handle rest(String taskId) {
            return Handle.of("the lines left out", "stream_logs", taskId, "from", firstOmitted());
        }
    }
}
