package dev.fleetrunner.security;

import dev.fleetrunner.contract.AccessRole;
import dev.fleetrunner.contract.Caller;
import jakarta.json.JsonArray;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import java.time.Duration;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * People who sign in with a provider's account (OpenID Connect): what their claims make of them here.
 *
 * @param enabled whether they may
 * @param provider what the sign-in page calls it
 * @param nameClaim names a person
 * @param roleClaim has a person's groups; a slash leads into an object
 * @param roles which role a group gives
 * @param session how long a session lasts
 */
public record People(
        boolean enabled,
        String provider,
        String nameClaim,
        String roleClaim,
        Map<String, AccessRole> roles,
        Duration session) {
    /** Before every person's name; no token's name has a colon, so nobody is taken for another. */
    public static final String PREFIX = "oidc:";

    private static final int LONGEST_NAME = 200;

    public People {
        roles = Map.copyOf(roles);
    }

    /** Who is not let in, and why. */
    public static final class NotLetIn extends Exception {
        private static final long serialVersionUID = 1L;
        private final String name;

        NotLetIn(String name, String message) {
            super(message);
            this.name = name;
        }

        /** Of the person here; null if the provider gives none that could be used. */
        public String name() {
            return name;
        }
    }

    /**
     * Who a person is here: of several roles the one that may most.
     *
     * @param claims of the verified ID token; null for one that is absent
     */
    public Holder admit(Function<String, Object> claims) throws NotLetIn {
        String name = name(claims);
        AccessRole role = groups(claims).stream()
                .map(roles::get)
                .filter(known -> known != null)
                .max(Comparator.naturalOrder())
                .orElseThrow(() -> new NotLetIn(PREFIX + name, "none of your groups has a role here"));
        return new Holder(null, PREFIX + name, role, Caller.Share.WHOLE, null);
    }

    /** An address that the provider has not seen to be the person's own may be anybody's. */
    private String name(Function<String, Object> claims) throws NotLetIn {
        String name = texts(claims.apply(nameClaim)).stream().findFirst().orElse("");
        if (name.isBlank()
                || name.length() > LONGEST_NAME
                || name.chars().anyMatch(c -> Character.isISOControl(c) || Character.isWhitespace(c))) {
            throw new NotLetIn(null, "the provider gives no usable name in the claim " + nameClaim);
        }
        if (nameClaim.equals("email") && isFalse(claims.apply("email_verified"))) {
            throw new NotLetIn(null, "the provider has not verified your address");
        }
        return name;
    }

    private static boolean isFalse(Object claim) {
        return claim != null && claim.toString().equalsIgnoreCase("false");
    }

    private List<String> groups(Function<String, Object> claims) {
        String[] path = roleClaim.split("/");
        Object claim = claims.apply(path[0]);
        for (String step : Arrays.asList(path).subList(1, path.length)) {
            claim = claim instanceof JsonObject object ? object.get(step) : null;
        }
        return texts(claim);
    }

    private static List<String> texts(Object claim) {
        if (claim instanceof JsonArray || claim instanceof Collection<?>) {
            return ((Collection<?>) claim)
                    .stream().map(People::text).flatMap(Optional::stream).toList();
        }
        return text(claim).stream().toList();
    }

    private static Optional<String> text(Object value) {
        if (value instanceof JsonString string) {
            return Optional.of(string.getString());
        }
        return value instanceof String string ? Optional.of(string) : Optional.empty();
    }
}
