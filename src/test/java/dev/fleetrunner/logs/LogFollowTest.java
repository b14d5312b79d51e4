package dev.fleetrunner.logs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.helpers.test.AssertSubscriber;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class LogFollowTest extends WithLogStore {
    private static final int LINES = 5_000;

    @Test
    void aFollowerSeesEverythingInOrderWhileItIsWritten() {
        AssertSubscriber<LogRecord> follower = follow(LogQuery.all(), Long.MAX_VALUE);
        LogWriter writer = open();

        append(writer, manyChunks());
        await().atMost(SOON).until(() -> follower.getItems().size() == LINES);
        seal(writer);

        follower.awaitCompletion(SOON);
        assertThat(texts(follower)).isEqualTo(lines(1, LINES));
    }

    @Test
    void whoDoesNotAskCostsTheWriterNothing() {
        LogWriter writer = open();
        AssertSubscriber<LogRecord> slow = follow(LogQuery.all(), 0);

        append(writer, manyChunks());
        LogInfo sealed = seal(writer);

        assertThat(sealed.records()).isEqualTo(LINES);
        assertThat(slow.getItems()).isEmpty();
        slow.request(3).awaitItems(3, SOON);
        assertThat(texts(slow)).isEqualTo(lines(1, 3));
        slow.request(Long.MAX_VALUE).awaitCompletion(SOON);
        assertThat(slow.getItems()).hasSize(LINES);
    }

    @Test
    void aFollowerResumesBehindTheRecordThatItSawLast() {
        LogWriter writer = open();
        append(writer, out("line 1\nline 2\nline 3\n"));
        AssertSubscriber<LogRecord> resumed = follow(LogQuery.from(3), Long.MAX_VALUE);
        AssertSubscriber<LogRecord> ahead = follow(LogQuery.from(5), Long.MAX_VALUE);
        resumed.awaitItems(1, SOON);

        append(writer, out("line 4\nline 5\n"));
        seal(writer);

        resumed.awaitCompletion(SOON);
        ahead.awaitCompletion(SOON);
        assertThat(texts(resumed)).isEqualTo(lines(3, 5));
        assertThat(texts(ahead)).isEqualTo(lines(5, 5));
    }

    @Test
    void aFollowerMayBeginWithTheTailAndChooseWhatItSees() {
        LogWriter writer = open();
        append(writer, out("line 1\nline 2\n"), err("warning 1\n"), out("line 3\n"));
        AssertSubscriber<LogRecord> tail = follow(LogQuery.all().withTail(1), Long.MAX_VALUE);
        AssertSubscriber<LogRecord> matching =
                follow(LogQuery.all().withTail(2).withGrep(LogGrep.text("line")), Long.MAX_VALUE);
        tail.awaitItems(1, SOON);
        matching.awaitItems(2, SOON);

        append(writer, err("warning 2\n"), out("line 4\n"));
        seal(writer);

        tail.awaitCompletion(SOON);
        matching.awaitCompletion(SOON);
        assertThat(texts(tail)).containsExactly("line 3", "warning 2", "line 4");
        assertThat(texts(matching)).isEqualTo(lines(2, 4));
    }

    @Test
    void aLimitEndsTheFollowing() {
        LogWriter writer = open();
        AssertSubscriber<LogRecord> follower = follow(LogQuery.all().withLimit(2), Long.MAX_VALUE);

        append(writer, out("line 1\nline 2\nline 3\n"));

        follower.awaitCompletion(SOON);
        assertThat(texts(follower)).isEqualTo(lines(1, 2));
    }

    @Test
    void theSealWakesWhoWaits() {
        LogWriter writer = open();
        AssertSubscriber<LogRecord> follower = follow(LogQuery.all(), 1);
        await().atMost(SOON).until(() -> store.waiting(TASK) == 1);

        seal(writer);

        follower.awaitCompletion(SOON);
    }

    @Test
    void cancellingGivesBackThePlaceAmongThoseWhoWait() {
        AssertSubscriber<LogRecord> follower = follow(LogQuery.all(), 1);
        await().atMost(SOON).until(() -> store.waiting(TASK) == 1);

        follower.cancel();

        await().atMost(SOON).until(() -> store.waiting(TASK) == 0 && store.inUse() == 0);
    }

    @Test
    void theEndOfAllReadersLeavesNothingInUse() {
        numbered(10);
        texts(LogQuery.all());
        plain(null, 3, 10);
        AssertSubscriber<LogRecord> stopped = store.read(TASK, LogQuery.all())
                .subscribe()
                .withSubscriber(AssertSubscriber.create(1))
                .awaitItems(1, SOON);

        stopped.cancel();

        await().atMost(SOON).until(() -> store.inUse() == 0);
    }

    @Test
    void aThousandFollowersShareTwoThreads() {
        LogWriter writer = open();
        List<AssertSubscriber<LogRecord>> followers = new ArrayList<>();
        for (int i = 0; i < 1_000; i++) {
            followers.add(follow(LogQuery.all(), Long.MAX_VALUE));
        }
        await().atMost(SOON).until(() -> store.waiting(TASK) == followers.size());

        append(writer, out("line 1\n"));
        append(writer, out("line 2\n"));
        seal(writer);

        for (AssertSubscriber<LogRecord> follower : followers) {
            follower.awaitCompletion(SOON);
            assertThat(texts(follower)).isEqualTo(lines(1, 2));
        }
    }

    @Test
    void linesAreFollowedAsTheyAreInTheFile() {
        AssertSubscriber<LogLines> follower =
                store.followLines(TASK, LogQuery.all()).subscribe().withSubscriber(AssertSubscriber.create(100));
        LogWriter writer = open();
        append(writer, out("line 1\n"));
        follower.awaitItems(1, SOON);
        append(writer, out("line 2\n"));
        seal(writer);

        follower.awaitCompletion(SOON);

        StringBuilder text = new StringBuilder();
        follower.getItems().forEach(piece -> text.append(new String(piece.ndjson(), StandardCharsets.UTF_8)));
        assertThat(text.toString().split("\n")).containsExactlyElementsOf(fileLines());
    }

    @Test
    void deletingALogEndsItsFollowers() {
        numbered(3);
        LogWriter other = store.open("other").await().atMost(SOON);
        append(other, out("line 1\n"));
        AssertSubscriber<LogRecord> follower = store.follow("other", LogQuery.all())
                .subscribe()
                .withSubscriber(AssertSubscriber.create(10))
                .awaitItems(1, SOON);
        other.close().await().atMost(SOON);

        store.delete("other").await().atMost(SOON);

        follower.awaitCompletion(SOON);
        assertThat(texts(LogQuery.all())).hasSize(3);
    }

    private AssertSubscriber<LogRecord> follow(LogQuery query, long demand) {
        return store.follow(TASK, query).subscribe().withSubscriber(AssertSubscriber.create(demand));
    }

    private static List<LogChunk> manyChunks() {
        return IntStream.rangeClosed(1, LINES)
                .mapToObj(i -> out("line " + i + "\n"))
                .toList();
    }

    private static List<String> texts(AssertSubscriber<LogRecord> subscriber) {
        return subscriber.getItems().stream().map(WithLogStore::text).toList();
    }

    private static List<String> lines(int from, int to) {
        return Multi.createFrom()
                .range(from, to + 1)
                .map(i -> "line " + i)
                .collect()
                .asList()
                .await()
                .indefinitely();
    }
}
