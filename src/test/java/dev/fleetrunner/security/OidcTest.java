package dev.fleetrunner.security;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.fleetrunner.service.Client;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import java.net.HttpCookie;
import java.net.URI;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Signing in with an account of a real provider. */
@QuarkusTest
@TestProfile(WithOidc.class)
class OidcTest {
    private static final String CALLBACK = "/sign-in/oidc?";

    private static final Duration SOON = Duration.ofSeconds(30);

    private final Visitor visitor = new Visitor();

    @BeforeEach
    void providerIsThere() {
        assumeTrue(OidcProvider.available(), "node and npm are not there");
    }

    private static URI ours(String path) {
        return URI.create(Client.address().toString().replaceAll("/$", "") + path);
    }

    /** To the provider, through its two pages, and as far back as the address that leads to us. */
    private URI backFromProvider(String account, URI toProvider) {
        HttpResponse<String> response = visitor.get(toProvider);
        for (int step = 0; step < 20; step++) {
            Optional<URI> next = Visitor.next(response);
            if (next.isPresent() && next.get().toString().contains(CALLBACK)) {
                return next.get();
            }
            response = next.isPresent()
                    ? visitor.get(next.get())
                    : visitor.submit(response, Map.of("login", account, "password", "any"));
        }
        throw new AssertionError("no way back from " + response.uri());
    }

    private URI toProvider() {
        return Visitor.next(visitor.get(ours("/sign-in/oidc?to=/tokens"))).orElseThrow();
    }

    private HttpResponse<String> followed(URI address) {
        HttpResponse<String> response = visitor.get(address);
        for (Optional<URI> next = Visitor.next(response); next.isPresent(); next = Visitor.next(response)) {
            response = visitor.get(next.get());
        }
        return response;
    }

    private HttpResponse<String> signIn(String account) {
        return followed(backFromProvider(account, toProvider()));
    }

    private Optional<String> session() {
        return visitor.cookies().stream()
                .filter(cookie -> cookie.getName().equals(Sessions.COOKIE))
                .map(HttpCookie::getValue)
                .findFirst();
    }

    @Test
    void thePageOffersIt() {
        assertThat(visitor.get(ours("/sign-in?to=/tasks/x")).body())
                .contains("Example accounts", "action=\"/sign-in/oidc\"", "value=\"/tasks/x\"");
    }

    @Test
    void aPersonGetsTheRoleOfTheGroup() {
        HttpResponse<String> welcome = signIn("ann");

        assertThat(welcome.statusCode()).as(welcome.body()).isEqualTo(200);
        assertThat(welcome.body()).contains("oidc:ann@example.org", "url=/tokens");
        JsonNode ann = Client.json(visitor.get(ours("/api/v1/whoami")));
        assertThat(ann.path("name").asText()).isEqualTo("oidc:ann@example.org");
        assertThat(ann.path("role").asText()).isEqualTo("operator");
        assertThat(ann.path("tokenId").isNull()).isTrue();
        assertThat(visitor.get(ours("/api/v1/tokens")).statusCode()).isEqualTo(403);
        assertThat(visitor.get(ours("/")).body()).contains("oidc:ann@example.org");
    }

    @Test
    void nothingOfTheProvidersIsLeftInTheBrowser() {
        signIn("bob");

        assertThat(visitor.cookies())
                .filteredOn(cookie ->
                        cookie.getName().startsWith("q_") && !cookie.getValue().isEmpty())
                .isEmpty();
        assertThat(session()).isPresent();
    }

    @Test
    void whoIsInNoKnownGroupIsNotLetIn() {
        HttpResponse<String> refused = signIn("eve");

        assertThat(refused.statusCode()).isEqualTo(403);
        assertThat(refused.body()).containsIgnoringCase("none of your groups has a role here");
        assertThat(session()).isEmpty();
        assertThat(visitor.get(ours("/api/v1/whoami")).statusCode()).isIn(302, 401);
    }

    @Test
    void anAddressThatIsNotVerifiedLetsNobodyIn() {
        assertThat(signIn("mallory").statusCode()).isEqualTo(403);
        assertThat(session()).isEmpty();
    }

