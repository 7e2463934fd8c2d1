package org.librarypeers.sync.peer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RedirectTest {

    @ParameterizedTest
    @CsvSource({
        "http://a.example/x, /y?z, http://a.example/y?z, false",
        "http://a.example/x, http://A.example:80/y, http://A.example:80/y, false",
        "http://a.example/x, https://a.example/x, https://a.example/x, true",
        "http://a.example:8080/x, https://a.example/x, https://a.example/x, true",
        "https://a.example/x, https://a.example:443/y, https://a.example:443/y, false"
    })
    void a_redirect_may_stay_on_the_host(URI from, String location, URI to, boolean upgrade) {
        Redirect redirect = Redirect.of(from, location).orElseThrow();

        assertThat(redirect).isEqualTo(new Redirect(from, to));
        assertThat(redirect.staysOnHost()).isTrue();
        assertThat(redirect.isUpgrade()).isEqualTo(upgrade);
        assertThat(redirect.isDowngrade()).isFalse();
    }

    @ParameterizedTest
    @CsvSource({
        "http://a.example/x, http://b.example/x, false",
        "http://a.example/x, https://b.example/x, false",
        "http://a.example/x, http://a.example:8080/x, false",
        "https://a.example/x, http://a.example/x, true",
        "https://a.example/x, http://a.example:443/x, true",
        "https://a.example/x, https://a.example:8443/x, false"
    })
    void a_redirect_may_lead_elsewhere(URI from, String location, boolean downgrade) {
        Redirect redirect = Redirect.of(from, location).orElseThrow();

        assertThat(redirect.staysOnHost()).isFalse();
        assertThat(redirect.isDowngrade()).isEqualTo(downgrade);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "http://[", "mailto:a@b.org", "ftp://a.example/x", "http://me:key@a.example/"})
    void a_target_that_is_not_a_web_address_is_no_redirect(String location) {
        assertThat(Redirect.of(URI.create("http://a.example/x"), location)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"/y", "ftp://a.example/x", "http://me:key@a.example/"})
    void an_invalid_target_is_rejected(URI to) {
        assertThatThrownBy(() -> new Redirect(URI.create("http://a.example/x"), to))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("http://a.example/x")
                .hasMessageNotContaining("key");
    }

    @ParameterizedTest
    @CsvSource({
        "301, true",
        "302, true",
        "303, true",
        "307, true",
        "308, true",
        "200, false",
        "304, false",
        "404, false"
    })
    void a_status_tells_whether_an_answer_is_a_redirect(int status, boolean redirect) {
        assertThat(Redirect.isRedirect(status)).isEqualTo(redirect);
    }
}
