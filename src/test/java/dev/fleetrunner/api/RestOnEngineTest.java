package dev.fleetrunner.api;

import static dev.fleetrunner.contract.CauseCode.QUEUE_FULL;
import static dev.fleetrunner.service.Problems.problem;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.fleetrunner.service.Client;
import dev.fleetrunner.service.OnEngine;
import dev.fleetrunner.service.ServerEvents.Event;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The calls about tasks that run, over HTTP, in real containers. */
@Tag("engine")
@QuarkusTest
@TestProfile(OnEngine.class)
@Timeout(120)
class RestOnEngineTest {
    private static final String TASKS = "/api/v1/tasks";
    private static final String SLEEP = "{\"cmd\":[\"sleep\",\"100\"],\"timeouts\":{\"graceSec\":0}}";

    private final Client client = Client.known();
    private final List<String> started = new ArrayList<>();

    private String start(String spec) {
        String id = client.submit(spec);
        started.add(id);
        return id;
    }

    private String status(String id) {
        return Client.json(client.get(TASKS + "/" + id)).get("status").asText();
    }

    private void awaitPhase(String id, String phase) {
        await().atMost(Duration.ofSeconds(30)).until(() -> Client.json(client.get(TASKS + "/" + id))
                .get("phase")
                .asText()
                .equals(phase));
    }

    @AfterEach
    void leaveNothingBehind() {
        started.forEach(id -> client.post(TASKS + "/" + id + "/cancel", ""));
        started.forEach(id -> assertThat(
                        client.get(TASKS + "/" + id + "/result?wait=60").statusCode())
                .isEqualTo(200));
        await().untilAsserted(() -> assertThat(
                        Client.json(client.get("/api/v1/containers")).get("containers"))
                .isEmpty());
    }

    @Test
    void runsATaskToItsResult() {
        JsonNode result = client.run("{\"cmd\":[\"/bin/sh\",\"-c\",\"echo hello; exit 3\"]}");
        assertThat(result.get("status").asText()).isEqualTo("failed");
        assertThat(result.get("exitCode").asInt()).isEqualTo(3);
        assertThat(result.at("/cause/code").asText()).isEqualTo("EXIT_NONZERO");
        assertThat(result.at("/captured/logBytes").asInt()).isEqualTo(6);
        assertThat(result.at("/metadata/enforced/user").asText()).isEqualTo("1000:1000");
        assertThat(result.at("/metadata/owner").asText()).isEqualTo("admin");

        assertThat(client.run("{\"cmd\":[\"true\"]}").get("status").asText()).isEqualTo("passed");
    }

    @Test
    void answersWithTheStateWhenTheWaitIsTooShort() {
        HttpResponse<String> accepted = client.post(TASKS + "?wait=1", SLEEP);
        String id = Client.json(accepted).get("id").asText();
        started.add(id);
        assertThat(accepted.statusCode()).isEqualTo(202);

        awaitPhase(id, "running");
        HttpResponse<String> result = client.get(TASKS + "/" + id + "/result");
        assertThat(result.statusCode()).isEqualTo(202);
        assertThat(Client.json(result).get("status").asText()).isEqualTo("running");
        assertThat(Client.json(result).get("phase").asText()).isEqualTo("running");
        assertThat(Client.json(result).get("runtime").asText()).isIn("podman", "docker");
    }

    /** Again and again: an engine may find that the command has ended while it is being signalled. */
    @RepeatedTest(20)
    void cancelsTwiceToTheSameEnd() {
        String id = start(SLEEP);
        awaitPhase(id, "running");
        assertThat(client.post(TASKS + "/" + id + "/cancel", "").statusCode()).isEqualTo(200);
        assertThat(client.post(TASKS + "/" + id + "/cancel", "").statusCode()).isEqualTo(200);

        HttpResponse<String> result = client.get(TASKS + "/" + id + "/result?wait=60");
        assertThat(result.statusCode()).isEqualTo(200);
        assertThat(Client.json(result).get("status").asText()).as(result.body()).isEqualTo("cancelled");
        assertThat(Client.json(result).at("/cause/message").asText()).isEqualTo("cancelled by admin");
        try (var events = client.events(TASKS + "/" + id + "/events")) {
            assertThat(events.rest().stream().filter(event -> "cancelRequested".equals(event.name())))
                    .hasSize(1);
        }
    }

    @Test
    void showsWhatRunsWithItsUsage() {
        String id = start(SLEEP);
        await().atMost(Duration.ofSeconds(30)).untilAsserted(() -> {
            JsonNode containers = Client.json(client.get("/api/v1/containers")).get("containers");
            assertThat(containers).hasSize(1);
            assertThat(containers.get(0).get("id").asText()).isEqualTo(id);
            assertThat(containers.at("/0/usage/memoryBytes").asLong()).isPositive();
            assertThat(containers.at("/0/usage/pids").asLong()).isPositive();
        });
        assertThat(client.get("/q/metrics").body()).contains("fleet_tasks_running 1.0");
        JsonNode health = Client.json(client.get("/api/v1/health"));
        assertThat(health.get("status").asText()).isEqualTo("healthy");
        assertThat(health.get("active_tasks").asInt()).isEqualTo(1);
    }

    @Test
    void refusesMoreThanTheQueueHolds() {
        for (int i = 0; i < OnEngine.PLACES; i++) {
            awaitPhase(start(SLEEP), "running");
        }
        for (int i = 1; i <= OnEngine.QUEUE; i++) {
            String waiting = start(SLEEP);
            assertThat(Client.json(client.get(TASKS + "/" + waiting))
                            .get("queuePosition")
                            .asInt())
                    .isEqualTo(i);
        }
        HttpResponse<String> refused = client.post(TASKS, SLEEP);
        problem(refused, 429, QUEUE_FULL);
        assertThat(refused.headers().firstValue("Retry-After"))
                .hasValueSatisfying(
                        seconds -> assertThat(Integer.parseInt(seconds)).isPositive());
        assertThat(client.get("/q/metrics").body()).contains("fleet_tasks_queued " + OnEngine.QUEUE + ".0");

        String last = started.get(started.size() - 1);
        client.post(TASKS + "/" + last + "/cancel", "");
        await().untilAsserted(() -> assertThat(status(last)).isEqualTo("cancelled"));
        start(SLEEP);
    }

    @Test
    void streamsTheEventsAsTheyHappen() {
        String id = start(SLEEP);
        try (var events = client.events(TASKS + "/" + id + "/events")) {
            assertThat(List.of(events.next(), events.next(), events.next()))
                    .extracting(Event::id, Event::name)
                    .containsExactly(
                            org.assertj.core.groups.Tuple.tuple("1", "submitted"),
                            org.assertj.core.groups.Tuple.tuple("2", "preparing"),
                            org.assertj.core.groups.Tuple.tuple("3", "started"));
            client.post(TASKS + "/" + id + "/cancel", "");
            assertThat(events.rest())
                    .extracting(Event::name)
                    .containsExactly("cancelRequested", "collecting", "finished", "end");
        }
    }

    @Test
    void measuresThePhases() {
        client.run("{\"cmd\":[\"true\"]}");
        await().untilAsserted(() -> {
            String metrics = client.get("/q/metrics").body();
            for (String phase : List.of("queued", "preparing", "running", "collecting")) {
                assertThat(metrics)
                        .containsPattern("fleet_task_phase_seconds_count\\{outcome=\"passed\",phase=\"" + phase
                                + "\",runtime=\"(podman|docker)\"\\} [1-9]");
            }
        });
    }
}
