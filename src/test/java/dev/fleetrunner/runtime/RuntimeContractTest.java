package dev.fleetrunner.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.fleetrunner.contract.Caller.Share;
import dev.fleetrunner.contract.CauseCode;
import dev.fleetrunner.contract.Grant;
import dev.fleetrunner.contract.ImageRule;
import dev.fleetrunner.contract.Usage;
import dev.fleetrunner.logs.LogChunk;
import dev.fleetrunner.logs.LogCursor;
import dev.fleetrunner.runtime.ContainerSpec.MountSpec;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.helpers.test.AssertSubscriber;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The definition of a runtime: every implementation passes all of this on the real thing. */
class RuntimeContractTest extends RuntimeContract {

    static Stream<RuntimeFixture> fixtures() {
        return withWalls();
    }

    private static final Duration NO_DELAY = Duration.ofSeconds(20);

    @TempDir
    Path directory;

    // ---- how a command ends

    @Test
    void exitCodeZero() {
        TaskRun run = run(shell("exit 0"));
        assertThat(run.exit().code()).isZero();
        assertThat(run.exit().executed()).isTrue();
    }

    @Test
    void exitCodeOne() {
        assertThat(run(shell("exit 1")).exit().code()).isEqualTo(1);
    }

    @Test
    void aShellsOwn126And127AreExitCodes() {
        for (int code : new int[] {126, 127}) {
            Exit exit = run(shell("exit " + code)).exit();
            assertThat(exit.code()).isEqualTo(code);
            assertThat(exit.executed()).isTrue();
        }
    }

    @Test
    void aCommandThatIsNotThereWasNotExecuted() {
        TaskRun run = run(command("no-such-command"));
        assertThat(run.exit().code()).isEqualTo(127);
        assertThat(run.exit().executed()).isFalse();
        assertThat(run.err()).contains("no-such-command").contains("No such file");
    }

    @Test
    void aFileThatIsNoProgramWasNotExecuted() {
        TaskRun run = run(command("/etc/passwd"));
        assertThat(run.exit().code()).isEqualTo(126);
        assertThat(run.exit().executed()).isFalse();
    }

    @Test
    void aSignalIs128AndItsNumber() {
        TaskRun run = run(shell("kill -KILL $$"));
        assertThat(run.exit().code()).isEqualTo(137);
        assertThat(run.exit().oomKilled()).isFalse();
    }

    @Test
    void memoryThatRanOutIsTold() {
        TaskRun run = run(command("perl", "-e", "my $x = 'a' x (1 << 30); print length $x")
                .memory(64L << 20));
        assertThat(run.exit().code()).isEqualTo(137);
        assertThat(run.exit().oomKilled()).isTrue();
    }

    @Test
    void usageOfAShortCommandIsTold() {
        TaskRun run = run(command("perl", "-e", "my $x = 'a' x (32 << 20); my $i = 0; $i++ while $i < 3e6"));
        assertThat(run.exit().cpuSeconds()).isGreaterThan(0.01);
        assertThat(run.exit().peakMemoryBytes()).isGreaterThan(32L << 20);
        assertThat(run.exit().finishedAt()).isAfterOrEqualTo(run.exit().startedAt());
    }

    @Test
    void aDaemonOfItsOwnSessionDelaysNothing() {
        Instant before = Instant.now();
        TaskRun run = run(shell("setsid sleep 600 & echo started; exit 3"));
        assertThat(run.exit().code()).isEqualTo(3);
        assertThat(run.out()).isEqualTo("started\n");
        assertThat(Duration.between(before, Instant.now())).isLessThan(NO_DELAY);
    }

    @Test
    void aGrandchildThatHoldsThePipesDelaysNothing() {
        Instant before = Instant.now();
        TaskRun run = run(shell("(sh -c 'sleep 600; echo late' &) ; echo early"));
        assertThat(run.out()).isEqualTo("early\n");
        assertThat(Duration.between(before, Instant.now())).isLessThan(NO_DELAY);
    }

    @Test
    void orphansAreReaped() {
        TaskRun run = run(shell("for i in 1 2 3 4 5; do (sh -c 'exit 0' &) ; done; "
                + "i=0; while grep -l '^State:.Z' /proc/[0-9]*/status 2>/dev/null | grep -q .; do "
                + "i=$((i+1)); [ $i -gt 2000 ] && echo zombies && break; done; echo done"));
        assertThat(run.out()).isEqualTo("done\n");
    }

