package dev.fleetrunner.mcp.tool;

import dev.fleetrunner.async.Later;
import dev.fleetrunner.json.Value;
import dev.fleetrunner.logs.LogGrep;
import dev.fleetrunner.logs.LogQuery;
import dev.fleetrunner.logs.LogStream;
import dev.fleetrunner.mcp.answer.Answer;
import dev.fleetrunner.mcp.answer.LogLine;
import dev.fleetrunner.mcp.answer.LogPage;
import dev.fleetrunner.mcp.call.AgentTool;
import dev.fleetrunner.mcp.call.Arguments;
import dev.fleetrunner.mcp.call.ToolCall;
import dev.fleetrunner.mcp.wait.Waiting;
import dev.fleetrunner.pipeline.OpenLog;
import dev.fleetrunner.pipeline.TaskView;
import dev.fleetrunner.pipeline.Tasks;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/** Lines of a log from a number on, or the last ones; if there are none yet, it waits for some as long as a call may. */
@Singleton
class StreamLogs implements AgentTool {
    private static final int USUAL_BYTES = 16_000;
    private static final int LARGEST = 1_000_000_000;
    private static final int MOST_TAIL = 5000;
    private static final int PATTERN = 1000;

    private final Tasks tasks;
    private final Waiting waiting;

    StreamLogs(Tasks tasks, Waiting waiting) {
        this.tasks = tasks;
        this.waiting = waiting;
    }

    /** What is wanted of the log. */
    private record Wish(ToolCall call, String task, LogQuery query, Duration patience, int maxBytes) {
        boolean fromEnd() {
            return query.tail() != LogQuery.ALL;
        }
    }

    @Override
    public String name() {
        return "stream_logs";
    }

    @Override
    public Uni<Answer> call(ToolCall call) {
        Arguments arguments = call.arguments();
        String task = arguments.taskId();
        LogQuery query = LogQuery.from(arguments.integer("from", 1, LARGEST, 1));
        int tail = arguments.integer("tail", 0, MOST_TAIL, 0);
        query = tail == 0 ? query : query.withTail(tail);
        String grep = arguments.text("grep", PATTERN);
        query = grep == null ? query : query.withGrep(LogGrep.text(grep));
        query = query.withStream(stream(arguments));
        var wish = new Wish(call, task, query, arguments.wait(0), arguments.maxBytes(USUAL_BYTES));
        arguments.complete();
        return page(wish)
                .chain(page -> page.lines().isEmpty()
                                && !page.status().terminal()
                                && !wish.patience().isZero()
                        ? oneLine(wish).chain(() -> page(wish))
                        : Uni.createFrom().item(page))
                .map(page -> page.within(wish.maxBytes()));
    }

    private static LogStream stream(Arguments arguments) {
        return arguments
                .find("stream")
                .flatMap((Value value) -> value.oneOf(List.of(LogStream.STDOUT.word(), LogStream.STDERR.word())))
                .map(word -> word.equals(LogStream.STDOUT.word()) ? LogStream.STDOUT : LogStream.STDERR)
                .orElse(null);
    }

    /** Completes with the first line that comes, or when the task is over, or after the time that one may wait. */
    private Uni<Void> oneLine(Wish wish) {
        Uni<Void> line = Later.stream(
                        tasks.log(wish.call().caller(), wish.task()).map(log -> log.follow(wish.query())))
                .toUni()
                .replaceWithVoid();
        return waiting.whileThere(
                wish.call(), line.ifNoItem().after(wish.patience()).recoverWithItem((Void) null));
    }

    private Uni<LogPage> page(Wish wish) {
        return tasks.get(wish.call().caller(), wish.task())
                .chain(task -> tasks.log(wish.call().caller(), wish.task()).chain(log -> page(wish, task, log)));
    }

    private static Uni<LogPage> page(Wish wish, TaskView task, OpenLog log) {
        int room = LogPage.room(wish.maxBytes());
        var left = new AtomicInteger(wish.fromEnd() ? Integer.MAX_VALUE : room);
        return log.read(wish.query())
                .map(entry -> LogLine.of(entry, room / 2))
                .select()
                .first(line -> left.getAndAdd(-line.size()) >= 0)
                .collect()
                .asList()
                .map(lines -> new LogPage(
                        wish.task(), task.row().status(), log.info(), lines, left.get() >= 0, wish.fromEnd()));
    }
}
