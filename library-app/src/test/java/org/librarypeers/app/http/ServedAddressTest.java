package org.librarypeers.app.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.librarypeers.app.OfflineLibrary;
import org.librarypeers.app.OfflineVisitor;

class ServedAddressTest {

    private final List<String> seen = new ArrayList<>();
    private final OfflineLibrary library =
            OfflineLibrary.withApi((here, routes) -> routes.get("/", ctx -> seen.add(ServedAddress.of(ctx))));

    private String served(OfflineVisitor visitor) {
        visitor.get("/");
        return seen.get(seen.size() - 1);
    }

    @ParameterizedTest
    @CsvSource({
        "http://library.example, http://library.example",
        "https://library.example:8443, https://library.example:8443",
        "http://[2001:db8::1]:80, http://[2001:db8::1]:80",
        "http://a_b.example, http://a_b.example"
    })
    void it_is_the_one_that_the_client_requested(String requested, String address) {
        assertThat(served(library.visitor().at(requested))).isEqualTo(address);
    }

    @Test
    void without_a_valid_host_it_is_the_local_address_which_omits_the_usual_port() {
        OfflineVisitor visitor = library.visitor().withHeader("Host", "evil.example/\"><script>");

        assertThat(served(visitor.at("http://library.example:8080"))).isEqualTo("http://192.0.2.1:8080");
        assertThat(served(visitor.at("http://library.example:80"))).isEqualTo("http://192.0.2.1");
        assertThat(served(visitor.at("https://library.example:443"))).isEqualTo("https://192.0.2.1");
        assertThat(served(visitor.at("http://library.example:443"))).isEqualTo("http://192.0.2.1:443");
    }
}
