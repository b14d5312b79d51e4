package dev.fleetrunner.report;

import java.util.List;

/**
 * A line of a file.
 *
 * @param file as the report writes it
 * @param line from 1; null if only the file is known
 * @param scope the class that the line is in, where the trace tells; else null
 * @param lastCounts whether it stands in a trace whose last call comes last
 */
record Place(String file, Integer line, String scope, boolean lastCounts) {
    private static final List<String> FOREIGN_PATHS = List.of(
            "node_modules/",
            "internal/",
            "site-packages/",
            "dist-packages/",
            "/lib/python",
            "/usr/lib/",
            "/usr/local/go/src/",
            "/pkg/mod/",
            "/rustc/",
            ".cargo/registry/",
            "<frozen ",
            "/perl5/",
            "/usr/share/");
    private static final List<String> FOREIGN_SCOPES = List.of(
            "java.",
            "javax.",
            "jdk.",
            "sun.",
            "com.sun.",
            "org.junit.",
            "junit.",
            "org.assertj.",
            "org.hamcrest.",
            "org.mockito.",
            "org.testng.",
            "org.opentest4j.",
            "kotlin.",
            "scala.",
            "groovy.",
            "org.codehaus.groovy.",
            "org.gradle.",
            "org.apache.maven.");

    /**
     * Where a test failed. A file that the report names apart from the text is believed, and the line that the trace names
     * in it is taken rather than the one at which the test begins. Otherwise the test's own class or file goes before
     * other code of the project, and that before libraries. Null if nothing is known.
     */
    static Place best(String text, TestRun test) {
        List<Place> found = Places.in(text);
        if (test.file() != null && !test.file().isBlank()) {
            String file = test.file().strip();
            Place inFile = pick(
                    found.stream().filter(place -> sameFile(place.file(), file)).toList());
            Integer line = inFile != null ? inFile.line() : test.line() != null && test.line() > 0 ? test.line() : null;
            return new Place(file, line, null, false);
        }
        List<Place> own = found.stream().filter(place -> !place.foreign()).toList();
        List<Place> near =
                own.stream().filter(place -> place.belongsTo(test.suite())).toList();
        return pick(!near.isEmpty() ? near : !own.isEmpty() ? own : found);
    }

    private static Place pick(List<Place> places) {
        if (places.isEmpty()) {
            return null;
        }
        Place last = places.get(places.size() - 1);
        return last.lastCounts() ? last : places.get(0);
    }

    private boolean foreign() {
        return scope == null
                ? FOREIGN_PATHS.stream().anyMatch(file::contains)
                : FOREIGN_SCOPES.stream().anyMatch(scope::startsWith);
    }

    private boolean belongsTo(String suite) {
        if (suite == null || suite.isBlank()) {
            return false;
        }
        if (scope != null) {
            return scope.equals(suite) || scope.startsWith(suite + "$");
        }
        if (sameFile(file, suite)) {
            return true;
        }
        int extension = file.lastIndexOf('.');
        String dotted = file.substring(0, Math.max(extension, 0)).replace('/', '.');
        return suite.equals(dotted) || suite.startsWith(dotted + ".") || dotted.endsWith("." + suite);
    }

    private static boolean sameFile(String one, String other) {
        String a = one.replace('\\', '/');
        String b = other.replace('\\', '/');
        return a.equals(b) || a.endsWith("/" + b) || b.endsWith("/" + a);
    }
}
