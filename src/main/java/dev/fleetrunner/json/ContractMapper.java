package dev.fleetrunner.json;

import com.fasterxml.jackson.annotation.JsonSetter;
import com.fasterxml.jackson.annotation.Nulls;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.util.List;

/**
 * The mapper of results, faults and events. What is not known is written as an explicit {@code null}, so that a client
 * sees every field; on reading, fields that this version does not know are passed over, and lists that are missing are
 * empty. Specs from callers are not its business: {@link SpecReader} reads those.
 */
public final class ContractMapper {
    private ContractMapper() {}

    /** A mapper of its own, to be kept and shared: it is safe for threads. */
    public static JsonMapper create() {
        return JsonMapper.builder()
                .addModule(new ContractModule())
                .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
                .withConfigOverride(
                        List.class, list -> list.setSetterInfo(JsonSetter.Value.forValueNulls(Nulls.AS_EMPTY)))
                .build();
    }
}
