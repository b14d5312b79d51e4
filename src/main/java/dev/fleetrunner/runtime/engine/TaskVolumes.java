package dev.fleetrunner.runtime.engine;

import dev.fleetrunner.runtime.ContainerSpec;
import dev.fleetrunner.runtime.ContainerSpec.MountSpec;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The volumes of a task: the work places that its spec does not mount itself, its copies and its caches.
 *
 * @param all every volume, outer ones before those below them
 * @param mountPoints where other things are mounted below a volume
 */
record TaskVolumes(List<Volume> all, Set<String> mountPoints) {

    /**
     * One volume.
     *
     * @param source its name; null for one that lives and ends with the container
     */
    record Volume(String target, String source, boolean readOnly) {}

    static TaskVolumes of(ContainerSpec spec, String instance) {
        List<Volume> all = new ArrayList<>();
        workPlaces(spec).forEach(path -> all.add(new Volume(path, null, false)));
        for (MountSpec mount : spec.mounts()) {
            if (mount instanceof MountSpec.Copy copy) {
                all.add(new Volume(copy.target(), null, copy.readOnly()));
            } else if (mount instanceof MountSpec.Cache cache) {
                all.add(new Volume(cache.target(), Names.cachePrefix(instance) + cache.key(), false));
            }
        }
        all.sort((a, b) -> a.target().compareTo(b.target()));
        var points = spec.mounts().stream()
                .map(MountSpec::target)
                .filter(target -> all.stream().anyMatch(volume -> below(target, volume.target())))
                .collect(Collectors.toCollection(TreeSet::new));
        return new TaskVolumes(List.copyOf(all), points);
    }

    private static Stream<String> workPlaces(ContainerSpec spec) {
        var targets = spec.mounts().stream().map(MountSpec::target).collect(Collectors.toSet());
        return Stream.of(Names.WORKSPACE, Names.HOME).filter(path -> !targets.contains(path));
    }

    private static boolean below(String path, String directory) {
        return path.startsWith(directory + "/");
    }

    /** The volumes that the task may only read, or the others. */
    List<Volume> all(boolean readOnly) {
        return all.stream().filter(volume -> volume.readOnly() == readOnly).toList();
    }

    /** Every directory that must be there and belong to the user before the task's container is started. */
    Set<String> paths() {
        Set<String> paths = new TreeSet<>(mountPoints);
        all.forEach(volume -> paths.add(volume.target()));
        return paths;
    }

    /**
     * What fleet-init is told to measure: the volumes that are the task's alone and that it may write to. A cache is
     * shared, and what is in it is no fault of this task.
     */
    List<String> measured() {
        List<String> lines = new ArrayList<>();
        for (Volume volume : all) {
            if (volume.source() == null && !volume.readOnly()) {
                lines.add(volume.target());
            }
        }
        mountPoints.stream().filter(point -> !lines.contains(point)).forEach(point -> lines.add("-" + point));
        return lines;
    }
}
