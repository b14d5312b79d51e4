package dev.fleetrunner.artifact;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ArtifactPatternTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    /w/reports            | /w/reports              | true
                    /w/reports            | /w/reports/a/b.xml      | true
                    /w/reports/           | /w/reports/a.xml        | true
                    /w/reports            | /w/reports2/a.xml       | false
                    /w/reports            | /w                      | false
                    /w/*.xml              | /w/a.xml                | true
                    /w/*.xml              | /w/.xml                 | true
                    /w/*.xml              | /w/a.xml.gz             | false
                    /w/*.xml              | /w/a/b.xml              | false
                    /w/*.xml              | /w/dir.xml/inside.txt   | true
                    /w/*                  | /w/.hidden              | true
                    /w/*                  | /w/a/b                  | true
                    /w/**/*.xml           | /w/a.xml                | true
                    /w/**/*.xml           | /w/a/b/c.xml            | true
                    /w/**/*.xml           | /w/a/b/c.txt            | false
                    /w/**/t/**/*.xml      | /w/a/t/b/c/d.xml        | true
                    /w/**/t/**/*.xml      | /w/a/s/b/c/d.xml        | false
                    /w/**                 | /w/a/b/c                | true
                    /w/**                 | /v/a                    | false
                    /w/a**b.txt           | /w/axyb.txt             | true
                    /w/a**b.txt           | /w/ax/yb.txt            | false
                    /w/?.log              | /w/1.log                | true
                    /w/?.log              | /w/😀.log               | true
                    /w/?.log              | /w/12.log               | false
                    /w/?.log              | /w/.log                 | false
                    /w/[a-c]x             | /w/bx                   | true
                    /w/[a-c]x             | /w/dx                   | false
                    /w/[!a-c]x            | /w/dx                   | true
                    /w/[^a-c]x            | /w/ax                   | false
                    /w/[]x]               | /w/]                    | true
                    /w/[a-]               | /w/-                    | true
                    /w/{a,b}.xml          | /w/b.xml                | true
                    /w/{a,b}.xml          | /w/c.xml                | false
                    /w/{a,b{1,2}}/x       | /w/b2/x                 | true
                    /w/{a/b,c}/*.txt      | /w/a/b/x.txt            | true
                    /w/{a,}               | /w/anything             | true
                    /w/\\[id\\].tsx       | /w/[id].tsx             | true
                    /w/\\*/x*             | /w/*/xy                 | true
                    /w/\\*/x*             | /w/a/xy                 | false
                    /w/*a*b*c             | /w/xaxbxc               | true
                    /w/*a*b*c             | /w/xaxcxb               | false
                    """)
    void aPathIsNamedOrNot(String pattern, String path, boolean named) {
        String plain = pattern.replace("\\\\", "\\");

        assertThat(ArtifactPattern.of(plain).matches(path)).isEqualTo(named);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    /w/reports                    | /w/reports
                    /w/reports/                   | /w/reports
                    /workspace/coverage/**/*.xml  | /workspace/coverage
                    /workspace/a*/b               | /workspace
                    /w/{a,b}/c                    | /w
                    /w/x/\\[id\\]/[ab].txt        | /w/x/[id]
                    """)
    void theBaseIsWhatStandsBeforeTheFirstWildcard(String pattern, String base) {
        String plain = pattern.replace("\\\\", "\\");

        assertThat(ArtifactPattern.of(plain).base()).isEqualTo(base);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "w/a",
                "/",
                "/*.xml",
                "/{a,b}",
                "//w",
                "/w//a",
                "/w/../a",
                "/w/./a",
                "/w/*/../a",
                "/w/{.,a}./x",
                "/w/{a,/../b}",
                "/w/{a",
                "/w/[a",
                "/w/*\\",
                "/w/a\0b",
                "/w/{{{a,b},c}"
            })
    void whatCannotBeUnderstoodIsRefusedWithTheReason(String pattern) {
        assertThatThrownBy(() -> ArtifactPattern.of(pattern))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("it ");
    }

    @Test
    void bracesCannotStandForMillions() {
        assertThatThrownBy(() -> ArtifactPattern.of("/w/" + "{a,b}".repeat(30)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("64");
    }

    @Test
    void aNameThatAlmostMatchesManyStarsTakesNoTime() {
        ArtifactPattern names = ArtifactPattern.of("/w/" + "*a".repeat(100) + "b");
        ArtifactPattern depths = ArtifactPattern.of("/w/" + "**/a/".repeat(100) + "b");

        assertTimeoutPreemptively(Duration.ofSeconds(10), () -> {
            assertThat(names.matches("/w/" + "a".repeat(255))).isFalse();
            assertThat(depths.matches("/w" + "/a".repeat(2000))).isFalse();
        });
    }
}
