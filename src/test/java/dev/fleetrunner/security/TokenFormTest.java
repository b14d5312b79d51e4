package dev.fleetrunner.security;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TokenFormTest {
    @Test
    void aFreshTokenFitsAndIsLikeNoOther() {
        assertThat(Stream.generate(TokenForm::fresh).limit(1000))
                .allMatch(TokenForm::fits)
                .allMatch(token -> token.matches("fleet_[0-9a-f]{72}"))
                .doesNotHaveDuplicates();
    }

    @Test
    void oneWrongDigitIsSeen() {
        String token = TokenForm.fresh();
        for (int i = "fleet_".length(); i < token.length(); i++) {
            char other = token.charAt(i) == '0' ? '1' : '0';
            assertThat(TokenForm.fits(token.substring(0, i) + other + token.substring(i + 1)))
                    .isFalse();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "fleet_", "a-token-that-somebody-thought-up", "fleet_\u0660"})
    void anythingElseDoesNotFit(String text) {
        assertThat(TokenForm.fits(text)).isFalse();
    }

    /** As {@code printf abc | sha256sum} has it. */
    @Test
    void theHashIsSha256() {
        assertThat(TokenForm.hash("abc")).isEqualTo("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    }
}
