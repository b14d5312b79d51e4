package dev.fleetrunner.logs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class LogReadTest extends WithLogStore {
    /** More than the index's step and a reader's piece, several times over. */
    private static final int MANY = 20_000;

    @Test
    void resumesBehindTheRecordThatWasSeenLast() {
        numbered(MANY);

        for (int from : new int[] {1, 2, 700, 12_345, MANY}) {
            assertThat(texts(LogQuery.from(from))).isEqualTo(lines(from, MANY));
        }
        assertThat(texts(LogQuery.from(MANY + 1))).isEmpty();
    }

    @Test
    void aLimitCountsRecords() {
        numbered(MANY);

        assertThat(texts(LogQuery.from(5_000).withLimit(3_000))).isEqualTo(lines(5_000, 7_999));
        assertThat(texts(LogQuery.all().withLimit(0))).isEmpty();
    }

    @Test
    void theTailIsTheLastOfWhatIsThere() {
        numbered(MANY);

        assertThat(texts(LogQuery.all().withTail(3))).isEqualTo(lines(MANY - 2, MANY));
        assertThat(texts(LogQuery.all().withTail(0))).isEmpty();
        assertThat(texts(LogQuery.all().withTail(MANY * 2L))).hasSize(MANY);
        assertThat(texts(LogQuery.from(MANY).withTail(3))).isEqualTo(lines(MANY, MANY));
    }

    @Test
    void theTailOfAStreamOrAPatternCountsOnlyWhatMatches() {
        LogWriter writer = open();
        for (int i = 0; i < 500; i++) {
            append(writer, out("out " + i + "\n"), err("err " + i + "\n"), out("more\n"));
        }
        seal(writer);

        assertThat(texts(LogQuery.all().withStream(LogStream.STDERR).withTail(2)))
                .containsExactly("err 498", "err 499");
        assertThat(texts(LogQuery.all().withGrep(LogGrep.text("out 1")).withTail(200)))
                .hasSize(111)
                .endsWith("out 199");
        assertThat(texts(LogQuery.all().withGrep(LogGrep.text("nowhere")).withTail(2)))
                .isEmpty();
        assertThat(texts(LogQuery.all().withStream(LogStream.STDERR).withTail(0)))
                .isEmpty();
    }

    @Test
    void aPatternIsATextOrAnExpression() {
        log(out("one.two\nonextwo\nthree\n"), err("twotwo\n"));

        assertThat(texts(LogQuery.all().withGrep(LogGrep.text("e.t")))).containsExactly("one.two");
        assertThat(texts(LogQuery.all().withGrep(LogGrep.regex("e.t")))).containsExactly("one.two", "onextwo");
        assertThat(texts(LogQuery.all().withGrep(LogGrep.regex("^t")).withStream(LogStream.STDOUT)))
                .containsExactly("three");
        assertThat(texts(LogQuery.all().withGrep(LogGrep.text("two")).withLimit(1)))
                .containsExactly("one.two");
    }

    @Test
    void anExpressionThatBacktracksWithoutEndFails() {
        log(out("a".repeat(300) + "\n"));

        assertThatThrownBy(() -> texts(LogQuery.all().withGrep(LogGrep.regex(".*.*.*.*.*b"))))
                .isInstanceOf(LogGrep.TooMuchWork.class);
    }

    @Test
    void anExpressionThatRecursesWithoutEndFails() {
        log(out("ab".repeat(30_000) + "\n"));

        assertThatThrownBy(() -> texts(LogQuery.all().withGrep(LogGrep.regex("^(a|b)*c"))))
                .isInstanceOf(LogGrep.TooMuchWork.class);
    }

    @Test
    void whatIsNoQueryIsRefused() {
        assertThatThrownBy(() -> LogQuery.from(0)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> LogGrep.regex("(")).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> LogGrep.text("x".repeat(1001))).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> LogQuery.all().withStream(LogStream.STDERR).withTail(LogQuery.MAX_TAIL + 1))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> store.plain(TASK, null, -1, 1)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void linesPassAsTheyAreInTheFile() {
        numbered(MANY);

        List<LogLines> pieces = store.readLines(TASK, LogQuery.from(100).withLimit(15_000))
                .collect()
                .asList()
                .await()
                .atMost(SOON);

        StringBuilder text = new StringBuilder();
        long next = 100;
        for (LogLines piece : pieces) {
            assertThat(piece.firstSeq()).isEqualTo(next);
            next = piece.lastSeq() + 1;
            text.append(new String(piece.ndjson(), StandardCharsets.UTF_8));
        }
        assertThat(pieces.size()).isGreaterThan(1);
        assertThat(text.toString().split("\n"))
                .containsExactlyElementsOf(fileLines().subList(99, 15_099));
    }

    private static List<String> lines(int from, int to) {
        return IntStream.rangeClosed(from, to).mapToObj(i -> "line " + i).toList();
    }
}
