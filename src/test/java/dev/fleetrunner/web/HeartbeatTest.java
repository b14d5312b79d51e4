package dev.fleetrunner.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.helpers.test.AssertSubscriber;
import jakarta.ws.rs.sse.OutboundSseEvent;
import java.util.concurrent.atomic.AtomicLong;
import org.jboss.resteasy.reactive.server.jaxrs.SseImpl;
import org.junit.jupiter.api.Test;

class HeartbeatTest {
    private final SseImpl sse = new SseImpl();

    @Test
    void keepsNoEventsForOneWhoDoesNotRead() {
        var made = new AtomicLong();

        var reader = Heartbeat.beside(sse, events(1000).invoke(made::incrementAndGet))
                .subscribe()
                .withSubscriber(AssertSubscriber.create(1));

        reader.awaitItems(1);
        assertThat(made).hasValueLessThanOrEqualTo(2);
        reader.cancel();
    }

    @Test
    void tellsTheEndBehindAllEvents() {
        var reader = Heartbeat.beside(sse, events(1000)).subscribe().withSubscriber(AssertSubscriber.create(2000));

        reader.awaitCompletion();

        assertThat(reader.getItems()).hasSize(1001);
        assertThat(reader.getLastItem().getName()).isEqualTo("end");
    }

    private Multi<OutboundSseEvent> events(int count) {
        return Multi.createFrom()
                .range(0, count)
                .map(number -> sse.newEventBuilder().data(number).build());
    }
}
