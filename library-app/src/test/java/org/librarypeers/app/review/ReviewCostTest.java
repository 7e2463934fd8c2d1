package org.librarypeers.app.review;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.librarypeers.app.RunningLibrary;
import org.librarypeers.app.web.PageClient;
import org.librarypeers.app.web.StatementLog;
import org.librarypeers.domain.Guid;
import org.librarypeers.domain.LocalizedText;
import org.librarypeers.domain.Resource;
import org.librarypeers.domain.ResourceContent;
import org.librarypeers.domain.Tag;
import org.librarypeers.domain.UserName;

@ResourceLock("what the database server logs")
class ReviewCostTest {

    @Test
    void the_number_of_statements_does_not_grow_with_the_inbox() {
        try (RunningLibrary running = RunningLibrary.start();
                StatementLog log = new StatementLog(running)) {
            PageClient client = new PageClient(running.address());
            client.signIn(RunningLibrary.REVIEWER.value(), "a reviewer's password");
            pending(running, 1);
            // On first use, the driver runs more queries and caches the answers.
            assertThat(rows(client)).isEqualTo(1);
            List<String> forOne = log.during(() -> assertThat(rows(client)).isEqualTo(1));
            pending(running, 60);
            // New tags are read with one more statement, and then kept.
            assertThat(rows(client)).isEqualTo(20);
            List<String> forMany = log.during(() -> assertThat(rows(client)).isEqualTo(20));

            assertThat(forMany)
                    .as(String.join("\n", forMany))
                    .hasSameSizeAs(forOne)
                    .hasSizeLessThan(20);
        }
    }

    private static int rows(PageClient client) {
        return client.get("/review").page().select("[data-entry]").size();
    }

    private static void pending(RunningLibrary running, int count) {
        running.library()
                .storage()
                .resources()
                .save(IntStream.range(0, count)
                        .mapToObj(i -> Resource.create(
                                Guid.random(),
                                ResourceContent.titled(LocalizedText.of("en", "Resource " + i))
                                        .tags(List.of(Tag.of("Topic", "Water"), Tag.of("Topic", "t" + i)))
                                        .build(),
                                new UserName("editor"),
                                running.library().clock().instant()))
                        .toList());
    }
}
