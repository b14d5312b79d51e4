package dev.fleetrunner.web;

import dev.fleetrunner.async.Later;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.sse.OutboundSseEvent;
import jakarta.ws.rs.sse.Sse;
import java.time.Duration;

/** Keeps a stream of events alive through proxies that close what is silent, and says when it is over. */
public final class Heartbeat {
    private static final Duration BEAT = Duration.ofSeconds(15);

    private Heartbeat() {}

    /** The events, a comment every 15 seconds beside them, and an event {@code end} behind them. */
    public static Multi<OutboundSseEvent> beside(Sse sse, Multi<OutboundSseEvent> events) {
        return Multi.createFrom().deferred(() -> {
            Multi<OutboundSseEvent> withEnd = events.onCompletion()
                    .continueWith(sse.newEventBuilder().name("end").data("{}").build());
            Multi<OutboundSseEvent> beats = Multi.createFrom()
                    .ticks()
                    .startingAfter(BEAT)
                    .every(BEAT)
                    .onOverflow()
                    .drop()
                    .map(tick -> sse.newEventBuilder().comment("").build());
            return Multi.createBy()
                    .merging()
                    // A reader that does not read has one event waiting, not a buffer full of them.
                    .withRequests(1)
                    .streams(withEnd.map(Item::new).onCompletion().continueWith(Item.LAST), beats.map(Item::new))
                    .select()
                    .first(item -> item != Item.LAST)
                    .map(Item::event);
        });
    }

    /** The same for events that are known only later. */
    public static Multi<OutboundSseEvent> beside(Sse sse, Uni<Multi<OutboundSseEvent>> events) {
        return Later.stream(events.map(known -> beside(sse, known)));
    }

    private record Item(OutboundSseEvent event) {
        static final Item LAST = new Item(null);
    }
}
