package dev.fleetrunner.workspace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Which caches there are is remembered. */
class CachesTest extends WithWorkspaceStore {
    private Caches caches;

    @BeforeEach
    void open() {
        caches = reopened();
    }

    private Caches reopened() {
        return new Caches(home.resolve("caches"), worker, clock());
    }

    private String touch(String owner, String name, String user) {
        return caches.touch(owner, name, user).await().atMost(SOON);
    }

    @Test
    void noTwoOwnersNamesOrUsersShareAKey() {
        Set<String> keys = Set.of(
                touch("ann", "pip", "1000"),
                touch("bob", "pip", "1000"),
                touch("ann", "npm", "1000"),
                touch("ann", "pip", "1001"),
                touch("annp", "ip", "1000"),
                touch("", "annpip", "1000"));

        assertThat(keys).hasSize(6).allMatch(key -> key.matches("[0-9a-f]{40}"));
        assertThat(touch("ann", "pip", "1000")).isIn(keys);
    }

    @Test
    void whatIsRememberedOutlivesTheService() throws IOException {
        String old = touch("ann", "pip", "1000");
        now = now.plusSeconds(5);
        String young = touch("../..", "a\nb", "0");
        Files.writeString(home.resolve("caches/x.json.new"), "cut off");

        assertThat(reopened().list().await().atMost(SOON))
                .containsExactly(
                        new Cache(old, "ann", "pip", "1000", now.minusSeconds(5)),
                        new Cache(young, "../..", "a\nb", "0", now));
        assertThat(home.resolve("caches")).isDirectoryNotContaining("glob:**.new");
    }

    @Test
    void usingItAgainMakesItYoungAndForgettingRemovesIt() {
        String first = touch("ann", "pip", "1000");
        String second = touch("ann", "npm", "1000");
        now = now.plusSeconds(5);
        touch("ann", "pip", "1000");

        assertThat(caches.list().await().atMost(SOON)).extracting(Cache::key).containsExactly(second, first);
        caches.forget(second).await().atMost(SOON);
        caches.forget(second).await().atMost(SOON);
        assertThat(caches.list().await().atMost(SOON)).extracting(Cache::key).containsExactly(first);
    }

    @Test
    void whatCanBeNoKeyIsRefused() {
        assertThatThrownBy(() -> caches.forget("../x").await().atMost(SOON))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