    @Test
    void theWatchdogKeepsTheDeadlineAlone() {
        TaskRun run =
                run(shell("trap '' TERM; echo on; while :; do sleep 1; done").deadline(1, 1));
        assertThat(run.exit().deadlineReached()).isTrue();
        assertThat(run.exit().code()).isEqualTo(137);
        assertThat(run.out()).isEqualTo("on\n");
    }

    // ---- stopping

    @Test
    void stopLetsACommandEndInItsOwnWay() {
        assertThat(stopWhenReady(shell("trap 'echo bye; exit 5' TERM; echo ready; while :; do sleep 0.05; done"), 30)
                        .exit()
                        .code())
                .isEqualTo(5);
    }

    @Test
    void stopEndsACommandThatIgnoresTerm() {
        TaskRun run = stopWhenReady(shell("trap '' TERM; echo ready; while :; do sleep 0.05; done"), 1);
        assertThat(run.exit().code()).isEqualTo(137);
    }

    @Test
    void stopIsSafeTwiceAndAfterTheEnd() {
        var started = start(shell("echo ready; sleep 600"));
        Uni.join().all(stop(started, 1), stop(started, 1)).andFailFast().await().atMost(LIMIT);
        TaskRun.finish(started.running());
        stop(started, 1).await().atMost(LIMIT);
        runtime.remove(started.ref()).await().atMost(LIMIT);
        stop(started, 1).await().atMost(LIMIT);
    }

    @Test
    void stopIsSafeBeforeTheStart() {
        ContainerSpec spec = shell("echo never").build();
        prepare(spec);
        runtime.stop(new ContainerRef(spec.taskId()), Duration.ZERO).await().atMost(LIMIT);
    }

    @Test
    void removeIsSafeTwiceWhileRunningAndForWhatNeverWas() {
        var started = start(shell("sleep 600"));
        runtime.remove(started.ref()).await().atMost(LIMIT);
        runtime.remove(started.ref()).await().atMost(LIMIT);
        runtime.remove(new ContainerRef("never-was")).await().atMost(LIMIT);
        assertThat(owned()).isEmpty();
    }

    // ---- output

    @Test
    void bothStreamsAreKeptApartAndInOrder() {
        TaskRun run = run(shell("for i in 1 2 3; do echo o$i; sleep 0.1; echo e$i >&2; sleep 0.1; done"));
        assertThat(run.out()).isEqualTo("o1\no2\no3\n");
        assertThat(run.err()).isEqualTo("e1\ne2\ne3\n");
        assertThat(run.chunks().stream().map(chunk -> new String(chunk.bytes(), StandardCharsets.UTF_8)))
                .containsExactly("o1\n", "e1\n", "o2\n", "e2\n", "o3\n", "e3\n");
    }

    @Test
    void binaryOutputIsExact() {
        TaskRun run =
                run(command("perl", "-e", "print pack('C*', 0..255) x 64; print STDERR pack('C*', reverse 0..255)"));
        byte[] all = new byte[256];
        IntStream.range(0, 256).forEach(i -> all[i] = (byte) i);
        assertThat(run.stdout()).hasSize(256 * 64).startsWith(all).endsWith(all);
        assertThat(run.stderr()).hasSize(256);
        assertThat(run.stderr()[0]).isEqualTo((byte) 255);
    }

    @Test
    void aHundredMegabytesAreExact() throws Exception {
        MessageDigest expected = MessageDigest.getInstance("SHA-256");
        byte[] block = new byte[1 << 20];
        for (int i = 0; i < block.length; i++) {
            block[i] = (byte) ('a' + i * 7 % 26);
        }
        for (int i = 0; i < 100; i++) {
            expected.update(block);
        }
        String program = "my $b = join '', map { chr(97 + $_ * 7 % 26) } 0..(1 << 20) - 1; print $b for 1..100";
        ContainerSpec spec = command("perl", "-e", program).build();
        prepare(spec);
        var running = runtime.start(new ContainerRef(spec.taskId())).await().atMost(LIMIT);
        MessageDigest actual = MessageDigest.getInstance("SHA-256");
        AtomicLong bytes = new AtomicLong();
        running.output()
                .onItem()
                .invoke(chunk -> {
                    actual.update(chunk.bytes());
                    bytes.addAndGet(chunk.bytes().length);
                })
                .collect()
                .last()
                .await()
                .atMost(LIMIT);
        assertThat(bytes).hasValue(100L << 20);
        assertThat(HexFormat.of().formatHex(actual.digest()))
                .isEqualTo(HexFormat.of().formatHex(expected.digest()));
        assertThat(running.exit().await().atMost(LIMIT).code()).isZero();
    }

