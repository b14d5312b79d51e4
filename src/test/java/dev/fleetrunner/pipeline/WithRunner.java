package dev.fleetrunner.pipeline;

import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.fleetrunner.runtime.fake.Script;
import dev.fleetrunner.runtime.fake.Step;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** Runners on a store of their own. */
abstract class WithRunner {
    static final String SPEC = "{\"cmd\":[\"agent-task\"]}";
    static final Script LASTS = Script.PASSES.withOutput(new Step.UntilStopped());

    @TempDir
    Path directory;

    Ground ground;
    private final List<Runner> runners = new ArrayList<>();

    @BeforeEach
    void openGround() throws IOException {
        ground = new Ground(directory);
    }

    @AfterEach
    void closeGround() {
        runners.forEach(Runner::close);
        ground.close();
    }

    /** A runner that has not begun; the ones before it are fenced. */
    Runner runner(Runner.Setup setup) {
        var runner = new Runner(ground, setup.engine() == null ? setup.engine(ground.worker) : setup);
        runners.add(runner);
        return runner;
    }

    static Runner.Setup setup(int places, Script script) {
        return Runner.Setup.of(places, script).engine(null);
    }

    static String labelled(String value) {
        return "{\"cmd\":[\"agent-task\"],\"labels\":{\"n\":\"" + value + "\"}}";
    }

    static Refusal refused(ThrowingCallable call) {
        return catchThrowableOfType(Refusal.class, call);
    }
}
