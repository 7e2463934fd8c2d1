package org.librarypeers.domain;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class CountTest {

    @Test
    void only_one_is_singular() {
        assertThat(Count.of(0, "resource")).isEqualTo("0 resources");
        assertThat(Count.of(1, "resource")).isEqualTo("1 resource");
        assertThat(Count.of(1_284, "resource")).isEqualTo("1,284 resources");
        assertThat(Count.of(1, "reply", "replies")).isEqualTo("1 reply");
        assertThat(Count.of(2, "reply", "replies")).isEqualTo("2 replies");
    }
}
