package dev.fleetrunner.files;

import dev.fleetrunner.async.Pump;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.Queue;

/**
 * Walks the directories below a root that {@link TaskDirectories} lays out, a few at a time, in no order. What is made
 * or removed meanwhile may be seen or not; what has no name that a task's directory can have is passed over.
 */
final class TaskFilesWalk implements Pump<TaskFiles> {
    private static final int AT_ONCE = 32;
    /** A task's directory that is still being filled bears its name and an ending. */
    private static final char ENDING = '.';

    private final Path root;
    private final Deque<Level> levels = new ArrayDeque<>();
    private boolean begun;

    private record Level(DirectoryStream<Path> stream, Iterator<Path> entries) {}

    TaskFilesWalk(Path root) {
        this.root = root;
    }

    @Override
    public Step next(Queue<TaskFiles> out) throws IOException {
        if (!begun) {
            begun = true;
            enter(root);
        }
        try {
            for (int i = 0; i < AT_ONCE && !levels.isEmpty(); i++) {
                step(out);
            }
        } catch (DirectoryIteratorException e) {
            throw e.getCause();
        }
        return levels.isEmpty() ? Step.END : Step.MORE;
    }

    private void step(Queue<TaskFiles> out) throws IOException {
        Level level = levels.peek();
        if (!level.entries().hasNext()) {
            levels.pop().stream().close();
        } else if (levels.size() == 1) {
            enter(level.entries().next());
        } else {
            measure(level.entries().next(), out);
        }
    }

    private void enter(Path directory) throws IOException {
        if (Files.isDirectory(directory, LinkOption.NOFOLLOW_LINKS)) {
            DirectoryStream<Path> stream = Files.newDirectoryStream(directory);
            levels.push(new Level(stream, stream.iterator()));
        }
    }

    private static void measure(Path directory, Queue<TaskFiles> out) throws IOException {
        String name = directory.getFileName().toString();
        int ending = name.indexOf(ENDING);
        String taskId = ending < 0 ? name : name.substring(0, ending);
        if (!TaskDirectories.isTaskId(taskId)) {
            return;
        }
        try (DirectoryStream<Path> files = Files.newDirectoryStream(directory)) {
            Instant newest = Instant.MIN;
            long bytes = 0;
            for (Path file : files) {
                BasicFileAttributes attributes = attributes(file);
                Instant written = attributes.lastModifiedTime().toInstant();
                bytes += attributes.size();
                newest = written.isAfter(newest) ? written : newest;
            }
            // The directory's own time is that of the last file's coming or going: a deletion that stopped halfway.
            out.add(new TaskFiles(taskId, newest, bytes));
        } catch (FileSystemException | DirectoryIteratorException goneOrNone) {
            // Removed while it was looked at, or no directory at all.
            return;
        }
    }

    private static BasicFileAttributes attributes(Path file) throws IOException {
        return Files.readAttributes(file, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
    }

    @Override
    public void close(Runnable waiter) {
        try {
            while (!levels.isEmpty()) {
                levels.pop().stream().close();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
