package dev.fleetrunner.cli.config;

import dev.fleetrunner.cli.output.Screen;
import dev.fleetrunner.cli.output.Shell;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * Finds out which service to call. For the address and for the token, each by itself, the first of these that says
 * something: the option, the variable, the context, the default. The context is that of {@code --context}, which is stronger
 * than the variables of address and token, else of {@code FLEET_CONTEXT}, else the one in use.
 *
 * <p>A context's token goes to the context's address alone, and the one of a data directory to this machine alone.
 */
public final class Lookup {
    /** Where a service listens that was told nothing else. */
    public static final String DEFAULT_URL = "http://127.0.0.1:8080";

    private static final Context NONE = new Context(null, null, null);

    private final Screen screen;
    private final Shell shell;

    /** For the user of a screen, who is warned there. */
    public Lookup(Screen screen) {
        this.screen = screen;
        shell = screen.shell();
    }

    /** The address and the token. */
    public Settings settings(Given given) {
        boolean chosen = given.context() != null;
        String url = given.url() != null || chosen ? given.url() : shell.variable("FLEET_URL");
        String token = given.token() != null || chosen ? given.token() : shell.variable("FLEET_TOKEN");
        if (url != null && token != null) {
            return new Settings(checked(url), token.strip());
        }
        Context context = url == null ? context(given.context()) : NONE;
        url = checked(url != null ? url : context.url() != null ? context.url() : DEFAULT_URL);
        if (token == null) {
            token = context.token() == null && context.tokenFile() != null
                    ? read(context.tokenFile())
                    : context.token();
        }
        return new Settings(url, token == null ? LocalToken.find(shell, url) : token.strip());
    }

    private Context context(String option) {
        ConfigFile file = ConfigFile.of(shell);
        String name = option != null ? option : shell.variable("FLEET_CONTEXT");
        name = name != null ? name : file.current();
        if (name == null) {
            return NONE;
        }
        if (file.isOpenToOthers()) {
            screen.note("fleet: warning: " + file.path() + " has a token and other users may read it; chmod 600 it");
        }
        return file.context(name);
    }

    private String read(String file) {
        boolean ofHome = file.startsWith("~/") && shell.variable("HOME") != null;
        try {
            return Files.readString(Path.of(ofHome ? shell.variable("HOME") + file.substring(1) : file));
        } catch (IOException e) {
            throw new Misconfigured("the context's token file " + file
                    + " cannot be read; set another: fleet config set NAME --token-file FILE");
        }
    }

    /** An address without a slash at its end; refused if it is none. */
    public static String checked(String url) {
        String trimmed = url.replaceAll("/+$", "");
        try {
            URI uri = URI.create(trimmed);
            if (uri.getHost() != null && List.of("http", "https").contains(String.valueOf(uri.getScheme()))) {
                return trimmed;
            }
        } catch (IllegalArgumentException e) {
            throw new Misconfigured(notAnAddress(url));
        }
        throw new Misconfigured(notAnAddress(url));
    }

    private static String notAnAddress(String url) {
        return "'" + url + "' is no address; --url, FLEET_URL and contexts take one such as " + DEFAULT_URL;
    }
}
