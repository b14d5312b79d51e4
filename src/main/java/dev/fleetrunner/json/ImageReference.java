package dev.fleetrunner.json;

import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Names of images, by the grammar of the distribution project that all engines share:
 * {@code [host[:port]/]path[:tag][@digest]}.
 */
final class ImageReference {
    private static final String LABEL = "(?:[a-zA-Z0-9]|[a-zA-Z0-9][a-zA-Z0-9-]*[a-zA-Z0-9])";
    private static final String HOST = LABEL + "(?:\\." + LABEL + ")*(?::[0-9]{1,5})?";
    private static final String PART = "[a-z0-9]+(?:(?:\\.|_|__|-+)[a-z0-9]+)*";
    private static final Shape SHAPE = new Shape(
            512,
            Pattern.compile(
                    "(?:" + HOST + "/)?" + PART + "(?:/" + PART + ")*" + "(?::[a-zA-Z0-9_][a-zA-Z0-9_.-]{0,127})?"
                            + "(?:@[a-z0-9]+(?:[.+_-][a-z0-9]+)*:[0-9a-f]{32,128})?"),
            "an image reference such as localhost/fleet-runner-task:latest",
            "write [host[:port]/]path[:tag][@digest], the path in lower case");

    private ImageReference() {}

    static Optional<String> read(Value value) {
        return value.text(SHAPE);
    }
}
