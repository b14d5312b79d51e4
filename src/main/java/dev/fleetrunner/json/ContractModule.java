package dev.fleetrunner.json;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonSetter;
import com.fasterxml.jackson.annotation.JsonValue;
import com.fasterxml.jackson.annotation.Nulls;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.JsonDeserializer;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.JsonSerializer;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.module.SimpleModule;
import dev.fleetrunner.contract.Enforced;
import dev.fleetrunner.contract.Metadata;
import dev.fleetrunner.contract.Phase;
import dev.fleetrunner.contract.TaskSpec;
import dev.fleetrunner.contract.TaskStatus;
import java.io.IOException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.List;

/**
 * How the contract's records look in JSON, for any Jackson mapper. The records know nothing of it: annotations are mixed
 * in here.
 */
public final class ContractModule extends SimpleModule {
    private static final DateTimeFormatter MILLIS =
            DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSSX").withZone(ZoneOffset.UTC);

    public ContractModule() {
        super("fleet-runner-contract");
        setMixInAnnotation(TaskStatus.class, Word.class);
        setMixInAnnotation(Phase.class, Word.class);
        setMixInAnnotation(Metadata.class, CallersNames.class);
        setMixInAnnotation(Enforced.class, UnknownStaysNull.class);
        addSerializer(Instant.class, new WriteInstant());
        addDeserializer(Instant.class, new ReadInstant());
        addSerializer(TaskSpec.class, new WriteSpec());
        addDeserializer(TaskSpec.class, new ReadSpec());
    }

    private interface Word {
        @JsonValue
        String word();
    }

    private interface CallersNames {
        @JsonProperty("case_id")
        String caseId();

        @JsonProperty("task_id")
        String taskId();
    }

    /** No capabilities is an empty list; capabilities that the runtime does not tell are null. */
    private interface UnknownStaysNull {
        @JsonSetter(nulls = Nulls.SET)
        List<String> capabilities();
    }

    private static final class WriteInstant extends JsonSerializer<Instant> {
        @Override
        public void serialize(Instant value, JsonGenerator out, SerializerProvider provider) throws IOException {
            out.writeString(MILLIS.format(value));
        }
    }

    private static final class ReadInstant extends JsonDeserializer<Instant> {
        @Override
        public Instant deserialize(JsonParser in, DeserializationContext context) throws IOException {
            String text = in.getValueAsString();
            try {
                return Instant.parse(text);
            } catch (DateTimeParseException other) {
                return (Instant) context.handleWeirdStringValue(Instant.class, text, "not a time in ISO 8601");
            }
        }
    }

    private static final class WriteSpec extends JsonSerializer<TaskSpec> {
        @Override
        public void serialize(TaskSpec value, JsonGenerator out, SerializerProvider provider) throws IOException {
            provider.defaultSerializeValue(SpecWriter.canonical(value), out);
        }
    }

    private static final class ReadSpec extends JsonDeserializer<TaskSpec> {
        @Override
        public TaskSpec deserialize(JsonParser in, DeserializationContext context) throws IOException {
            return SpecReader.stored(context.readValue(in, JsonNode.class));
        }
    }
}
