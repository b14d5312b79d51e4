package dev.fleetrunner.cli.output;

import java.io.IOException;
import java.io.InputStream;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** Single keys of the terminal, without Enter; closing gives the terminal back as it was. */
public final class Keyboard implements AutoCloseable {
    /** What {@link #next} says when no key was pressed. */
    public static final int NOTHING = -1;

    private final BlockingQueue<Integer> keys = new LinkedBlockingQueue<>();
    private final Thread restoring = new Thread(() -> stty("icanon", "echo"), "terminal");

    private Keyboard() {}

    /** Of the terminal that a shell has. */
    public static Keyboard open(Shell shell) {
        Keyboard keyboard = new Keyboard();
        // Ctrl-C ends the process without coming by close.
        Runtime.getRuntime().addShutdownHook(keyboard.restoring);
        stty("-icanon", "-echo");
        Thread reader = new Thread(() -> keyboard.read(shell.in()), "keyboard");
        reader.setDaemon(true);
        reader.start();
        return keyboard;
    }

    private void read(InputStream in) {
        try {
            for (int key = in.read(); key >= 0; key = in.read()) {
                keys.add(key);
            }
        } catch (IOException gone) {
            return;
        }
    }

    /** The next key, or {@link #NOTHING} if none is pressed for so many seconds. */
    public int next(int seconds) {
        try {
            Integer key = keys.poll(seconds, TimeUnit.SECONDS);
            return key == null ? NOTHING : key;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return 'q';
        }
    }

    @Override
    public void close() {
        stty("icanon", "echo");
        Runtime.getRuntime().removeShutdownHook(restoring);
    }

    private static void stty(String... settings) {
        String[] command = new String[settings.length + 1];
        command[0] = "stty";
        System.arraycopy(settings, 0, command, 1, settings.length);
        try {
            new ProcessBuilder(command)
                    .redirectInput(ProcessBuilder.Redirect.INHERIT)
                    .redirectErrorStream(true)
                    .start()
                    .waitFor();
        } catch (IOException withoutStty) {
            return;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
