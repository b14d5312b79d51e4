package dev.fleetrunner.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.fleetrunner.contract.CauseCode;
import dev.fleetrunner.runtime.ContainerSpec.MountSpec;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.helpers.test.AssertSubscriber;
import io.vertx.mutiny.core.buffer.Buffer;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The part of the runtime contract that is about files: copies, caches, the disk budget, and what is left behind. */
class FilesContractTest extends RuntimeContract {
    private static final long MIB = 1L << 20;

    // ---- what the image has

    @Test
    void workPlacesBeginAsTheImageHasThemAndCopiesCoverWhatItHas() {
        String image = "localhost/fleet-test-places-" + instance.toLowerCase(Locale.ROOT) + ":1";
        fixture.makeImage(
                image,
                "mkdir -p /workspace /src; cd /workspace; echo mine > a; chown -R agent:agent .; "
                        + "echo tool > ~agent/.tool; chown agent:agent ~agent/.tool; echo image > /src/b");
        try {
            for (int time = 0; time < 2; time++) {
                TaskRun places = run(
                        shell("cat a ~/.tool; echo more >> a; echo x > ~/.tool").image(image));
                assertThat(places.err()).isEmpty();
                assertThat(places.out()).isEqualTo("mine\ntool\n");

                for (String target : List.of("/src", "/workspace", "/home/agent")) {
                    TaskRun covered = run(shell("ls -A " + target + "; touch " + target + "/mine")
                            .image(image)
                            .mount(copy(target, false, TaskFiles.of(1000, 1000).file("./c", 0644, "c"))));
                    assertThat(covered.out()).as(target).isEqualTo("c\n");
                    assertThat(covered.err()).isEmpty();
                }
            }
        } finally {
            fixture.removeImage(image);
        }
    }

    // ---- copies

    @ParameterizedTest
    @ValueSource(strings = {"/workspace", "/home/agent", "/src/deep/dir", "/var/cache"})
    void aCopyIsThereWithItsOwnersAndModes(String target) {
        for (String user : List.of("1000:1000", "4321:4322")) {
            TaskRun run = run(shell("cd " + target + " && stat -c '%u:%g' . && stat -c '%u:%g %a %F %n' a d d/e l && "
                            + "cat a l && touch a d/e/new new && rm d/b && echo written")
                    .user(user)
                    .mount(copy(target, false, tree(user))));
            assertThat(run.err()).as(run.out()).isEmpty();
            assertThat(run.out())
                    .isEqualTo(String.join(
                            "\n",
                            user,
                            user + " 750 regular file a",
                            user + " 700 directory d",
                            user + " 755 directory d/e",
                            user + " 777 symbolic link l",
                            "content",
                            "content",
                            "written",
                            ""));
        }
    }

