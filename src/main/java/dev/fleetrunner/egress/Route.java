package dev.fleetrunner.egress;

import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.net.InetAddress;
import java.util.List;
import java.util.Optional;

/**
 * Decides whether a task may reach a target, and at which addresses. A name that no rule allows is not even looked up:
 * the look-up itself would carry a message out. What is found is what is connected to; nobody looks a second time.
 */
final class Route {
    private static final int MOST_ADDRESSES = 4;
    private static final long LOOKUP_MILLIS = 15_000;

    private final List<HostRule> rules;
    private final AddressRules addresses;
    private final Lookup lookup;

    Route(List<HostRule> rules, AddressRules addresses, Lookup lookup) {
        this.rules = List.copyOf(rules);
        this.addresses = addresses;
        this.lookup = lookup;
    }

    /** The task may not go there. */
    static final class Closed extends Exception {
        private static final long serialVersionUID = 1L;
        private final transient Denial denial;

        Closed(Denial denial) {
            super(denial.words(), null, false, false);
            this.denial = denial;
        }

        Denial denial() {
            return denial;
        }
    }

    /** Nobody knows where that is. */
    static final class Unknown extends Exception {
        private static final long serialVersionUID = 1L;

        Unknown(Target target) {
            super(target.host() + " cannot be found: no name server knows an address of it", null, false, false);
        }
    }

    /**
     * Addresses that may be connected to, at least one. Fails with {@link Closed} or {@link Unknown}. Completes on the
     * context.
     */
    Future<List<InetAddress>> to(Target target, Context context) {
        if (rules.stream().noneMatch(rule -> rule.allows(target))) {
            return Future.failedFuture(new Closed(new Denial(target.rule(), null)));
        }
        if (target.isLiteral()) {
            return judge(target, List.of(target.literal()));
        }
        Promise<List<InetAddress>> found = Promise.promise();
        long limit = context.owner()
                .setTimer(LOOKUP_MILLIS, timer -> context.runOnContext(late -> found.tryFail(new Unknown(target))));
        lookup.addresses(target.host())
                .onComplete(answer -> context.runOnContext(back -> {
                    context.owner().cancelTimer(limit);
                    if (answer.succeeded() && !answer.result().isEmpty()) {
                        found.tryComplete(answer.result());
                    } else {
                        found.tryFail(new Unknown(target));
                    }
                }));
        return found.future().compose(all -> judge(target, all));
    }

    /** Of an answer that has addresses of both kinds, those that are allowed can do no harm. */
    private Future<List<InetAddress>> judge(Target target, List<InetAddress> found) {
        List<InetAddress> allowed = found.stream()
                .filter(address -> addresses.refuse(address).isEmpty())
                .limit(MOST_ADDRESSES)
                .toList();
        if (!allowed.isEmpty()) {
            return Future.succeededFuture(allowed);
        }
        String kind = found.stream()
                .map(addresses::refuse)
                .flatMap(Optional::stream)
                .findFirst()
                .orElseThrow();
        return Future.failedFuture(new Closed(new Denial(target.rule(), kind)));
    }
}
