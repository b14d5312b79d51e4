package dev.fleetrunner.workspace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.smallrye.mutiny.helpers.test.AssertSubscriber;
import io.vertx.mutiny.core.buffer.Buffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Workspaces are found, held and deleted. */
class UseTest extends WithWorkspaceStore {
    private Workspace one() {
        return take(new Tars().file("a", 0644, new byte[500_000]).toBytes());
    }

    @Test
    void isNotDeletedWhileItIsInUse() {
        String id = one().id();
        Lease first = store.use(id).await().atMost(SOON);
        Lease second = store.use(id).await().atMost(SOON);

        first.close();
        first.close();
        assertThat(store.delete(id).await().atMost(SOON)).isFalse();
        second.close();
        assertThat(store.delete(id).await().atMost(SOON)).isTrue();
        assertThat(onDisk()).isEmpty();
    }

    @Test
    void usingItIsRemembered() {
        Workspace before = one();
        now = now.plusSeconds(3600);

        store.use(before.id()).await().atMost(SOON).close();

        assertThat(storeWith(LIMITS).find(before.id()).await().atMost(SOON)).hasValueSatisfying(after -> {
            assertThat(after.lastUsed()).isEqualTo(now);
            assertThat(after.createdAt()).isEqualTo(before.createdAt());
        });
    }

    @Test
    void listsTheNewestFirst() {
        Workspace first = one();
        now = now.plusSeconds(1);
        Workspace second = take(new Tars().file("b", "b").toBytes());

        assertThat(store.list().await().atMost(SOON)).containsExactly(second, first);
    }

    @Test
    void whoReadsGoesOnThoughItIsDeleted() {
        String id = one().id();
        AssertSubscriber<Buffer> reader = store.tar(id, 1, 1).subscribe().withSubscriber(AssertSubscriber.create(1));
        reader.awaitItems(1, SOON);

        assertThat(store.delete(id).await().atMost(SOON)).isTrue();

        reader.request(Long.MAX_VALUE).awaitCompletion(SOON);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"ws-00000000000000000000000000000000", "ws-", "", "../../x", "ws-0\n", "workspaces", "ws-ABC"})
    void whatIsNotThereIsUnknown(String id) {
        assertThat(store.find(id).await().atMost(SOON)).isEmpty();
        assertThatThrownBy(() -> store.use(id).await().atMost(SOON)).isInstanceOf(UnknownWorkspace.class);
        assertThatThrownBy(() -> store.delete(id).await().atMost(SOON)).isInstanceOf(UnknownWorkspace.class);
        assertThatThrownBy(() -> joined(store.tar(id, 1, 1))).isInstanceOf(UnknownWorkspace.class);
    }
}
