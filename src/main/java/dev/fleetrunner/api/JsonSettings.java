package dev.fleetrunner.api;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.fleetrunner.json.ContractModule;
import io.quarkus.jackson.ObjectMapperCustomizer;
import jakarta.inject.Singleton;

/** Makes REST write the contract's types as the contract does. */
@Singleton
public class JsonSettings implements ObjectMapperCustomizer {
    @Override
    public void customize(ObjectMapper mapper) {
        mapper.registerModule(new ContractModule());
    }
}