    @Test
    void aReaderThatDoesNotAskSlowsTheCommandAndLosesNothing() {
        var started = start(shell("i=0; while [ $i -lt 2000 ]; do echo $i; i=$((i+1)); done"));
        AssertSubscriber<LogChunk> slow =
                started.running().output().subscribe().withSubscriber(AssertSubscriber.create(0));
        slow.assertHasNotReceivedAnyItem()
                .request(1)
                .awaitNextItem(LIMIT)
                .request(Long.MAX_VALUE)
                .awaitCompletion(LIMIT);
        String text = text(slow.getItems());
        assertThat(text.lines()).hasSize(2000).startsWith("0").endsWith("1999");
    }

    @Test
    void aMissingLastNewlineStaysMissing() {
        assertThat(run(shell("printf 'a\\nb'")).out()).isEqualTo("a\nb");
    }

    @Test
    void emptyOutputIsEmpty() {
        TaskRun run = run(command("true"));
        assertThat(run.chunks()).isEmpty();
    }

    @Test
    void aLineOfOneMebibyteIsExact() {
        TaskRun run = run(command("perl", "-e", "print 'x' x (1 << 20), qq(\\n)"));
        assertThat(run.stdout()).hasSize((1 << 20) + 1);
    }

    @Test
    void stdinIsClosed() {
        TaskRun run = run(shell("cat; echo read"));
        assertThat(run.out()).isEqualTo("read\n");
    }

    @Test
    void aCommandThatClosesItsOutputIsWaitedFor() {
        TaskRun run = run(shell("echo last; exec >&- 2>&-; sleep 1; exit 9"));
        assertThat(run.out()).isEqualTo("last\n");
        assertThat(run.exit().code()).isEqualTo(9);
    }

    // ---- preparing

    @Test
    void anImageThatIsNotThereIsACause() {
        assertThatThrownBy(() -> prepare(
                        command("true").image("localhost/no-such-image:1").build()))
                .isInstanceOfSatisfying(RuntimeFailure.class, failure -> {
                    assertThat(failure.reason().code()).isEqualTo(CauseCode.IMAGE_NOT_FOUND);
                    assertThat(failure.reason().message()).contains("localhost/no-such-image:1");
                });
    }

    @Test
    void anImageThatMayNotBePulledIsACause() {
        Grant withoutPull = new Grant("strict", List.of(), false, List.of(), Share.WHOLE, ImageRule.ALL, List.of("*"));

        assertThatThrownBy(() -> prepare(command("true")
                        .image("localhost/no-such-image:1")
                        .grant(withoutPull)
                        .build()))
                .isInstanceOfSatisfying(RuntimeFailure.class, failure -> {
                    assertThat(failure.reason().code()).isEqualTo(CauseCode.POLICY_DENIED);
                    assertThat(failure.reason().message()).contains("localhost/no-such-image:1", "rule strict");
                });
    }

    @Test
    void aRegistryThatDoesNotAnswerIsACause() {
        assertThatThrownBy(() -> prepare(
                        command("true").image("127.0.0.1:1/no-such-image:1").build()))
                .isInstanceOfSatisfying(RuntimeFailure.class, failure -> assertThat(
                                failure.reason().code())
                        .as(failure.reason().message())
                        .isEqualTo(CauseCode.IMAGE_PULL_FAILED));
    }

    @Test
    void aBindWithoutASourceIsACause() {
        ContainerSpec spec = command("true")
                .mount(new MountSpec.Bind("/no/such/directory", "/data", true))
                .build();
        assertThatThrownBy(() -> TaskRun.of(runtime, spec))
                .isInstanceOfSatisfying(
                        RuntimeFailure.class,
                        failure -> assertThat(failure.reason().code()).isEqualTo(CauseCode.MOUNT_INVALID));
    }

