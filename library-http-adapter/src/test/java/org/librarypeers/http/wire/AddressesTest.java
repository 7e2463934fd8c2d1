package org.librarypeers.http.wire;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AddressesTest {

    private static final String BASE = "https://a.example:8443";

    @ParameterizedTest
    @CsvSource({
        "/media/a.png, https://a.example:8443/media/a.png",
        "//cdn.example/a.png, https://cdn.example/a.png",
        "../media/a.png, https://a.example:8443/media/a.png",
        "../../a b.png, https://a.example:8443/a b.png",
        "./a.png?x=1#y, https://a.example:8443/a.png?x=1#y",
        "?q=water, https://a.example:8443/?q=water",
        "media/a.png, https://a.example:8443/media/a.png",
        "resource/view/water, https://a.example:8443/resource/view/water",
        "media/2016/05/18/poster 1.pdf, https://a.example:8443/media/2016/05/18/poster 1.pdf",
        "poster.PDF, https://a.example:8443/poster.PDF",
        "page.html?lang=es, https://a.example:8443/page.html?lang=es",
        "www.example.org/x, http://www.example.org/x",
        "WWW.example.org, http://WWW.example.org",
        "www.example.org:8080/x, http://www.example.org:8080/x"
    })
    void addresses_without_scheme_or_host_are_completed(String address, String whole) {
        assertThat(Addresses.resolve(address, BASE)).isEqualTo(whole);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://b.example/a.png",
                "HTTP://b.example",
                "mailto:asha@example.org",
                "asha@example.org",
                "tel:12345",
                "javascript:alert(1)",
                "doi:10.1000/182",
                "example.org/x",
                "example.org",
                "example.org:8080/x",
                "localhost/x",
                "localhost:8080/x",
                "192.0.2.1/x",
                "ask at the clinic",
                "see page 3/4",
                "#top",
                "none"
            })
    void what_is_an_address_already_or_not_clear_stays_as_it_is(String address) {
        assertThat(Addresses.resolve(address, BASE)).isEqualTo(address);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/media/a.png", "media/a.png", "../x", "?q", "//cdn.example/a.png"})
    void without_a_site_relative_addresses_stay(String address) {
        assertThat(Addresses.resolve(address, "")).isEqualTo(address);
    }

    @ParameterizedTest
    @CsvSource({
        "https://u:p@h.example/x, https://h.example/x",
        "https://token@h.example, https://h.example",
        "//u:p@h.example/x, //h.example/x",
        "ftp://u:p@w@h.example/x@y, ftp://h.example/x@y",
        "https://h.example/a@b, https://h.example/a@b",
        "https://h.example?m=a:b@c, https://h.example?m=a:b@c",
        "mailto:u@h.example, mailto:u@h.example"
    })
    void user_name_and_password_are_removed(String address, String plain) {
        assertThat(Addresses.withoutCredentials(address)).isEqualTo(plain);
    }
}