    @Test
    void aCopyIsTheTasksAlone() {
        TaskRun first = run(shell("echo changed > a; cat a").mount(copy("/workspace", false, tree("1000:1000"))));
        TaskRun second = run(shell("cat a").mount(copy("/workspace", false, tree("1000:1000"))));

        assertThat(first.out()).isEqualTo("changed\n");
        assertThat(second.out()).isEqualTo("content\n");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/workspace", "/src/deep/dir"})
    void aReadOnlyCopyCanOnlyBeRead(String target) {
        TaskRun run =
                run(shell("cd " + target + " && cat l; touch new a 2>&1; rm a 2>&1; touch /home/agent/ok && echo ok")
                        .mount(copy(target, true, tree("1000:1000"))));

        assertThat(run.out())
                .startsWith("content\n")
                .contains("Read-only file system")
                .endsWith("ok\n");
        assertThat(run.out().split("Read-only file system", -1)).hasSize(4);
    }

    @Test
    void fiveThousandFilesAreCopiedAndCanBeTakenOut() throws IOException {
        TaskFiles files = TaskFiles.of(1000, 1000);
        Set<String> names = new HashSet<>();
        for (int i = 0; i < 5000; i++) {
            String name = "f" + i + "-" + "n".repeat(i % 120);
            names.add("workspace/" + name);
            files.file("./" + name, 0644, "content of " + i);
        }
        ContainerSpec spec = shell("ls | wc -l; cat f4999*")
                .mount(copy("/workspace", false, files))
                .build();
        prepare(spec);
        var ref = new ContainerRef(spec.taskId());
        TaskRun run = TaskRun.finish(runtime.start(ref).await().atMost(LIMIT));
        assertThat(run.out()).isEqualTo("5000\ncontent of 4999");

        byte[] tar = collect(runtime.archive(ref, "/workspace"));

        Set<String> found = new HashSet<>();
        try (var entries = new TarArchiveInputStream(new ByteArrayInputStream(tar))) {
            for (var entry = entries.getNextEntry(); entry != null; entry = entries.getNextEntry()) {
                if (entry.isFile()) {
                    found.add("workspace/" + entry.getName().replaceFirst("^/?(workspace)?/", ""));
                }
            }
        }
        assertThat(found).isEqualTo(names);
    }

    @Test
    void otherMountsLieOnACopy() {
        TaskRun run = run(shell("touch mem/a kept/deep/b ro/c 2>&1; cat ro/a; ls; stat -c %U:%F mem kept kept/deep; "
                        + "grep -c ' /workspace/mem tmpfs' /proc/mounts; touch kept/beside && echo ok")
                .mount(new MountSpec.Tmpfs("/workspace/mem", MIB))
                .mount(new MountSpec.Cache("/workspace/kept/deep", "nested"))
                .mount(copy("/workspace/ro", true, tree("1000:1000")))
                .mount(copy("/workspace", false, TaskFiles.of(1000, 1000).file("./x", 0644, "x"))));

        assertThat(run.out())
                .isEqualTo("touch: cannot touch 'ro/c': Read-only file system\ncontent\nkept\nmem\nro\nx\n"
                        + "agent:directory\n".repeat(3) + "1\nok\n");
    }

    @Test
    void memoryLiesOnAReadOnlyCopyAndOnADirectoryOfTheImage() {
        TaskRun run = run(shell("touch /src/tmp/a /var/cache/b && ls /src /var/cache && touch /src/c 2>&1")
                .user("4321:4322")
                .mount(copy("/src", true, tree("4321:4322")))
                .mount(new MountSpec.Tmpfs("/src/tmp", MIB))
                .mount(new MountSpec.Tmpfs("/var/cache", MIB)));

        assertThat(run.out())
                .isEqualTo(
                        "/src:\na\nd\nl\ntmp\n\n/var/cache:\nb\ntouch: cannot touch '/src/c': Read-only file system\n");
    }

    @Test
    void aCopyThatIsCancelledLeavesNothing() {
        var asked = new AtomicLong();
        var ended = new AtomicInteger();
        ContainerSpec spec = shell("true")
                .mount(new MountSpec.Copy("/workspace", false, "ws-endless", () -> TaskFiles.endless(1000, 1000)
                        .invoke(piece -> asked.addAndGet(piece.length()))
                        .onTermination()
                        .invoke(ended::incrementAndGet)))
                .build();
        AssertSubscriber<Preparation> preparing =
                runtime.prepare(spec).subscribe().withSubscriber(AssertSubscriber.create(Long.MAX_VALUE));
        await().atMost(LIMIT).until(() -> asked.get() > 32 * MIB);

        preparing.cancel();

        await().atMost(LIMIT).until(() -> ended.get() == 1);
        runtime.remove(new ContainerRef(spec.taskId())).await().atMost(LIMIT);
        assertThat(owned()).isEmpty();
        assertThat(preparing.getItems()).noneMatch(Preparation.Ready.class::isInstance);
    }

    @Test
    void filesThatCannotBeReadAreACause() {
        Multi<Buffer> broken = Multi.createBy()
                .concatenating()
                .streams(
                        TaskFiles.endless(1000, 1000).select().first(20),
                        Multi.createFrom().failure(new IOException("the disk has a hole")));
        ContainerSpec spec = shell("true")
                .mount(new MountSpec.Copy("/workspace", false, "ws-broken", () -> broken))
                .build();

        assertThatThrownBy(() -> prepare(spec)).isInstanceOfSatisfying(RuntimeFailure.class, failure -> {
            assertThat(failure.reason().code()).isEqualTo(CauseCode.MOUNT_INVALID);
            assertThat(failure.reason().message()).contains("ws-broken", "/workspace", "the disk has a hole");
        });

        runtime.remove(new ContainerRef(spec.taskId())).await().atMost(LIMIT);
        assertThat(owned()).isEmpty();
    }

    @Test
    void aSourceMayNameItsOwnCause() {
        ContainerSpec spec = shell("true")
                .mount(new MountSpec.Copy("/workspace", false, "ws-gone", () -> Multi.createFrom()
                        .failure(new RuntimeFailure(CauseCode.STORAGE_FULL, "no room"))))
                .build();

        assertThatThrownBy(() -> prepare(spec)).isInstanceOfSatisfying(RuntimeFailure.class, failure -> assertThat(
                        failure.reason().code())
                .isEqualTo(CauseCode.STORAGE_FULL));
    }

    @Test
    void aTarThatIsNoneIsTheEnginesToRefuse() {
        ContainerSpec spec = shell("true")
                .mount(new MountSpec.Copy("/workspace", false, "ws-noise", () -> Multi.createFrom()
                        .item(Buffer.buffer("no tar ".repeat(1000)))))
                .build();

        assertThatThrownBy(() -> prepare(spec)).isInstanceOfSatisfying(RuntimeFailure.class, failure -> {
            assertThat(failure.reason().code()).isEqualTo(CauseCode.ENGINE_FAILED);
            assertThat(failure.reason().message()).contains("ws-noise", "/workspace");
        });
    }

    // ---- caches

    @ParameterizedTest
    @ValueSource(strings = {"1000:1000", "4321:4322"})
    void aCacheIsKeptBetweenTasks(String user) {
        String key = "k" + user.replace(":", "");
        Instant before = Instant.now().minusSeconds(2);
        for (String target : List.of("/home/agent/.cache/pip", "/c", "/var/cache")) {
            TaskRun run = run(shell("cd " + target + " && stat -c %u:%g . && echo $((1 + $(cat n || echo 0))) > n && "
                            + "cat n; head -c 200000 /dev/zero > data")
                    .user(user)
                    .mount(new MountSpec.Cache(target, key)));
            assertThat(run.out()).startsWith(user + "\n").hasSize(user.length() + 3);
        }
        TaskRun fourth = run(shell("cat /c/n").user(user).mount(new MountSpec.Cache("/c", key)));
        assertThat(fourth.out()).isEqualTo("3\n");
        assertThat(caches()).singleElement().satisfies(cache -> {
            assertThat(cache.key()).isEqualTo(key);
            assertThat(cache.sizeBytes()).isBetween(200_000L, 300_000L);
            assertThat(cache.createdAt()).isBetween(before, Instant.now());
        });
        assertThat(owned()).isEmpty();
    }

    @Test
    void theWayToACacheIsTheTasks() {
        TaskRun run = run(shell("touch /home/agent/.cache/other && echo ok")
                .mount(new MountSpec.Cache("/home/agent/.cache/pip", "way")));
        assertThat(run.out()).isEqualTo("ok\n");
    }

    @Test
    void cachesOfTwoKeysAreTwo() {
        run(shell("echo one > /c/n").mount(new MountSpec.Cache("/c", "one")));
        TaskRun run = run(shell("ls /c").mount(new MountSpec.Cache("/c", "two")));
        assertThat(run.out()).isEmpty();
    }

    @Test
    void theFirstTasksOfACacheMayComeAtOnce() {
        List<Uni<Integer>> runs = IntStream.range(0, 6)
                .mapToObj(i -> shell("touch /c/" + i + " && until [ $(ls /c | wc -l) = 6 ]; do sleep 0.1; done")
                        .user("4321:4322")
                        .mount(new MountSpec.Cache("/c", "shared"))
                        .build())
                .map(spec -> {
                    var ref = new ContainerRef(spec.taskId());
                    return runtime.prepare(spec)
                            .collect()
                            .last()
                            .chain(() -> runtime.start(ref))
                            .chain(running -> running.output().collect().last().chain(running::exit))
                            .map(Exit::code)
                            .eventually(() -> runtime.remove(ref));
                })
                .toList();

        assertThat(Uni.join().all(runs).andFailFast().await().atMost(LIMIT)).containsOnly(0);
    }

    @Test
    void aCacheIsRemovedOnlyWhenNobodyHasIt() {
        var mount = new MountSpec.Cache("/c", "busy");
        ContainerSpec prepared = shell("true").mount(mount).build();
        prepare(prepared);
        assertThat(removeCache("busy")).isFalse();
        var started = start(shell("sleep 600").mount(mount));
        runtime.remove(new ContainerRef(prepared.taskId())).await().atMost(LIMIT);
        assertThat(removeCache("busy")).isFalse();
        runtime.remove(started.ref()).await().atMost(LIMIT);

        assertThat(caches()).hasSize(1);
        assertThat(removeCache("busy")).isTrue();
        assertThat(caches()).isEmpty();
        assertThat(removeCache("busy")).isTrue();
    }

    @Test
    void cachesOfAnotherInstanceAreNotOurs() {
        run(shell("true").mount(new MountSpec.Cache("/c", "mine")));
        ContainerRuntime stranger = fixture.open("another-" + instance);
        try {
            assertThat(stranger.caches().collect().asList().await().atMost(LIMIT))
                    .isEmpty();
            stranger.removeCache("mine").await().atMost(LIMIT);
        } finally {
            fixture.close(stranger);
        }
        assertThat(caches()).hasSize(1);
    }

    // ---- the disk budget

    @ParameterizedTest
    @ValueSource(strings = {"/workspace", "/home/agent", "/src/deep"})
    void aWriterIsEndedWhenItsBudgetIsUsedUp(String place) {
        TaskRun run = run(shell("i=0; while :; do i=$((i+1)); head -c 1000000 /dev/zero > " + place + "/$i; done")
                .mount(copy("/src/deep", false, TaskFiles.of(1000, 1000)))
                .disk(20 * MIB));

        assertThat(run.exit().diskUsedBytes()).isGreaterThanOrEqualTo(20 * MIB);
        assertThat(run.exit().code()).isEqualTo(143);
        assertThat(run.exit().deadlineReached()).isFalse();
        assertThat(run.err()).doesNotContain("disk=");
    }

    @Test
    void oneFileAsLargeAsTheBudgetIsTold() {
        TaskRun run = run(
                command("dd", "if=/dev/zero", "of=/workspace/large", "bs=1M").disk(20 * MIB));

        assertThat(run.exit().diskUsedBytes()).isGreaterThanOrEqualTo(20 * MIB);
        assertThat(run.exit().code()).isNotZero();
    }

    @Test
    void manySmallFilesUseABudgetUp() {
        TaskRun run =
                run(command("perl", "-e", "for (my $i = 0;; $i++) { open my $f, '>', \"f$i\" or die; print $f 'x' }")
                        .disk(8 * MIB));

        assertThat(run.exit().diskUsedBytes()).isGreaterThanOrEqualTo(8 * MIB);
    }

    @Test
    void whatIsNotTheTasksOwnDoesNotCount() {
        TaskRun run = run(shell("head -c 4000000 /dev/zero > kept/a; head -c 4000000 /dev/zero > mem/a; "
                        + "head -c 4000000 /dev/zero > /tmp/a; head -c 500000 /dev/zero > own; sleep 3; echo done")
                .mount(new MountSpec.Cache("/workspace/kept", "large"))
                .mount(new MountSpec.Tmpfs("/workspace/mem", 8 * MIB))
                .disk(4 * MIB));

        assertThat(run.out()).isEqualTo("done\n");
        assertThat(run.exit().diskUsedBytes()).isNull();
        assertThat(run.exit().code()).isZero();
    }

    // ---- housekeeping

    @Test
    void tidyLeavesWhatIsUsed() {
        ContainerSpec spec = shell("cat /odd/place/a; cat /c/n")
                .mount(copy("/odd/place", false, tree("1000:1000")))
                .mount(new MountSpec.Cache("/c", "tidy"))
                .build();
        run(shell("echo kept > /c/n").mount(new MountSpec.Cache("/c", "tidy")));
        prepare(spec);

        for (int i = 0; i < 3; i++) {
            runtime.tidy().await().atMost(LIMIT);
        }

        assertThat(TaskRun.finish(runtime.start(new ContainerRef(spec.taskId()))
                                .await()
                                .atMost(LIMIT))
                        .out())
                .isEqualTo("content\nkept\n");
    }

    @Test
    void tidyDisturbsNoPreparation() {
        List<Uni<Integer>> runs = IntStream.range(0, 8)
                .mapToObj(i -> shell("touch /p" + i % 3 + "/ok")
                        .mount(copy("/p" + i % 3, false, TaskFiles.of(1000, 1000)))
                        .build())
                .map(spec -> {
                    var ref = new ContainerRef(spec.taskId());
                    return runtime.tidy()
                            .chain(() -> runtime.prepare(spec).collect().last())
                            .chain(() -> runtime.tidy())
                            .chain(() -> runtime.start(ref))
                            .chain(running -> running.output().collect().last().chain(running::exit))
                            .map(Exit::code)
                            .eventually(() -> runtime.remove(ref));
                })
                .toList();

        assertThat(Uni.join().all(runs).andFailFast().await().atMost(LIMIT)).containsOnly(0);
    }

    // ---- steps

    private boolean removeCache(String key) {
        return runtime.removeCache(key).await().atMost(LIMIT);
    }

    private static MountSpec.Copy copy(String target, boolean readOnly, TaskFiles files) {
        return new MountSpec.Copy(target, readOnly, "ws-test", files::stream);
    }

    private static TaskFiles tree(String user) {
        String[] ids = user.split(":");
        return TaskFiles.of(Integer.parseInt(ids[0]), Integer.parseInt(ids[1]))
                .file("./a", 0750, "content\n")
                .directory("./d", 0700)
                .file("./d/b", 0600, "b")
                .directory("./d/e", 0755)
                .link("./l", "a");
    }
}
