package dev.fleetrunner.audit;

import static org.assertj.core.api.Assertions.assertThat;

import io.smallrye.mutiny.helpers.test.AssertSubscriber;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** An export goes at the pace of its reader, and never has a hole. */
class ExportTest extends WithAudit {
    private static final int PAGE = 500;

    private void write(int entries) {
        for (int i = 0; i < entries; i++) {
            record(cancel("task"));
        }
    }

    private AssertSubscriber<byte[]> begun() {
        AssertSubscriber<byte[]> reader = audit.export(0).subscribe().withSubscriber(AssertSubscriber.create());
        reader.request(1);
        return reader.awaitItems(1, SOON);
    }

    @Test
    void whatComesWhileItIsReadIsNotInIt() {
        write(PAGE + 1);
        AssertSubscriber<byte[]> reader = begun();

        write(3);
        reader.request(10);

        assertThat(reader.awaitCompletion(SOON).getItems()).hasSize(2);
        assertThat(new String(reader.getItems().get(1)).lines()).hasSize(1);
    }

    @Test
    void entriesThatGoBeforeTheyAreReadBreakIt() {
        write(PAGE + 100);
        now = now.plus(Duration.ofDays(1));
        write(10);
        AssertSubscriber<byte[]> reader = begun();

        cut(1);
        reader.request(10);

        assertThat(reader.awaitFailure(SOON).getFailure()).hasMessageContaining("retention removed entries");
    }

    @Test
    void anEmptyChainIsAnEmptyExport() {
        assertThat(lines()).isEmpty();
    }
}
