package org.librarypeers.sync;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

class DaemonThreadsTest {

    @Test
    void a_thread_has_the_name_and_does_not_keep_the_jvm_alive() throws Exception {
        AtomicBoolean ran = new AtomicBoolean();

        Thread thread = DaemonThreads.named("heartbeat").newThread(() -> ran.set(true));
        thread.start();
        thread.join();

        assertThat(thread.getName()).isEqualTo("heartbeat");
        assertThat(thread.isDaemon()).isTrue();
        assertThat(ran).isTrue();
    }
}
