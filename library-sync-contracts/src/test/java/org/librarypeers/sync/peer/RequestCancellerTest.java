package org.librarypeers.sync.peer;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class RequestCancellerTest {

    private final RequestCanceller canceller = new RequestCanceller();

    @Test
    void a_thread_is_interrupted_while_it_sends_requests_and_not_afterwards() {
        assertThat(canceller.begin()).isTrue();

        canceller.stop();

        assertThat(Thread.currentThread().isInterrupted()).isTrue();
        canceller.end();
        assertThat(Thread.currentThread().isInterrupted()).isFalse();
        canceller.stop();
        assertThat(Thread.currentThread().isInterrupted()).isFalse();
        assertThat(canceller.begin()).isFalse();
    }

    @Test
    void an_interrupt_by_others_stays() {
        assertThat(canceller.begin()).isTrue();
        Thread.currentThread().interrupt();

        canceller.end();

        assertThat(Thread.interrupted()).isTrue();
        assertThat(canceller.begin()).isTrue();
        canceller.end();
    }
}
