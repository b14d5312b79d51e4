package dev.fleetrunner.console.submit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fleetrunner.service.Client;
import dev.fleetrunner.service.WithoutRoom;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.Test;

/** A service that takes nothing for now says so on the page, and what was typed stays. */
@QuarkusTest
@TestProfile(WithoutRoom.class)
class NewTaskRefusedTest {
    @Test
    void whatIsRefusedForNowIsNotLost() {
        HttpResponse<String> answer = Client.known()
                .post(
                        "/tasks/new",
                        BodyPublishers.ofString("shown=form&action=submit&key=kept-key&cmd.by=&cmd=echo%0D%0Akept"),
                        "Content-Type",
                        "application/x-www-form-urlencoded");

        assertThat(answer.statusCode()).isEqualTo(507);
        assertThat(answer.body())
                .contains("STORAGE_FULL", "fleet.storage.min-free", "It can be tried again unchanged.")
                .contains("\necho\nkept</textarea>", "value=\"kept-key\"");
    }
}
