package dev.fleetrunner.store;

import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import dev.fleetrunner.contract.Context;
import dev.fleetrunner.contract.EnvValue;
import dev.fleetrunner.contract.Mount;
import dev.fleetrunner.task.TaskEvent;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Events as Jackson writes records by itself; for the store's own tests. */
public final class JacksonEvents implements EventCodec {
    private static final Map<String, Class<?>> TYPES = Stream.of(TaskEvent.class.getPermittedSubclasses())
            .collect(Collectors.toMap(Class::getSimpleName, Function.identity()));

    private final ObjectMapper json = new ObjectMapper()
            .registerModule(new JavaTimeModule())
            .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
            .addMixIn(Mount.class, ByClass.class)
            .addMixIn(EnvValue.class, ByClass.class)
            .addMixIn(Context.HydrationRef.class, ByClass.class);

    @Override
    public String type(TaskEvent event) {
        return event.getClass().getSimpleName();
    }

    @Override
    public byte[] write(TaskEvent event) {
        try {
            return json.writeValueAsBytes(event);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public TaskEvent read(String type, byte[] bytes) {
        try {
            return (TaskEvent) json.readValue(bytes, TYPES.get(type));
        } catch (IOException e) {
            throw new IllegalArgumentException(e);
        }
    }

    @JsonTypeInfo(use = JsonTypeInfo.Id.CLASS)
    private interface ByClass {}
}
