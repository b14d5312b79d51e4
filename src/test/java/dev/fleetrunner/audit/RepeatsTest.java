package dev.fleetrunner.audit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fleetrunner.contract.AccessRole;
import dev.fleetrunner.contract.Caller;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Floods end in a few entries, and none of them is lost. */
class RepeatsTest extends WithAudit {
    private static final Duration MINUTE = Repeats.WINDOW;

    private static Act download(String task) {
        return Act.by(CI, AuditAction.LOG_DOWNLOAD, task);
    }

    private void settle() {
        audit.settle().await().atMost(SOON);
    }

    @Test
    void theSameAgainWithinAMinuteIsCounted() {
        for (int second = 0; second < 60; second++) {
            now = NOON.plusSeconds(second);
            often(download("a"));
            settle();
        }
        now = NOON.plus(MINUTE);
        settle();

        assertThat(lines()).hasSize(2);
        assertThat(lines().get(0)).contains("\"detail\":{}");
        assertThat(lines().get(1)).contains("\"detail\":{\"repeats\":\"59\",\"since\":\"2026-03-01T12:00:00Z\"}");
    }

    @Test
    void whatDiffersIsToldApart() {
        often(download("a"));
        often(download("b"));
        often(Act.by(CI, AuditAction.ZIP_DOWNLOAD, "a"));
        often(Act.from("192.0.2.1", AuditAction.SIGN_IN, null).denied(null));
        often(Act.from("192.0.2.2", AuditAction.SIGN_IN, null).denied(null));

        assertThat(lines()).hasSize(5);
    }

    @Test
    void whatCameOnceIsToldOnce() {
        often(download("a"));
        now = NOON.plus(MINUTE);
        settle();
        often(download("a"));

        assertThat(lines()).hasSize(2).allSatisfy(line -> assertThat(line).contains("\"detail\":{}"));
    }

    @Test
    void theNextMinuteTellsOfTheOneBeforeFirst() {
        often(download("a"));
        often(download("a"));
        now = NOON.plus(MINUTE);
        often(download("a"));

        assertThat(lines()).hasSize(3);
        assertThat(lines().get(1)).contains("\"repeats\":\"1\"");
        assertThat(lines().get(2)).contains("\"detail\":{}");
    }

    @Test
    void aClockThatIsSetBackDoesNotHideWhatCameSince() {
        often(download("a"));
        now = NOON.minus(Duration.ofHours(3));
        often(download("a"));

        assertThat(lines()).hasSize(2);
    }

    @Test
    void theEndTellsWhatWasCounted() {
        often(download("a"));
        often(download("a"));
        audit.settleAll().await().atMost(SOON);

        assertThat(lines()).hasSize(2);
    }

    @Test
    void tooManyDifferentOnesAreCountedTogether() {
        var repeats = new Repeats(2, 2);
        for (int i = 0; i < 50; i++) {
            repeats.take(download("task-" + i), NOON);
        }

        assertThat(repeats.all()).singleElement().satisfies(together -> {
            assertThat(together.who()).isEqualTo(CI.name());
            assertThat(together.target()).isNull();
            assertThat(together.detail()).containsEntry("target", "several").containsEntry("repeats", "47");
        });
    }

    @Test
    void nobodyCanHideBehindAnothersMany() {
        var repeats = new Repeats(2, 2);
        for (int i = 0; i < 50; i++) {
            repeats.take(download("task-" + i), NOON);
        }
        Act others =
                Act.by(new Caller("other", AccessRole.AGENT, Caller.Share.WHOLE, null), AuditAction.LOG_DOWNLOAD, "a");

        assertThat(repeats.take(others, NOON)).containsExactly(others);
    }

    @Test
    void strangersFromManyAddressesLeaveRoomForThoseWhoAreKnown() {
        var repeats = new Repeats(100, 2);
        for (int i = 0; i < 50; i++) {
            repeats.take(Act.from("2001:db8::" + i, AuditAction.SIGN_IN, null).denied(null), NOON);
        }

        assertThat(repeats.take(download("a"), NOON)).containsExactly(download("a"));
        assertThat(repeats.take(download("b"), NOON)).containsExactly(download("b"));
        assertTogether(repeats, 47);
    }

    @Test
    void strangersAreToldApartAgainInTheNextMinute() {
        var repeats = new Repeats(100, 1);
        Act one = Act.from("192.0.2.1", AuditAction.SIGN_IN, null).denied(null);
        Act two = Act.from("192.0.2.2", AuditAction.SIGN_IN, null).denied(null);
        repeats.take(one, NOON);
        repeats.take(two, NOON);
        repeats.due(NOON.plus(MINUTE));

        assertThat(repeats.take(two, NOON.plus(MINUTE))).containsExactly(two);
    }

    private static void assertTogether(Repeats repeats, int count) {
        assertThat(repeats.all()).singleElement().satisfies(together -> {
            assertThat(together.from()).isNull();
            assertThat(together.detail()).containsEntry("who", "several").containsEntry("repeats", "" + count);
        });
    }
}
