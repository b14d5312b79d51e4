package dev.fleetrunner.audit;

import dev.fleetrunner.contract.AccessRole;
import dev.fleetrunner.contract.Caller;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

/**
 * Something that was done, or asked for. Texts of others are made safe to show and cut where they are too long; a
 * secret must not be among them.
 *
 * @param who a name; null if it is not known
 * @param role null if the caller is not known, or the service itself
 * @param from an address; null if it came from inside the service
 * @param target of the action: the id of a task, of a token, a path; null if it has none
 * @param rule of the policy that decided; null if none did
 * @param detail what else there is to know, {@value #MOST_DETAILS} texts at most
 */
public record Act(
        String who,
        AccessRole role,
        String from,
        AuditAction action,
        String target,
        Outcome outcome,
        String rule,
        Map<String, String> detail) {
    /** The name under which the service itself acts. */
    public static final String SERVICE = "service";

    static final int MOST_DETAILS = 16;

    public Act {
        if (detail.size() > MOST_DETAILS) {
            throw new IllegalArgumentException("an act has at most " + MOST_DETAILS + " details");
        }
        who = Plain.text(who);
        from = Plain.text(from);
        target = Plain.text(target);
        rule = Plain.text(rule);
        var plain = new TreeMap<String, String>();
        detail.forEach((name, value) -> plain.put(name, Plain.text(value)));
        detail = Collections.unmodifiableMap(plain);
    }

    /** Something that somebody did; null for a caller who is not known. */
    public static Act by(Caller caller, AuditAction action, String target) {
        return caller == null
                ? new Act(null, null, null, action, target, Outcome.OK, null, Map.of())
                : new Act(caller.name(), caller.role(), caller.address(), action, target, Outcome.OK, null, Map.of());
    }

    /** Something that somebody unknown tried, from an address. */
    public static Act from(String address, AuditAction action, String target) {
        return new Act(null, null, address, action, target, Outcome.OK, null, Map.of());
    }

    /** Something that somebody without a role here tried; the name, if there is one, is somebody else's word. */
    public static Act named(String name, String address, AuditAction action) {
        return new Act(name, null, address, action, null, Outcome.OK, null, Map.of());
    }

    /** Something that the service did by itself. */
    public static Act ofService(AuditAction action, String target) {
        return new Act(SERVICE, null, null, action, target, Outcome.OK, null, Map.of());
    }

    /** Whether it is of somebody without a role here, of whom there may be very many. */
    boolean isOfStranger() {
        return role == null && !SERVICE.equals(who);
    }

    /** The same, allowed by a rule; null for one that has no name. */
    public Act under(String allowing) {
        return new Act(who, role, from, action, target, outcome, allowing, detail);
    }

    /** The same, forbidden by a rule; null for one that has no name. */
    public Act denied(String by) {
        return new Act(who, role, from, action, target, Outcome.DENIED, by, detail);
    }

    /** The same, without success. */
    public Act failed() {
        return new Act(who, role, from, action, target, Outcome.FAILED, rule, detail);
    }

    /** The same with a detail more; null leaves it out. */
    public Act with(String name, String value) {
        if (value == null) {
            return this;
        }
        var more = new TreeMap<>(detail);
        more.put(name, value);
        return new Act(who, role, from, action, target, outcome, rule, more);
    }
}
