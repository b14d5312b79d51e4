package dev.fleetrunner.workspace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.apache.commons.compress.archivers.tar.TarConstants;
import org.junit.jupiter.api.Test;

/** Whatever bytes come, the end is a workspace or a refusal, in time, and nothing is left of what was refused. */
class FuzzTest extends WithWorkspaceStore {
    private static final int RUNS = 1200;
    private static final Duration LIMIT = Duration.ofSeconds(120);

    private static List<byte[]> seeds() {
        Tars tar = tree(new Tars());
        byte[] pax = tar.toBytes();
        byte[] gnu = tree(new Tars().gnu()).special(TarConstants.LF_CHR, "null").toBytes();
        byte[] zip = new Zips()
                .unix("bin/run", 0100755, "run".repeat(200))
                .unix("bin/link", 0120777, "run")
                .plain("docs/", "")
                .plain("docs/read.me", "read".repeat(300))
                .toBytes();
        return List.of(pax, gnu, zip, Tars.gzip(pax));
    }

    private static Tars tree(Tars tar) {
        return tar.directory("d")
                .file("d/one", "1".repeat(700))
                .symlink("d/link", "../d/one")
                .hardLink("hard", "d/one")
                .file("long/".repeat(40) + "ü", "2");
    }

    private boolean tried(byte[] archive) {
        try {
            Workspace workspace = add(archive).workspace();
            got(workspace.id())
                    .forEach(got -> assertThat(got.name()).doesNotContain("..").doesNotStartWith("/"));
            assertThat(store.delete(workspace.id()).await().atMost(SOON)).isTrue();
            return true;
        } catch (RefusedUpload refusal) {
            assertThat(refusal.getMessage()).hasSizeLessThan(1000).doesNotContain("\n");
            return false;
        } finally {
            assertThat(onDisk()).isEmpty();
        }
    }

    @Test
    void changedArchivesOfEveryForm() {
        List<byte[]> seeds = seeds();
        int[] taken = new int[1];
        assertTimeoutPreemptively(LIMIT, () -> {
            for (int seed = 0; seed < RUNS; seed++) {
                Random random = new Random(seed);
                byte[] archive = seeds.get(seed % seeds.size()).clone();
                for (int change = random.nextInt(6); change >= 0; change--) {
                    change(archive, random);
                }
                taken[0] += tried(archive) ? 1 : 0;
            }
        });
        assertThat(taken[0]).isBetween(RUNS / 50, RUNS * 49 / 50);
    }

    @Test
    void randomBytesBehindEveryBeginning() {
        byte[][] beginnings = {{0x1F, (byte) 0x8B, 8}, {'P', 'K', 3, 4}, {'P', 'K', 5, 6}, {}};
        assertTimeoutPreemptively(LIMIT, () -> {
            for (int seed = 0; seed < RUNS / 4; seed++) {
                Random random = new Random(seed);
                byte[] bytes = new byte[1 + random.nextInt(5000)];
                random.nextBytes(bytes);
                byte[] beginning = beginnings[seed % beginnings.length];
                System.arraycopy(beginning, 0, bytes, 0, Math.min(beginning.length, bytes.length));
                assertThat(tried(bytes)).isFalse();
            }
        });
    }

    /** Of tars mostly in the headers, and mostly with a checksum that is right again. */
    private static void change(byte[] archive, Random random) {
        int at = random.nextInt(archive.length);
        int block = at / 512 * 512;
        boolean header = block + 512 <= archive.length
                && new String(archive, block + 257, 5, StandardCharsets.ISO_8859_1).equals("ustar");
        switch (random.nextInt(header ? 6 : 2)) {
            case 0 -> archive[at] = (byte) random.nextInt(256);
            case 1 -> archive[at] ^= (byte) (1 << random.nextInt(8));
            case 2 -> archive[block + 124 + random.nextInt(12)] = (byte) ('0' + random.nextInt(8));
            case 3 -> archive[block + 156] = (byte) "01234567SLKxgXV\0".charAt(random.nextInt(16));
            case 4 -> archive[block + random.nextInt(20)] = (byte) "/.\0a\u00FF".charAt(random.nextInt(5));
            default -> System.arraycopy(archive, random.nextInt(archive.length / 512) * 512, archive, block, 512);
        }
        if (header && random.nextInt(10) > 0) {
            byte[] right = Tars.withChecksum(Arrays.copyOfRange(archive, block, block + 512));
            System.arraycopy(right, 0, archive, block, 512);
        }
    }
}
