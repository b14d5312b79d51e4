package dev.fleetrunner.logs;

import static org.assertj.core.api.Assertions.assertThat;

import io.smallrye.mutiny.helpers.test.AssertSubscriber;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class LogCapTest extends WithLogStore {

    @BeforeEach
    void tenBytesAreEnough() {
        store = storeWithCap(10);
    }

    @Test
    void whatIsOverTheCapIsDroppedAndOneGapTellsHowMuch() {
        LogInfo sealed = log(out("12345\n"), err("789\n"), out("over\n"), err("more\n"));

        assertThat(texts(LogQuery.all())).containsExactly("12345", "789", "gap of 10");
        assertThat(sealed.keptBytes()).isEqualTo(10);
        assertThat(sealed.droppedBytes()).isEqualTo(10);
        assertThat(sealed.truncated()).isTrue();
        assertThat(fileLines().get(2))
                .contains("\"stream\":\"runner\",\"gap\":{\"bytes\":10,\"reason\":\"cap\"},\"eol\":true}");
    }

    @Test
    void theCapCutsALineBetweenCharacters() {
        log(out("123456789é\n"));

        assertThat(texts(LogQuery.all())).containsExactly("123456789", "gap of 3");
        assertThat(plain(null)).isEqualTo("123456789".getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void exactlyTheCapIsNotTooMuch() {
        LogInfo sealed = log(out("123456789\n"));

        assertThat(sealed.truncated()).isFalse();
        assertThat(texts(LogQuery.all())).containsExactly("123456789");
    }

    @Test
    void aFollowerSeesTheGap() {
        LogWriter writer = open();
        AssertSubscriber<LogRecord> follower =
                store.follow(TASK, LogQuery.all()).subscribe().withSubscriber(AssertSubscriber.create(100));
        append(writer, out("123456789\nmore\n"));

        seal(writer);

        follower.awaitCompletion(SOON);
        assertThat(follower.getItems()).extracting(WithLogStore::text).containsExactly("123456789", "gap of 5");
    }

    @Test
    void theInfoCountsWhatIsDroppedWhileItHappens() {
        LogWriter writer = open();

        append(writer, out("123456789\nmore\n"));

        assertThat(info().droppedBytes()).isEqualTo(5);
        assertThat(info().sealed()).isFalse();
    }

    @Test
    void aSuccessorComesToTheSameCountFromTheCursorOn() {
        LogWriter first = open();
        append(first, out("123456789\nmore\n"));
        LogCursor cursor = first.cursor();
        first.close().await().atMost(SOON);
        store = storeWithCap(10);
        LogWriter second = open();
        assertThat(second.cursor()).isEqualTo(cursor).isEqualTo(new LogCursor(10, 0));

        append(second, out("more\n"));
        seal(second);

        assertThat(texts(LogQuery.all())).containsExactly("123456789", "gap of 5");
    }

    @Test
    void aGapForAnotherReasonStandsWhereItHappened() {
        LogWriter writer = open();
        append(writer, out("123"));
        writer.gap(GapReason.ROTATED, -1).await().atMost(SOON);
        append(writer, out("456"));

        LogInfo sealed = seal(writer);

        List<LogRecord> records = read(LogQuery.all());
        assertThat(records).extracting(WithLogStore::text).containsExactly("123", "gap of -1", "456");
        assertThat(((LogRecord.Gap) records.get(1)).reason()).isEqualTo(GapReason.ROTATED);
        assertThat(sealed.truncated()).isTrue();
        assertThat(sealed.droppedBytes()).isZero();
        assertThat(texts(LogQuery.all().withStream(LogStream.RUNNER))).containsExactly("gap of -1");
    }
}
