package dev.fleetrunner.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Where a failure's text points. */
class PlacesTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "tests/test_a.py:31: AssertionError | tests/test_a.py | 31",
                "File \"/my work/a.py\", line 31, in test | /my work/a.py | 31",
                "\tat a.b.C.m(C.java:31) | a/b/C.java | 31",
                "\tat app//a.b.C$1.m(C.kt:31) | a/b/C.kt | 31",
                "\tat java.base@17/java.util.List.of(List.java:31) | java/util/List.java | 31",
                "    x_test.go:31: got 1 | x_test.go | 31",
                "\t/app/x.go:31 +0x1d | /app/x.go | 31",
                "at Object.<anonymous> (/app/x.test.js:31:5) | /app/x.test.js | 31",
                "at file:///app/x.mjs:31:5 | /app/x.mjs | 31",
                "at async x.tsx:31:5 | x.tsx | 31",
                "thread 'a::b' panicked at src/lib.rs:31:5: | src/lib.rs | 31",
                "net/tcp.c:31: undefined | net/tcp.c | 31",
                "C:\\work\\a.cpp:31 | C:\\work\\a.cpp | 31",
                "/app/a_spec.rb:31:in `block' | /app/a_spec.rb | 31",
                "at t/a.t line 31. | t/a.t | 31",
                "(in test file test/a.bats, line 31) | test/a.bats | 31"
            })
    void findsThePlace(String text, String file, int line) {
        assertThat(Places.in(text)).singleElement().satisfies(place -> {
            assertThat(place.file()).isEqualTo(file);
            assertThat(place.line()).isEqualTo(line);
        });
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                ":1",
                "a:1",
                ".py:1",
                "12:30:45",
                "http://127.0.0.1:8080/x",
                "x.py:0",
                "x.py:99999999",
                "x.py:",
                "x.exe:5",
                "the 3rd line 5",
                "at noon line 5",
                "\", line 5",
                "File \"a\nb.py\", line 5",
                " line 5",
                "(.java:5)"
            })
    void findsNoneWhereNoneIs(String text) {
        assertThat(Places.in(text)).isEmpty();
    }

    @Test
    void prefersTheTestsOwnCode() {
        String trace =
                "at org.junit.Assert.fail(Assert.java:1)\nat a.Helper.check(Helper.java:2)\nat a.MyTest.m(MyTest.java:3)";

        assertThat(best(trace, "a.MyTest", null, null)).isEqualTo("a/MyTest.java:3");
        assertThat(best(trace, "other", null, null)).isEqualTo("a/Helper.java:2");
        assertThat(best(trace, null, "src/a/MyTest.java", 9)).isEqualTo("src/a/MyTest.java:3");
        assertThat(best(trace, null, "src/b/Else.java", 9)).isEqualTo("src/b/Else.java:9");
        assertThat(best(trace.substring(0, 39), "a.MyTest", null, null)).isEqualTo("org/junit/Assert.java:1");
    }

    @Test
    void takesTheInnermostCallOfAPythonTrace() {
        String trace = "a.py:1: in test\na.py:2: in helper\n/usr/lib/python3/json.py:3: ValueError";

        assertThat(best(trace, null, null, null)).isEqualTo("a.py:2");
    }

    @ParameterizedTest
    @ValueSource(strings = {":1", "a.py:1", " line 5", "\", line 5", "(a.java:1", "/", "x.y", "at x line 5", "C:\\"})
    void isSoonDone(String part) {
        long before = System.nanoTime();
        assertThat(Places.in(part.repeat(100_000)).size()).isLessThanOrEqualTo(500);
        assertThat(Duration.ofNanos(System.nanoTime() - before)).isLessThan(Duration.ofSeconds(3));
    }

    private static String best(String text, String suite, String file, Integer line) {
        TestRun test = new TestRun("t", suite, Outcome.FAILED, 0, TestRun.Role.LEAF, file, line, null, text);
        Place place = Place.best(text, test);
        return place.file() + ":" + place.line();
    }
}
