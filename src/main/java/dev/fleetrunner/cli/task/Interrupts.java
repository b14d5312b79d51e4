package dev.fleetrunner.cli.task;

import dev.fleetrunner.cli.output.Screen;
import java.lang.reflect.Proxy;
import java.util.concurrent.TimeUnit;

/** Asks at the first Ctrl-C, does what it was given at the second. */
public final class Interrupts {
    private static final long SECONDS = 5;

    private final Screen screen;
    private final String id;
    private final Runnable cancel;
    private boolean asked;
    private long askedAt;

    private Interrupts(Screen screen, String id, Runnable cancel) {
        this.screen = screen;
        this.id = id;
        this.cancel = cancel;
    }

    /** From now on, for a task. */
    public static void ask(Screen screen, String id, Runnable cancel) {
        Interrupts interrupts = new Interrupts(screen, id, cancel);
        try {
            // By name: the compiler warns of these types and cannot be told not to, and Java has no others for it.
            Class<?> signal = Class.forName("sun.misc.Signal");
            Class<?> handler = Class.forName("sun.misc.SignalHandler");
            Object ours = Proxy.newProxyInstance(
                    Interrupts.class.getClassLoader(), new Class<?>[] {handler}, (proxy, method, arguments) -> {
                        if (method.getName().equals("handle")) {
                            interrupts.pressed();
                        }
                        return null;
                    });
            signal.getMethod("handle", signal, handler)
                    .invoke(null, signal.getConstructor(String.class).newInstance("INT"), ours);
        } catch (ReflectiveOperationException e) {
            // Without them Ctrl-C ends this command at once, and the task goes on.
            return;
        }
    }

    private synchronized void pressed() {
        long now = System.nanoTime();
        if (asked && now - askedAt < TimeUnit.SECONDS.toNanos(SECONDS)) {
            asked = false;
            cancel.run();
            return;
        }
        asked = true;
        askedAt = now;
        screen.note("fleet: Ctrl-C again within " + SECONDS + " seconds cancels task " + id + "; otherwise it goes on");
    }
}
