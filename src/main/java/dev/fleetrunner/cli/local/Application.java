package dev.fleetrunner.cli.local;

import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * The service's application in this process, behind a class loader of its own. Quarkus' own launcher is not used: it wants
 * its classes in the process's class path, takes the process's signals, and ends it with the application.
 */
final class Application {
    /** What the build has changed or made goes before what it was made of. */
    private static final List<String> ORDER = List.of("quarkus", "app", "lib/main", "lib/boot");

    private static final String MAIN = "io.quarkus.runner.ApplicationImpl";

    private final Object application;

    private Application(Object application) {
        this.application = application;
    }

    /**
     * Starts it; returns when it answers. Its settings are those of the system properties, and of the environment.
     *
     * @param directory of the application, as Quarkus builds it
     * @throws ReflectiveOperationException if it does not start; the cause says why
     */
    static Application start(Path directory) throws IOException, ReflectiveOperationException {
        Thread thread = Thread.currentThread();
        ClassLoader before = thread.getContextClassLoader();
        // Stays open: classes are loaded for as long as the application runs.
        @SuppressWarnings("resource")
        ClassLoader loader = new URLClassLoader(jars(directory), ClassLoader.getPlatformClassLoader());
        try {
            thread.setContextClassLoader(loader);
            // Before anything logs: Java takes one log manager for the whole life of the process.
            System.setProperty("java.util.logging.manager", "org.jboss.logmanager.LogManager");
            Class<?> type = loader.loadClass(MAIN);
            Object application = type.getDeclaredConstructor().newInstance();
            type.getMethod("start", String[].class).invoke(application, (Object) new String[0]);
            return new Application(application);
        } finally {
            thread.setContextClassLoader(before);
        }
    }

    private static URL[] jars(Path directory) throws IOException {
        List<URL> jars = new ArrayList<>();
        for (String part : ORDER) {
            // Transformed bytecode goes before generated, which is the reverse of their names.
            try (Stream<Path> files = Files.list(directory.resolve(part))) {
                files.filter(file -> file.toString().endsWith(".jar"))
                        .sorted((one, other) -> other.compareTo(one))
                        .map(Application::url)
                        .forEach(jars::add);
            }
        }
        return jars.toArray(URL[]::new);
    }

    private static URL url(Path jar) {
        try {
            return jar.toUri().toURL();
        } catch (MalformedURLException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Where it listens: the port is the one that it got. */
    String url() throws ReflectiveOperationException {
        ClassLoader loader = application.getClass().getClassLoader();
        Class<?> key = loader.loadClass("io.quarkus.value.registry.ValueRegistry$RuntimeKey");
        Object port = loader.loadClass("io.quarkus.vertx.http.HttpServer")
                .getField("HTTP_PORT")
                .get(null);
        Object registry = application.getClass().getMethod("getValueRegistry").invoke(application);
        return "http://127.0.0.1:"
                + loader.loadClass("io.quarkus.value.registry.ValueRegistry")
                        .getMethod("get", key)
                        .invoke(registry, port);
    }

    /** Stops it. */
    void stop() {
        try {
            application.getClass().getMethod("stop").invoke(application);
        } catch (InvocationTargetException failed) {
            throw new IllegalStateException("the service did not stop: " + failed.getCause(), failed);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(e);
        }
    }
}