    @Test
    void preparingEndsReadyAndReplacesWhatWasLeft() {
        ContainerSpec spec = shell("echo once").build();
        List<Preparation> first = prepare(spec);
        List<Preparation> second = prepare(spec);
        assertThat(first).last().isInstanceOf(Preparation.Ready.class);
        assertThat(first).filteredOn(Preparation.ImagePresent.class::isInstance).singleElement();
        assertThat(second).last().isNotEqualTo(first.get(first.size() - 1));
        assertThat(TaskRun.of(runtime, spec).out()).isEqualTo("once\n");
    }

    @Test
    void cancellingThePreparationLeavesNothingBehind() {
        for (int items = 0; items < 3; items++) {
            ContainerSpec spec = shell("echo never").build();
            runtime.prepare(spec)
                    .select()
                    .first(items)
                    .collect()
                    .asList()
                    .await()
                    .atMost(LIMIT);
            runtime.remove(new ContainerRef(spec.taskId())).await().atMost(LIMIT);
        }
        await().atMost(LIMIT).untilAsserted(() -> assertThat(owned()).isEmpty());
    }

    // ---- walls

    @Test
    void theReceiptIsWhatTheKernelKeeps() {
        TaskRun run =
                run(shell("cat /sys/fs/cgroup/memory/memory.limit_in_bytes /sys/fs/cgroup/memory.max 2>/dev/null; "
                                + "cat /sys/fs/cgroup/pids/pids.max /sys/fs/cgroup/pids.max 2>/dev/null")
                        .memory(128L << 20)
                        .pids(77));
        assertThat(run.out()).isEqualTo((128L << 20) + "\n77\n");
        assertThat(run.enforced().memoryBytes()).isEqualTo(128L << 20);
        assertThat(run.enforced().pids()).isEqualTo(77);
        assertThat(run.enforced().cpus()).isEqualTo(1.0);
        assertThat(run.enforced().user()).isEqualTo("1000:1000");
        assertThat(run.enforced().network()).isEqualTo("none");
        assertThat(run.enforced().readOnlyRoot()).isTrue();
        assertThat(run.enforced().capabilities()).isEmpty();
        assertThat(run.enforced().seccomp()).isEqualTo("default");
    }

    @Test
    void aForkBombIsHeld() {
        TaskRun run = run(command(
                        "perl",
                        "-e",
                        "my $n = 0; while (defined(my $p = fork)) { if (!$p) { sleep 600 } $n++ } print $n")
                .pids(30));
        assertThat(run.exit().code()).isZero();
        assertThat(Integer.parseInt(run.out())).isBetween(10, 30);
    }

    @Test
    void theRootIsReadOnlyAndTheWorkPlacesAreNot() {
        TaskRun run = run(shell("pwd; touch /etc/x /x 2>/dev/null && echo bad; "
                + "for d in /workspace /home/agent $HOME /tmp; do echo $d > $d/file && cat $d/file; done; "
                + "printf '#!/bin/sh\\necho runs\\n' > /tmp/p && chmod +x /tmp/p && /tmp/p"));
        assertThat(run.out()).isEqualTo("/workspace\n/workspace\n/home/agent\n/home/agent\n/tmp\nruns\n");
    }

    @Test
    void anyUserHasWritableWorkPlaces() {
        for (String user : List.of("1234:4321", "1000:1000")) {
            TaskRun run = run(shell("id -u; id -g; touch /workspace/a /home/agent/b && echo ok")
                    .user(user));
            assertThat(run.out()).isEqualTo(user.replace(":", "\n") + "\nok\n");
        }
    }

    @Test
    void thereAreNoCapabilitiesAndNoWayToNewOnes() {
        TaskRun run = run(shell("grep -E '^(Cap|NoNewPrivs|Seccomp:)' /proc/self/status"));
        assertThat(run.out().lines().filter(line -> line.startsWith("Cap")))
                .hasSize(5)
                .allMatch(line -> line.endsWith("0000000000000000"));
        assertThat(run.out()).contains("NoNewPrivs:\t1").contains("Seccomp:\t2");
    }

