package dev.fleetrunner.runtime;

import dev.fleetrunner.contract.Enforced;
import dev.fleetrunner.logs.LogChunk;
import dev.fleetrunner.logs.LogStream;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;

/** One run of a container from beginning to end, as the pipeline does it, with what came out. */
record TaskRun(Exit exit, byte[] stdout, byte[] stderr, List<LogChunk> chunks, Enforced enforced) {
    static final Duration LIMIT = Duration.ofSeconds(120);

    /** Runs it and removes the container, whatever happens. */
    static TaskRun of(ContainerRuntime runtime, ContainerSpec spec) {
        var ref = new ContainerRef(spec.taskId());
        try {
            runtime.prepare(spec).collect().asList().await().atMost(LIMIT);
            var running = runtime.start(ref).await().atMost(LIMIT);
            return finish(running);
        } finally {
            runtime.remove(ref).await().atMost(LIMIT);
        }
    }

    /** Takes output and exit of a started container. */
    static TaskRun finish(RunningContainer running) {
        List<LogChunk> chunks = running.output().collect().asList().await().atMost(LIMIT);
        Exit exit = running.exit().await().atMost(LIMIT);
        Enforced enforced = running.enforced().await().atMost(LIMIT);
        return new TaskRun(exit, bytes(chunks, LogStream.STDOUT), bytes(chunks, LogStream.STDERR), chunks, enforced);
    }

    String out() {
        return new String(stdout, StandardCharsets.UTF_8);
    }

    String err() {
        return new String(stderr, StandardCharsets.UTF_8);
    }

    private static byte[] bytes(List<LogChunk> chunks, LogStream stream) {
        var all = new ByteArrayOutputStream();
        chunks.stream().filter(chunk -> chunk.stream() == stream).forEach(chunk -> all.writeBytes(chunk.bytes()));
        return all.toByteArray();
    }
}