    /** Whoever comes with it is led to the provider again, to sign in as who they are. */
    @Test
    void anAnswerForAnotherStateLetsNobodyIn() {
        URI back = backFromProvider("ann", toProvider());

        HttpResponse<String> answer =
                visitor.get(URI.create(back.toString().replaceFirst("state=[^&]+", "state=somebody-elses")));

        assertThat(answer.statusCode()).isNotEqualTo(200);
        assertThat(answer.headers().firstValue("location"))
                .hasValueSatisfying(next -> assertThat(next).contains("state=", "nonce="));
        assertThat(session()).isEmpty();
    }

    @Test
    void anAnswerWithoutStateLetsNobodyIn() {
        URI back = backFromProvider("ann", toProvider());

        HttpResponse<String> answer = visitor.get(URI.create(back.toString().replaceFirst("state=[^&]+&?", "")));

        assertThat(answer.statusCode()).isNotEqualTo(200);
        assertThat(session()).isEmpty();
    }

    @Test
    void whoWentBackFromTheProviderMayAskAgain() {
        toProvider();

        HttpResponse<String> welcome = signIn("ann");

        assertThat(welcome.statusCode()).as(welcome.body()).isEqualTo(200);
        assertThat(session()).isPresent();
    }

    @Test
    void aCallbackThatThisBrowserDidNotAskForIsRefused() {
        URI back = backFromProvider("ann", toProvider());

        HttpResponse<String> other = new Visitor().get(back);

        assertThat(other.statusCode()).isNotEqualTo(200);
        assertThat(other.headers().allValues("Set-Cookie")).noneMatch(cookie -> cookie.startsWith(Sessions.COOKIE));
    }

    @Test
    void aTokenForAnotherNonceIsRefused() {
        URI asked = toProvider();
        assertThat(asked.toString()).contains("nonce=", "code_challenge=", "state=");

        URI back = backFromProvider("ann", URI.create(asked.toString().replaceFirst("nonce=[^&]+", "nonce=another")));

        assertThat(followed(back).statusCode()).isGreaterThanOrEqualTo(400);
        assertThat(session()).isEmpty();
    }

    @Test
    void somebodyElsesCodeIsRefused() {
        URI attackers = backFromProvider("ann", toProvider());
        String code = attackers.toString().replaceFirst(".*[?&]code=([^&]+).*", "$1");
        var victim = new OidcTest();
        URI own = victim.backFromProvider("bob", victim.toProvider());

        HttpResponse<String> refused =
                victim.followed(URI.create(own.toString().replaceFirst("code=[^&]+", "code=" + code)));

        assertThat(refused.statusCode()).isGreaterThanOrEqualTo(400);
        assertThat(victim.session()).isEmpty();
    }

    @Test
    void whoSignsOutIsOut() {
        signIn("ann");
        assertThat(visitor.get(ours("/api/v1/whoami")).statusCode()).isEqualTo(200);

        visitor.post(ours("/sign-out"), Map.of());

        assertThat(session()).isEmpty();
        assertThat(visitor.get(ours("/api/v1/whoami")).statusCode()).isEqualTo(302);
    }

    private static void awaitAudited(String query, String detail) {
        await().atMost(SOON).untilAsserted(() -> {
            String entries =
                    Client.known().get("/api/v1/audit?action=sign-in&" + query).body();
            assertThat(Client.json(entries).get("entries")).isNotEmpty();
            assertThat(entries).contains(detail);
        });
    }

    @Test
    void theAuditTellsWhoCameAndWhoWasTurnedAway() {
        for (String account : List.of("ann", "eve")) {
            new OidcTest().signIn(account);
        }

        awaitAudited("outcome=ok&who=oidc:ann@example.org", "\"role\":\"operator\"");
        awaitAudited("outcome=denied&who=oidc:eve@example.org", "none of your groups");
    }

    @Test
    void theAuditTellsOfAnswersThatDoNotHold() {
        URI back = backFromProvider("ann", toProvider());

        followed(URI.create(back.toString().replaceFirst("code=[^&]+", "code=guessed")));

        awaitAudited("outcome=denied", "\"detail\":{}");
    }

    @Test
    void theProvidersTokensOpenNothingElse() {
        URI back = backFromProvider("ann", toProvider());
        visitor.get(back);

        assertThat(visitor.get(ours("/api/v1/whoami")).statusCode()).isEqualTo(302);
    }

    @Test
    void anApiTokenWorksBesides() {
        assertThat(Client.known().get("/api/v1/whoami").statusCode()).isEqualTo(200);
        assertThat(Client.with("wrong").get("/api/v1/whoami").statusCode()).isEqualTo(401);
    }
}
