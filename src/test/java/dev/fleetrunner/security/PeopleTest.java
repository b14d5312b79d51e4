package dev.fleetrunner.security;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fleetrunner.contract.AccessRole;
import jakarta.json.Json;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PeopleTest {
    private static final Map<String, AccessRole> ROLES =
            Map.of("staff", AccessRole.VIEWER, "ops team", AccessRole.OPERATOR, "root", AccessRole.ADMIN);

    private static People people(String nameClaim, String roleClaim) {
        return new People(true, "the provider", nameClaim, roleClaim, ROLES, Duration.ofHours(1));
    }

    private static Holder admit(String name, Object groups) throws People.NotLetIn {
        return people("email", "groups")
                .admit(claim -> Map.of("email", name, "groups", groups).get(claim));
    }

    @Test
    void theRoleThatMayMostIsGiven() throws People.NotLetIn {
        var groups = Json.createArrayBuilder().add("staff").add("ops team").add("unheard-of");

        Holder holder = admit("ann@example.org", groups.build());

        assertThat(holder.name()).isEqualTo("oidc:ann@example.org");
        assertThat(holder.role()).isEqualTo(AccessRole.OPERATOR);
        assertThat(holder.tokenId()).isNull();
        assertThat(admit("ann@example.org", Set.of("staff")).role()).isEqualTo(AccessRole.VIEWER);
        assertThat(admit("ann@example.org", "root").role()).isEqualTo(AccessRole.ADMIN);
    }

    @ParameterizedTest
    @ValueSource(strings = {"admin", "ADMIN", "Staff", "staff ", "staff,root", ""})
    void whoIsInNoKnownGroupIsNotLetIn(String group) {
        assertThatThrownBy(() -> admit("ann@example.org", group))
                .isInstanceOfSatisfying(People.NotLetIn.class, refused -> assertThat(refused.name())
                        .isEqualTo("oidc:ann@example.org"));
    }

    @Test
    void groupsMayLieInAnObject() throws People.NotLetIn {
        var access = Json.createObjectBuilder()
                .add("roles", Json.createArrayBuilder().add("root"))
                .build();

        Holder holder = people("sub", "realm_access/roles")
                .admit(claim ->
                        Map.of("sub", "1", "realm_access", (Object) access).get(claim));

        assertThat(holder.role()).isEqualTo(AccessRole.ADMIN);
        assertThatThrownBy(() -> people("sub", "realm_access/roles/more")
                        .admit(claim -> Map.of("sub", "1", "realm_access", (Object) access)
                                .get(claim)))
                .isInstanceOf(People.NotLetIn.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "a b", "a\nb", "a\u0000b"})
    void aNameMustBeOne(String name) {
        assertThatThrownBy(() -> admit(name, "root")).isInstanceOf(People.NotLetIn.class);
    }

    @Test
    void anAddressThatIsNotVerifiedIsNobodys() {
        Map<String, Object> claims = new HashMap<>(Map.of("email", "ann@example.org", "groups", "root"));
        claims.put("email_verified", false);

        assertThatThrownBy(() -> people("email", "groups").admit(claims::get))
                .isInstanceOfSatisfying(People.NotLetIn.class, refused -> assertThat(refused.name())
                        .isNull())
                .hasMessageContaining("verified");
    }
}