    @Test
    void capabilitiesAreThoseThatWereGrantedAndNoOthers() {
        Grant grant = new Grant(
                "wide",
                List.of(),
                true,
                List.of("CHOWN", "NET_BIND_SERVICE"),
                Share.WHOLE,
                ImageRule.ALL,
                List.of("*"));

        TaskRun run = run(shell("grep CapEff /proc/self/status; chown 12:34 /workspace && stat -c %u:%g /workspace")
                .user("0:0")
                .grant(grant));

        assertThat(run.out()).isEqualTo("CapEff:\t0000000000000401\n12:34\n");
        assertThat(run.enforced().capabilities()).containsExactly("CHOWN", "NET_BIND_SERVICE");
    }

    @Test
    void thereIsNoNetwork() {
        TaskRun run = run(shell("ls /sys/class/net; cat /proc/net/route | wc -l"));
        assertThat(run.out()).isEqualTo("lo\n1\n");
    }

    @Test
    void theRunnersOwnWordsAreNotTheTasks() {
        TaskRun run = run(shell("env; cat /proc/1/environ").env(Map.of("GREETING", "hello world")));
        assertThat(run.out()).contains("GREETING=hello world").doesNotContain("FLEET_INIT");
        assertThat(run.err()).contains("Permission denied").doesNotContain("fleet-init");
    }

    @Test
    void bindsAreReadOnlyOrNotAsAskedFor() throws IOException {
        Path bind = Files.createDirectory(directory.resolve("bind"));
        Files.setPosixFilePermissions(bind, PosixFilePermissions.fromString("rwxrwxrwx"));
        Files.writeString(bind.resolve("in"), "from the host");
        TaskRun run = run(shell("cat /ro/in; touch /ro/x 2>/dev/null && echo bad; echo out > /rw/out")
                .mount(new MountSpec.Bind(bind.toString(), "/ro", true))
                .mount(new MountSpec.Bind(bind.toString(), "/rw", false)));
        assertThat(run.out()).isEqualTo("from the host");
        assertThat(bind.resolve("out")).hasContent("out\n");
    }

    @Test
    void aBindMayTakeThePlaceOfTheWorkspace() throws IOException {
        Path bind = Files.createDirectory(directory.resolve("bind"));
        Files.writeString(bind.resolve("in"), "mine");
        TaskRun run = run(shell("cat in; touch /home/agent/ok && echo ' ok'")
                .mount(new MountSpec.Bind(bind.toString(), "/workspace", true)));
        assertThat(run.out()).isEqualTo("mine ok\n");
    }

    @Test
    void memoryMountsHaveTheirSize() {
        TaskRun run = run(shell("df -B1 --output=size /scratch | tail -1; touch /scratch/a && echo ok")
                .mount(new MountSpec.Tmpfs("/scratch", 8L << 20)));
        assertThat(run.out().strip().split("\\s+")).containsExactly(Long.toString(8L << 20), "ok");
    }

    // ---- looking in, taking out, taking over

    @Test
    void usageIsSampledWhileItRuns() {
        var started = start(command("perl", "-e", "my $x = 'a' x (32 << 20); 1 while 1"));
        List<Usage> samples = runtime.usage(started.ref())
                .select()
                .first(2)
                .collect()
                .asList()
                .await()
                .atMost(LIMIT);
        assertThat(samples).hasSize(2);
        assertThat(samples.get(1).memoryBytes()).isBetween(32L << 20, 256L << 20);
        assertThat(samples.get(1).cpus()).isBetween(0.1, 1.5);
        assertThat(samples.get(1).pids()).isGreaterThanOrEqualTo(2);
    }

    @Test
    void filesCanBeTakenOutAfterTheEnd() throws IOException {
        ContainerSpec spec = shell("mkdir d; printf content > d/file; exit 1").build();
        prepare(spec);
        var ref = new ContainerRef(spec.taskId());
        TaskRun.finish(runtime.start(ref).await().atMost(LIMIT));
        byte[] tar = collect(runtime.archive(ref, "/workspace/d"));
        try (var entries = new TarArchiveInputStream(new ByteArrayInputStream(tar))) {
            List<String> names = new ArrayList<>();
            for (var entry = entries.getNextEntry(); entry != null; entry = entries.getNextEntry()) {
                names.add(entry.getName());
                if (entry.isFile()) {
                    assertThat(entries.readAllBytes())
                            .asString(StandardCharsets.UTF_8)
                            .isEqualTo("content");
                }
            }
            assertThat(names).containsExactly("d/", "d/file");
        }
        assertThatThrownBy(() -> collect(runtime.archive(ref, "/workspace/none")))
                .isInstanceOfSatisfying(
                        RuntimeFailure.class,
                        failure -> assertThat(failure.reason().code()).isEqualTo(CauseCode.NOT_FOUND));
    }

