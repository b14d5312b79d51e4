package dev.fleetrunner.runtime.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fleetrunner.runtime.RuntimeFailure;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class WallsTest {
    private static final Wall GVISOR = new Wall("gvisor", "runsc", null, false);
    private static final Wall AT_ITS_OWN = new Wall("gvisor", "/usr/bin/runsc", "/run/gvisor.sock", false);
    private static final Wall USERNS = new Wall("userns", null, "/run/rootless.sock", false);

    private static EngineApi engine(String usual, boolean userNamespace, String... runtimes) {
        return new EngineApi("/v1.41", "1", "x86_64", Set.of(), Set.of(runtimes), usual, userNamespace);
    }

    @Test
    void dockerGivesWhatItHasARuntimeFor() {
        Walls walls = Walls.of(Dialect.DOCKER, List.of(GVISOR, USERNS));

        assertThat(walls.given(engine("runc", false, "runc", "runsc"))).containsExactly("default", "gvisor");
        assertThat(walls.given(engine("runc", true, "runc"))).containsExactly("default");
        assertThat(walls.runtimeFor("gvisor")).isEqualTo("runsc");
        assertThat(walls.runtimeFor("default")).isNull();
        assertThat(walls.runtimeName()).isEqualTo("docker");
    }

    @Test
    void podmanGivesWhatAllItsContainersHave() {
        Walls walls = Walls.of(Dialect.PODMAN, List.of(GVISOR));

        assertThat(walls.given(engine("runc", false, "runc", "runsc"))).containsExactly("default");
        assertThat(walls.given(engine("/usr/bin/runsc", false, "runc", "runsc")))
                .containsExactly("default", "gvisor");
        assertThat(walls.runtimeFor("gvisor")).isNull();
    }

    @Test
    void anEngineOfItsOwnGivesThatAloneOrIsDown() {
        Walls walls = Walls.only(Dialect.PODMAN, AT_ITS_OWN);

        assertThat(walls.runtimeName()).isEqualTo("podman-gvisor");
        assertThat(walls.given(engine("/usr/bin/runsc", false))).containsExactly("gvisor");
        assertThatThrownBy(() -> walls.given(engine("runc", false)))
                .isInstanceOf(RuntimeFailure.class)
                .hasMessageContaining("/usr/bin/runsc, but runc");
        assertThatThrownBy(() -> walls.given(engine("/tmp/runsc", false))).isInstanceOf(RuntimeFailure.class);
    }

    @Test
    void aUserNamespaceIsNotBelievedEither() {
        Walls walls = Walls.only(Dialect.DOCKER, USERNS);

        assertThat(walls.given(engine("runc", true))).containsExactly("userns");
        assertThatThrownBy(() -> walls.given(engine("runc", false)))
                .isInstanceOf(RuntimeFailure.class)
                .hasMessageContaining("no user namespace");
    }

    @Test
    void socketsAreShutUnlessTheOperatorSaysOtherwise() {
        Walls shut = Walls.of(Dialect.DOCKER, List.of(GVISOR, USERNS));
        Walls open = Walls.of(Dialect.DOCKER, List.of(new Wall("gvisor", "runsc", null, true)));
        EngineApi usual = engine("runc", false, "runc", "runsc");

        assertThat(shut.keepingFromSockets(usual, "gvisor")).contains(GVISOR);
        assertThat(shut.keepingFromSockets(usual, "default")).isEmpty();
        assertThat(open.keepingFromSockets(usual, "gvisor")).isEmpty();
        assertThat(Walls.only(Dialect.DOCKER, USERNS).keepingFromSockets(engine("runc", true), "userns"))
                .isEmpty();
        assertThat(Walls.of(Dialect.PODMAN, List.of(GVISOR))
                        .keepingFromSockets(engine("/usr/bin/runsc", false), "default"))
                .as("an engine that has the wall for all")
                .contains(GVISOR);
    }

    @Test
    void badSettingsAreRefusedByName() {
        for (String name : List.of("default", "gVisor", "a b", "")) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> new Wall(name, "runsc", null, false))
                    .withMessageContaining("fleet.isolation." + name);
        }
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Wall("gvisor", null, null, true))
                .withMessageContaining("set runtime, socket or both");
    }
}
