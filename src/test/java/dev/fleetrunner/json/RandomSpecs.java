package dev.fleetrunner.json;

import dev.fleetrunner.contract.Context;
import dev.fleetrunner.contract.EnvValue;
import dev.fleetrunner.contract.Limit;
import dev.fleetrunner.contract.Mount;
import dev.fleetrunner.contract.Resources;
import dev.fleetrunner.contract.TaskSpec;
import dev.fleetrunner.contract.Timeouts;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.function.Supplier;

/** Any spec that keeps the rules, the same ones for the same seed. */
final class RandomSpecs {
    private static final List<String> LIMITS =
            List.of(Limit.MEMORY, Limit.CPUS, Limit.PIDS, Limit.DISK, Limit.NETWORK, Limit.USER);
    private static final String[] PIECES = {"a", "Z", "9", " ", "\"", "\\", "\n", "ü", "€", "😀", "/", "~", "\u0001"};

    private final Random random;

    RandomSpecs(long seed) {
        random = new Random(seed);
    }

    TaskSpec next() {
        Resources resources = new Resources(
                oneOf(2000L, 10L, 1234L, 1024_000L),
                oneOf(4L << 30, 6L << 20, 123_456_789L, 7_000_000L),
                oneOf(512, 1, 1_000_000),
                oneOf(null, 1L << 20, 987_654_321_012L));
        Set<String> named = new HashSet<>(some(() -> oneOf(LIMITS.toArray(String[]::new))));
        if (resources.diskBytes() == null) {
            named.remove(Limit.DISK);
        }
        return new TaskSpec(
                oneOf(null, "busybox", "reg.example.org:5000/a/b:c"),
                cmd(),
                env(),
                mounts(),
                oneOf(Timeouts.DEFAULT, new Timeouts(1, 604_800, 86_400, 0)),
                resources,
                new TaskSpec.Artifacts(some(() -> "/workspace/" + random.nextInt(100) + "/**/*.xml")),
                context(),
                network(),
                random.nextBoolean(),
                oneOf("default", "gvisor"),
                oneOf("1000:1000", "0:0", "1:2147483647"),
                oneOf("auto", "podman"),
                labels(),
                random.nextInt(-100, 101),
                named);
    }

    private List<String> cmd() {
        List<String> cmd = new ArrayList<>(List.of("x" + text()));
        cmd.addAll(some(this::text));
        return cmd;
    }

    private Map<String, EnvValue> env() {
        Map<String, EnvValue> env = new LinkedHashMap<>();
        some(() -> "V" + random.nextInt(50))
                .forEach(name -> env.put(
                        name,
                        oneOf(
                                new EnvValue.Literal(text()),
                                new EnvValue.SecretRef("s1", EnvValue.As.FILE),
                                new EnvValue.SecretRef("s2", EnvValue.As.ENV))));
        return env;
    }

    private List<Mount> mounts() {
        List<Mount> mounts = new ArrayList<>();
        for (int i = random.nextInt(5); i > 0; i--) {
            String target = "/mnt/" + i;
            boolean readOnly = random.nextBoolean();
            mounts.add(oneOf(
                    new Mount.Bind("/srv/x", target, readOnly),
                    new Mount.Workspace("ws-0123456789ab", target, readOnly),
                    new Mount.Cache("pip", target),
                    new Mount.Tmpfs(target, random.nextLong(4096, 1L << 40))));
        }
        return mounts;
    }

    private Context context() {
        return new Context(
                oneOf(null, "c" + text()),
                oneOf(null, "t" + text()),
                oneOf(null, "developer"),
                some(() -> "s" + text()),
                some(() -> oneOf(
                        new Context.HydrationRef.RedisKey("k" + text()),
                        new Context.HydrationRef.Neo4jQuery("RETURN " + text()))),
                oneOf(Context.OnMissing.NOTE, Context.OnMissing.ERROR));
    }

    private TaskSpec.Network network() {
        return oneOf(
                TaskSpec.Network.NONE,
                new TaskSpec.Network(TaskSpec.Network.Mode.OPEN, List.of()),
                new TaskSpec.Network(
                        TaskSpec.Network.Mode.RESTRICTED, some(() -> "*.h" + random.nextInt(9) + ".org:1")));
    }

    private Map<String, String> labels() {
        Map<String, String> labels = new LinkedHashMap<>();
        some(() -> "l" + random.nextInt(50)).forEach(key -> labels.put(key, text()));
        return labels;
    }

    private String text() {
        StringBuilder text = new StringBuilder();
        some(() -> oneOf(PIECES)).forEach(text::append);
        return text.toString();
    }

    private <T> List<T> some(Supplier<? extends T> one) {
        List<T> list = new ArrayList<>();
        for (int i = random.nextInt(4); i > 0; i--) {
            list.add(one.get());
        }
        return list;
    }

    @SafeVarargs
    private <T> T oneOf(T... choices) {
        return choices[random.nextInt(choices.length)];
    }
}