    @Test
    void ownedAreOursAloneAndTellTheirState() {
        ContainerRuntime stranger = fixture.open("another-" + instance);
        try {
            ContainerSpec waiting =
                    shell("true").labels(Map.of("team", "authz")).build();
            prepare(waiting);
            var running = start(shell("sleep 600"));
            assertThat(owned())
                    .extracting(container -> container.ref().taskId(), OwnedContainer::state)
                    .contains(
                            org.assertj.core.groups.Tuple.tuple(waiting.taskId(), OwnedContainer.State.PREPARED),
                            org.assertj.core.groups.Tuple.tuple(running.ref().taskId(), OwnedContainer.State.RUNNING));
            assertThat(stranger.owned().collect().asList().await().atMost(LIMIT))
                    .isEmpty();
        } finally {
            fixture.close(stranger);
        }
    }

    @Test
    void anotherRunnerOfTheSameInstanceTakesOver() {
        var started = start(shell("echo first; sleep 1; echo second; echo third >&2; exit 4"));
        started.running().output().select().first(1).collect().asList().await().atMost(LIMIT);
        ContainerRuntime successor = fixture.open(instance);
        try {
            TaskRun run = TaskRun.finish(successor
                    .adopt(started.ref(), new LogResume(new LogCursor("first\n".length(), 0), null))
                    .await()
                    .atMost(LIMIT));
            assertThat(run.out()).isEqualTo("second\n");
            assertThat(run.err()).isEqualTo("third\n");
            assertThat(run.exit().code()).isEqualTo(4);
            TaskRun again = TaskRun.finish(
                    successor.adopt(started.ref(), LogResume.START).await().atMost(LIMIT));
            assertThat(again.out()).isEqualTo("first\nsecond\n");
        } finally {
            fixture.close(successor);
        }
    }

    @Test
    void whatWasNeverStartedCannotBeTakenOver() {
        ContainerSpec spec = shell("true").build();
        prepare(spec);
        for (String task : List.of(spec.taskId(), "never-was")) {
            assertThatThrownBy(() -> runtime.adopt(new ContainerRef(task), LogResume.START)
                            .await()
                            .atMost(LIMIT))
                    .isInstanceOfSatisfying(
                            RuntimeFailure.class,
                            failure -> assertThat(failure.reason().code()).isEqualTo(CauseCode.RUNNER_RESTARTED));
        }
    }

    @Test
    void fiftyAtOnce() {
        List<Uni<String>> runs = IntStream.range(0, 50)
                .mapToObj(i -> shell("echo " + i).memory(32L << 20).build())
                .map(spec -> {
                    var ref = new ContainerRef(spec.taskId());
                    return runtime.prepare(spec)
                            .collect()
                            .last()
                            .chain(() -> runtime.start(ref))
                            .chain(running -> running.output()
                                    .collect()
                                    .asList()
                                    .chain(chunks -> running.exit().map(exit -> exit.code() + " " + text(chunks))))
                            .eventually(() -> runtime.remove(ref));
                })
                .toList();
        List<String> results = Uni.join().all(runs).andFailFast().await().atMost(LIMIT);
        assertThat(results)
                .containsExactlyElementsOf(
                        IntStream.range(0, 50).mapToObj(i -> "0 " + i + "\n").toList());
    }

    // ---- steps

    private Uni<Void> stop(Started started, int graceSec) {
        return runtime.stop(started.ref(), Duration.ofSeconds(graceSec));
    }

    private TaskRun stopWhenReady(SpecBuilder builder, int graceSec) {
        var started = start(builder);
        var output = new java.util.concurrent.CopyOnWriteArrayList<LogChunk>();
        var drained =
                started.running().output().invoke(output::add).collect().last().subscribeAsCompletionStage();
        await().atMost(LIMIT).until(() -> text(output).startsWith("ready\n"));
        stop(started, graceSec).await().atMost(LIMIT);
        drained.join();
        Exit exit = started.running().exit().await().atMost(LIMIT);
        return new TaskRun(exit, new byte[0], new byte[0], output, null);
    }
}
