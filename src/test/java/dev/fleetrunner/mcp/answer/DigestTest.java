package dev.fleetrunner.mcp.answer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fleetrunner.contract.Captured;
import dev.fleetrunner.contract.CauseCode;
import dev.fleetrunner.contract.Metadata;
import dev.fleetrunner.contract.Phase;
import dev.fleetrunner.contract.TaskResult;
import dev.fleetrunner.contract.TaskResult.TestFailure;
import dev.fleetrunner.contract.TaskResult.TestSummary;
import dev.fleetrunner.contract.TaskStatus;
import dev.fleetrunner.logs.LogInfo;
import dev.fleetrunner.pipeline.TaskView;
import dev.fleetrunner.store.TaskRow;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DigestTest {
    private static final String ID = "01JD3W0S2Q6M4W2B8T1ZKX9F7A";
    private static final Instant NOW = Instant.parse("2026-01-31T12:00:00Z");
    private static final String[] PIECES = {
        "word ", "\n", "\"", "\\", "\t", "é", "→", "😀", "\u001b[31m", "\u0000", "a/long/path/", "12345678901234567890"
    };

    @RepeatedTest(200)
    void neitherFormIsLargerThanItMayBe(RepetitionInfo round) {
        var random = new Random(round.getCurrentRepetition());
        int maxBytes = 1024 + random.nextInt(round.getCurrentRepetition() % 2 == 0 ? 2000 : 30_000);
        List<TestFailure> failures = IntStream.range(0, random.nextInt(40))
                .mapToObj(i -> new TestFailure(
                        text(random, 60), text(random, 60), text(random, 80), i, text(random, 500), text(random, 4000)))
                .toList();
        Digest digest = digest(
                result(failures, texts(random, 20), text(random, 2000)),
                excerpt(IntStream.rangeClosed(1, random.nextInt(300))
                        .mapToObj(seq -> new LogLine(seq, text(random, 200)))
                        .toList()));

        Answer answer = digest.within(maxBytes);

        assertThat(JsonLength.of(answer.structured())).isLessThanOrEqualTo(maxBytes);
        assertThat(JsonLength.of((Object) answer.text())).isLessThanOrEqualTo(maxBytes);
    }

    private static String text(Random random, int most) {
        var text = new StringBuilder();
        int length = random.nextInt(most + 1);
        while (text.length() < length) {
            text.append(PIECES[random.nextInt(PIECES.length)]);
        }
        return text.toString();
    }

    private static List<String> texts(Random random, int most) {
        return IntStream.range(0, random.nextInt(most))
                .mapToObj(i -> text(random, 300))
                .toList();
    }

    @ParameterizedTest
    @ValueSource(ints = {1024, 2048, 4096, 8000})
    void theFirstFailureIsThereHoweverLittleFits(int maxBytes) {
        var failures = IntStream.range(0, 500)
                .mapToObj(i -> new TestFailure(
                        "test_" + i, "suite", "tests/a.py", 7, "assert " + i + " == 200", "trace\n".repeat(500)))
                .toList();

        Answer answer = digest(result(failures, List.of(), "exit code 1"), excerpt(lines(1, 300)))
                .within(maxBytes);

        assertThat(answer.text()).contains("FAILED suite > test_0  (tests/a.py:7)", "assert 0 == 200");
        assertThat(answer.text()).contains("more failed tests are in the resource that result_uri names");
        @SuppressWarnings("unchecked")
        var tests = (Map<String, Object>) answer.structured().get("tests");
        assertThat((int) tests.get("failures_omitted") + ((List<?>) tests.get("failures")).size())
                .isEqualTo(500);
    }

    @Test
    void whatFitsIsNotCut() {
        var failure =
                new TestFailure("test_login", "tests.auth", "auth.py", 31, "assert 401 == 200", "E  assert\nE  401");

        Answer answer = digest(
                        result(List.of(failure), List.of("a note"), "the command ended with exit code 1"),
                        excerpt(lines(1, 3)))
                .within(8000);

        assertThat(answer.text())
                .isEqualTo(
                        """
                        Task 01JD3W0S2Q6M4W2B8T1ZKX9F7A failed after 2.5 s, exit code 1
                        EXIT_NONZERO: the command ended with exit code 1
                        Remedy: read tests.failures if there are any, then the end of the log (the same task would end so again)
                        Tests: 2 in all, 1 passed, 1 failed, 0 skipped
                        FAILED tests.auth > test_login  (auth.py:31)
                          assert 401 == 200
                          E  assert
                          E  401
                        Note: a note
                        Artifact: /workspace/out (1 file, 9 bytes)
                        Next: copy_artifacts {"task_id":"01JD3W0S2Q6M4W2B8T1ZKX9F7A"}
                        Exact: task://01JD3W0S2Q6M4W2B8T1ZKX9F7A/result, task://01JD3W0S2Q6M4W2B8T1ZKX9F7A/log
                        Log (3 lines, 18 bytes):
                        line 1
                        line 2
                        line 3
                        """);
    }

    @Test
    void bothEndsOfALogAreShownAndTheCutIsMarked() {
        Answer answer = digest(result(List.of(), List.of(), "exit code 1"), excerpt(lines(1, 300)))
                .within(2048);

        assertThat(answer.text())
                .contains("Log (300 lines", "line 1\nline 2\n", "line 299\nline 300\n")
                .containsPattern(
                        "\\[… \\d+ lines left out: stream_logs \\{\"task_id\":\"" + ID + "\",\"from\":\\d+} …]");
    }

    @Test
    void theMiddleOfAVeryLongLogWasNeverRead() {
        var log = new LogExcerpt(info(100_000), lines(1, 100), lines(99_701, 300), 100_000);

        Answer answer = digest(result(List.of(), List.of(), "exit code 1"), log).within(100_000);

        assertThat(answer.text())
                .contains("line 100\n[… 99600 lines left out: ", "\"from\":101} …]\nline 99701\n", "line 100000\n");
    }

    private static Digest digest(TaskResult result, LogExcerpt log) {
        var row = new TaskRow(
                ID,
                "ann",
                TaskStatus.FAILED,
                Phase.DONE,
                "image",
                "podman",
                null,
                null,
                null,
                Map.of(),
                0,
                NOW,
                NOW,
                NOW,
                CauseCode.EXIT_NONZERO,
                1);
        return new Digest(new TaskView(row, null, null), result, log);
    }

    private static TaskResult result(List<TestFailure> failures, List<String> notes, String message) {
        var tests = failures.isEmpty()
                ? null
                : new TestSummary(failures.size() + 1, 1, failures.size(), 0, 1.5, failures, List.of());
        return new TaskResult(
                ID,
                TaskStatus.FAILED,
                Phase.DONE,
                1,
                CauseCode.EXIT_NONZERO.because(message),
                tests,
                null,
                new Captured(
                        "file:///log",
                        10,
                        false,
                        List.of(new Captured.Artifact("/workspace/out", "file:///", 1, 9, "00"))),
                notes,
                List.of(),
                new Metadata("podman", "named", "c", "sha256:0", NOW, NOW, NOW, 2.5, 1.0, 1L, null, "ann", null, null));
    }

    private static List<LogLine> lines(long first, int count) {
        List<LogLine> lines = new ArrayList<>();
        for (long seq = first; seq < first + count; seq++) {
            lines.add(new LogLine(seq, "line " + seq));
        }
        return lines;
    }

    private static LogExcerpt excerpt(List<LogLine> lines) {
        return new LogExcerpt(info(lines.size()), List.of(), lines, lines.size());
    }

    private static LogInfo info(long records) {
        return new LogInfo(Path.of("log"), records, records * 6, 0, 0, false, true);
    }
}
