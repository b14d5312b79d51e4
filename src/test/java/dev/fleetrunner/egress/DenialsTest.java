package dev.fleetrunner.egress;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a task was denied is kept, once each, and bounded. */
class DenialsTest {
    @TempDir
    Path directory;

    @Test
    void areKeptSortedAndOnceEach() throws IOException {
        Path file = directory.resolve("denied");
        Denials denials = Denials.open(file);
        denials.add(new Denial("b.example:22", null));
        denials.add(new Denial("a.example", "private"));
        denials.add(new Denial("b.example:22", null));

        Denied later = Denials.open(file).all();

        assertThat(later.hosts()).containsExactly(new Denial("a.example", "private"), new Denial("b.example:22", null));
        assertThat(later.more()).isFalse();
        assertThat(later).isEqualTo(denials.all());
    }

    @Test
    void areBounded() throws IOException {
        Path file = directory.resolve("denied");
        Denials denials = Denials.open(file);
        for (int i = 0; i < 10 * Denials.MOST; i++) {
            denials.add(new Denial("h" + i + ".example", null));
        }

        assertThat(denials.all().hosts()).hasSize(Denials.MOST);
        assertThat(Files.readAllLines(file)).hasSize(Denials.MOST + 1);
        assertThat(Denials.open(file).all()).isEqualTo(denials.all());
        assertThat(denials.all().more()).isTrue();
    }
}
