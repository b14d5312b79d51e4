package dev.fleetrunner.policy;

import dev.fleetrunner.contract.AccessRole;
import dev.fleetrunner.contract.Fault;
import dev.fleetrunner.contract.Glob;
import dev.fleetrunner.json.Faults;
import dev.fleetrunner.json.Fields;
import dev.fleetrunner.json.Pointer;
import dev.fleetrunner.json.Shape;
import dev.fleetrunner.json.Value;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/** Reads a policy strictly: every fault at once, each with its place; {@code docs/policy.md} has every field. */
public final class PolicyReader {
    private static final int MANY = 1000;
    private static final int LONG = 512;
    private static final Shape NAME = new Shape(
            63, "[a-z0-9]([a-z0-9-]*[a-z0-9])?", "a name", "use letters in lower case, digits and hyphens, at most 63");
    private static final List<String> ROLES =
            Arrays.stream(AccessRole.values()).map(AccessRole::word).toList();

    private final ProfileReader profileReader;

    /**
     * @param usualRoots the directories below which those may bind whose profile does not say
     */
    public PolicyReader(List<Path> usualRoots) {
        this.profileReader = new ProfileReader(usualRoots);
    }

    /** What there is in a document. */
    public sealed interface Read {
        /** A policy. */
        record Ok(Policy policy) implements Read {}

        /** Faults, at least one. */
        record Faulty(List<Fault> faults) implements Read {}
    }

    /** The policy that a document describes, or all its faults; never throws for what is in it. */
    public Read read(byte[] yaml) {
        Faults faults = Faults.ofOther();
        return PolicyDocument.parse(yaml, faults)
                .flatMap(tree -> new Value(tree, Pointer.ROOT, faults).fields())
                .map(this::policy)
                .filter(policy -> faults.none())
                .<Read>map(Read.Ok::new)
                .orElseGet(() -> new Read.Faulty(faults.list()));
    }

    private Policy policy(Fields fields) {
        Profiles profiles = fields.require("profiles", "write at least one")
                .map(this::profiles)
                .orElse(new Profiles(Set.of(), Map.of()));
        List<Rule> rules = fields.require("rules", "write at least one; the first that fits decides")
                .map(list -> rules(list, profiles))
                .orElse(List.of());
        fields.refuseOthers();
        return new Policy(rules);
    }

    /**
     * What a document says of profiles.
     *
     * @param names all that are written
     * @param read those without faults
     */
    private record Profiles(Set<String> names, Map<String, Profile> read) {}

    private Profiles profiles(Value value) {
        Map<String, Value> written = new LinkedHashMap<>();
        for (Value.Entry entry : value.entries(MANY)) {
            if (!NAME.fits(entry.name())) {
                entry.value().fault("is not a name", NAME.remedy());
            }
            written.put(entry.name(), entry.value());
        }
        var inheritance = new Inheritance(written);
        Map<String, Profile> profiles = new LinkedHashMap<>();
        written.keySet().forEach(name -> inheritance
                .whole(name)
                .flatMap(whole -> profileReader.read(name, whole))
                .ifPresent(profile -> profiles.put(name, profile)));
        return new Profiles(written.keySet(), profiles);
    }

    private static List<Rule> rules(Value list, Profiles profiles) {
        Set<String> taken = new HashSet<>();
        return list.items(MANY).stream()
                .map(item -> item.fields()
                        .flatMap(fields -> rule(fields, profiles, taken))
                        .orElse(null))
                .filter(Objects::nonNull)
                .toList();
    }

    private static Optional<Rule> rule(Fields fields, Profiles profiles, Set<String> taken) {
        Optional<Value> named = fields.require("name", "denials tell it");
        Optional<String> name = named.flatMap(value -> value.text(NAME));
        name.filter(known -> !taken.add(known))
                .ifPresent(twice -> named.get().fault("is the name of another rule too", "give each its own"));
        Fields when = fields.fields("when");
        Set<AccessRole> roles = EnumSet.noneOf(AccessRole.class);
        when.items("roles", ROLES.size())
                .forEach(item -> item.oneOf(ROLES).map(PolicyReader::role).ifPresent(roles::add));
        List<Glob> owners = ProfileReader.globs(when, "owners", List.of());
        Map<String, Glob> labels = new LinkedHashMap<>();
        when.find("labels").map(value -> value.entries(MANY)).orElse(List.of()).forEach(entry -> entry.value()
                .filled(LONG)
                .ifPresent(text -> labels.put(entry.name(), Glob.of(text))));
        when.refuseOthers();
        Optional<Profile> profile = fields.require("profile", "name one of the profiles")
                .flatMap(value -> value.oneOf(profiles.names()))
                .map(profiles.read()::get);
        fields.refuseOthers();
        return name.flatMap(known -> profile.map(given -> new Rule(known, roles, owners, labels, given)));
    }

    private static AccessRole role(String word) {
        return AccessRole.valueOf(word.toUpperCase(Locale.ROOT));
    }
}
