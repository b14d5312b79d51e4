package dev.fleetrunner.api;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ByteRangeTest {
    @ParameterizedTest
    @CsvSource({
        "bytes=0-0, 10, 0, 1",
        "bytes=2-5, 10, 2, 4",
        "bytes=2-, 10, 2, 8",
        "bytes=-3, 10, 7, 3",
        "bytes=-99, 10, 0, 10",
        "bytes=2-99, 10, 2, 8",
        "bytes=9-, 10, 9, 1",
        "bytes=0-999999999999999999, 10, 0, 10"
    })
    void findsTheRange(String header, long size, long offset, long length) {
        assertThat(ByteRange.parse(header, size)).hasValue(new ByteRange(offset, length));
    }

    @ParameterizedTest
    @CsvSource({"bytes=10-, 10", "bytes=5-2, 10", "bytes=-0, 10", "bytes=0-, 0", "bytes=-1, 0"})
    void cannotSatisfy(String header, long size) {
        assertThat(ByteRange.parse(header, size))
                .hasValueSatisfying(range -> assertThat(range.satisfiable()).isFalse());
    }

    @ParameterizedTest
    @CsvSource(
            value = {"NULL", "bytes=-", "bytes=1-2;3-4", "items=1-2", "bytes=x-", "bytes=1"},
            nullValues = "NULL")
    void passesOver(String header) {
        assertThat(ByteRange.parse(header, 10)).isEmpty();
    }
}
