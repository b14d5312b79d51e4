package dev.fleetrunner.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import dev.fleetrunner.examples.Example;
import dev.fleetrunner.service.Client;
import dev.fleetrunner.service.WithoutEngine;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Specs with a few bytes changed, and bodies of any bytes: taken or refused, never a failure of the service. */
@QuarkusTest
@TestProfile(WithoutEngine.class)
class MutatedInputTest {
    private static final Duration LIMIT = Duration.ofSeconds(120);
    private static final String TOKENS = "{}[]\",:\\0-.eE/*?\u0000\u00ff";

    private final Client client = Client.known();

    @Test
    void mutatedSpecsAreTakenOrRefused() throws IOException {
        List<byte[]> seeds = seeds();
        assertTimeoutPreemptively(LIMIT, () -> {
            for (int seed = 0; seed < 300; seed++) {
                Random random = new Random(seed);
                byte[] spec = seeds.get(seed % seeds.size()).clone();
                for (int change = random.nextInt(6); change >= 0; change--) {
                    spec[random.nextInt(spec.length)] = (byte) TOKENS.charAt(random.nextInt(TOKENS.length()));
                }
                isAnswered(seed, spec);
            }
        });
    }

    @Test
    void randomBodiesAreRefused() {
        assertTimeoutPreemptively(LIMIT, () -> {
            for (int seed = 0; seed < 200; seed++) {
                Random random = new Random(seed);
                byte[] body = new byte[1 + random.nextInt(4000)];
                random.nextBytes(body);
                assertThat(isAnswered(seed, body)).as("seed " + seed).isEqualTo(400);
            }
        });
    }

    private int isAnswered(int seed, byte[] body) {
        HttpResponse<String> answer = client.post("/api/v1/tasks", BodyPublishers.ofByteArray(body));
        assertThat(answer.statusCode())
                .as("seed " + seed + ": " + answer.body())
                .isBetween(200, 499);
        Client.json(answer);
        return answer.statusCode();
    }

    private static List<byte[]> seeds() throws IOException {
        List<byte[]> seeds = new ArrayList<>();
        for (Example example : Example.all()) {
            seeds.add(Files.readAllBytes(example.file()));
        }
        return seeds;
    }
}
