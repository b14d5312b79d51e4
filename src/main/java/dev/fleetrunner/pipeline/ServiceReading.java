package dev.fleetrunner.pipeline;

import dev.fleetrunner.audit.Audit;
import dev.fleetrunner.contract.Caller;
import java.util.List;

/** The use case of the service itself: what it is, and how it is set. */
public final class ServiceReading {
    private final Facts facts;
    private final Access access;

    /** @param audit is told who was refused */
    public ServiceReading(Facts facts, Audit audit) {
        this.facts = facts;
        this.access = new Access(audit);
    }

    /**
     * What does not change in a life of the service.
     *
     * @param version of the service
     * @param java the version of Java that it runs on
     * @param instance the runner's instance id
     * @param store what keeps state, logs and files
     * @param dataDirectory where they are; null for who does not look after the service
     * @param settings in force, by their names; values that are secret are left out
     */
    public record Facts(
            String version, String java, String instance, String store, String dataDirectory, List<Setting> settings) {
        public Facts {
            settings = List.copyOf(settings);
        }
    }

    /**
     * A setting in force.
     *
     * @param value null for one that is secret
     * @param source where it was set
     */
    public record Setting(String name, String value, String source) {}

    /** What it is; the settings name hosts and directories, so they are for those who look after the service. */
    public Facts get(Caller caller) {
        access.toSeeAll(caller, "look at the service");
        return caller.role().changesAll()
                ? facts
                : new Facts(facts.version(), facts.java(), facts.instance(), facts.store(), null, List.of());
    }
}
