package dev.fleetrunner.cli.config;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.fleetrunner.cli.output.Json;
import dev.fleetrunner.cli.output.Shell;
import dev.fleetrunner.cli.output.Yaml;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** The configuration, {@code config.yaml}: contexts by name, and which of them is in use. */
public final class ConfigFile {
    private static final Set<PosixFilePermission> OWNER_ONLY = PosixFilePermissions.fromString("rw-------");
    private static final Set<PosixFilePermission> OTHERS = PosixFilePermissions.fromString("---rw-rw-");
    private static final String CURRENT = "current";
    private static final String CONTEXTS = "contexts";

    private final Path path;
    private final ObjectNode tree;

    private ConfigFile(Path path, ObjectNode tree) {
        this.path = path;
        this.tree = tree;
    }

    /** The one of the user whose shell it is; empty if there is no file. */
    public static ConfigFile of(Shell shell) {
        Path path = place(shell);
        if (!Files.exists(path)) {
            return new ConfigFile(path, Json.object());
        }
        try {
            JsonNode tree = Yaml.read(Files.readAllBytes(path));
            if (tree instanceof ObjectNode object) {
                return new ConfigFile(path, object);
            }
            return new ConfigFile(path, Json.object());
        } catch (IOException e) {
            String words = e.getMessage() == null
                    ? ""
                    : e.getMessage().lines().findFirst().orElse("");
            throw new Misconfigured(path + " cannot be read: " + words + "; correct it, or move it away");
        }
    }

    private static Path place(Shell shell) {
        String base = shell.variable("XDG_CONFIG_HOME");
        String home = shell.variable("HOME");
        Path directory = base != null ? Path.of(base) : Path.of(home == null ? "." : home, ".config");
        return directory.resolve("fleet").resolve("config.yaml");
    }

    /** Where it is, or would be. */
    public Path path() {
        return path;
    }

    /** The name of the context in use; null for none. */
    public String current() {
        return Json.text(tree, CURRENT);
    }

    /** The names of all contexts, in their order. */
    public List<String> names() {
        List<String> names = new ArrayList<>();
        tree.path(CONTEXTS).fieldNames().forEachRemaining(names::add);
        return names;
    }

    /**
     * A context.
     *
     * @throws Misconfigured if there is none of that name
     */
    public Context context(String name) {
        JsonNode found = tree.path(CONTEXTS).path(name);
        if (!found.isObject()) {
            throw new Misconfigured("there is no context " + name + " in " + path + "; "
                    + (names().isEmpty()
                            ? "make it: fleet config set " + name + " --url URL"
                            : "there are: " + String.join(", ", names())));
        }
        return new Context(Json.text(found, "url"), Json.text(found, "token"), Json.text(found, "token_file"));
    }

    /** Makes a context the one in use. */
    public void use(String name) {
        context(name);
        tree.put(CURRENT, name);
    }

    /** Makes or changes a context; what is null stays as it is. The first one is in use from then on. */
    public void set(String name, Context changes) {
        ObjectNode context = tree.withObjectProperty(CONTEXTS).withObjectProperty(name);
        if (changes.url() != null) {
            context.put("url", changes.url());
        }
        if (changes.token() != null) {
            context.put("token", changes.token()).remove("token_file");
        }
        if (changes.tokenFile() != null) {
            context.put("token_file", changes.tokenFile()).remove("token");
        }
        if (current() == null) {
            tree.put(CURRENT, name);
        }
    }

    /** Writes it, for its owner's eyes alone. */
    public void save() throws IOException {
        Files.createDirectories(path.getParent());
        Path fresh = Files.createTempFile(
                path.getParent(), "config", ".yaml", PosixFilePermissions.asFileAttribute(OWNER_ONLY));
        Files.writeString(fresh, Yaml.write(tree));
        Files.move(fresh, path, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    /** Whether it holds a token and users other than its owner may read it. */
    public boolean isOpenToOthers() {
        boolean hasToken = names().stream().anyMatch(name -> context(name).token() != null);
        try {
            Set<PosixFilePermission> mode = hasToken ? Files.getPosixFilePermissions(path) : Set.of();
            return mode.stream().anyMatch(OTHERS::contains);
        } catch (IOException | UnsupportedOperationException e) {
            return false;
        }
    }
}
