package dev.fleetrunner.bench;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * How the service is started.
 *
 * @param name of the Java, for people
 * @param java the program
 * @param options of the Java machine
 * @param jar the service
 */
record Launch(String name, String java, List<String> options, Path jar) {

    Launch with(String option) {
        List<String> more = new ArrayList<>(options);
        more.add(option);
        return new Launch(name, java, more, jar);
    }

    List<String> command() {
        List<String> command = new ArrayList<>();
        command.add(java);
        command.addAll(options);
        command.add("-jar");
        command.add(jar.toString());
        return command;
    }
}
