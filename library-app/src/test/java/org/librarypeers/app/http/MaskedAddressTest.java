package org.librarypeers.app.http;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MaskedAddressTest {

    @ParameterizedTest
    @CsvSource({
        "/, /",
        "/search?q=water&page=2, /search?q=water&page=2",
        "/first/0123abc, /first/…",
        "/%66irst/0123abc, /%66irst/…",
        "/first/0123abc/, /first/…",
        "/first, /first",
        "/password/0123abc, /password/…",
        "/password, /password",
        "/language/es?next=%2Fpassword%2F0123abc, /language/es?next=…",
        "/language/es?next=/first/0123abc&x=1, /language/es?next=…&x=1",
        "/language/es?next=%2Fsearch, /language/es?next=%2Fsearch",
        "/api/v1/resource/?username=asha&api_key=hidden&limit=1, /api/v1/resource/?username=asha&api_key=…&limit=1",
        "/api/v1/resource/?API%5Fkey=hidden, /api/v1/resource/?API%5Fkey=…",
        "/x?token=hidden&token=hidden&keyword=soap&a, /x?token=…&token=…&keyword=soap&a",
        "https://library.example.org/first/0123abc?x=%zz, https://library.example.org/first/…?x=%zz"
    })
    void secrets_in_paths_and_queries_are_masked(String address, String masked) {
        assertThat(MaskedAddress.of(address)).isEqualTo(masked);
    }
}
