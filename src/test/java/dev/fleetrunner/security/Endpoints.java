package dev.fleetrunner.security;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import jakarta.ws.rs.HttpMethod;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import java.util.Set;
import java.util.TreeSet;

/** Every endpoint of the doors, from their compiled annotations: what is hidden from OpenAPI is here all the same. */
final class Endpoints {
    private static final String EVENTS = "text/event-stream";

    private Endpoints() {}

    /** As {@code GET /api/v1/tasks/{id}}, with {@code (events)} behind those that stream events. */
    static Set<String> all() {
        Set<String> all = new TreeSet<>();
        for (JavaClass type : new ClassFileImporter()
                .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
                .importPackages("dev.fleetrunner")) {
            for (JavaMethod method : type.getMethods()) {
                method.getAnnotations().stream()
                        .map(annotation -> annotation.getRawType().reflect().getAnnotation(HttpMethod.class))
                        .filter(verb -> verb != null)
                        .forEach(verb ->
                                all.add(verb.value() + " " + path(type, method) + (events(method) ? " (events)" : "")));
            }
        }
        return all;
    }

    private static String path(JavaClass type, JavaMethod method) {
        String own = method.tryGetAnnotationOfType(Path.class).map(Path::value).orElse("");
        String whole = "/" + type.getAnnotationOfType(Path.class).value() + "/" + own;
        return whole.replaceAll("/+", "/").replaceAll("(.)/$", "$1").replaceAll("\\{(\\w+):[^}]*}", "{$1}");
    }

    private static boolean events(JavaMethod method) {
        return method.tryGetAnnotationOfType(Produces.class)
                .map(types -> types.value()[0].startsWith(EVENTS))
                .orElse(false);
    }
}
