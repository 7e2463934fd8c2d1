package org.librarypeers.app.reader;

import java.util.List;
import org.librarypeers.app.RunningLibrary;
import org.librarypeers.domain.Attachment;
import org.librarypeers.domain.Guid;
import org.librarypeers.domain.LocalizedText;
import org.librarypeers.domain.Resource;
import org.librarypeers.domain.ResourceContent;
import org.librarypeers.domain.UserName;
import org.librarypeers.sync.contract.SampleAttachment;
import org.librarypeers.sync.contract.SampleTag;

/** Content for the tests of the public pages. */
final class ReaderContent {

    static final String SCRIPT = "<script>alert(1)</script><img src=x onerror=alert(2)>";

    private ReaderContent() {}

    static LocalizedText english(String text) {
        return LocalizedText.of("en", text);
    }

    static ResourceContent.Builder titled(String title) {
        return ResourceContent.titled(english(title));
    }

    static Resource publish(RunningLibrary running, ResourceContent.Builder content) {
        return running.publish(Guid.random(), content.build());
    }

    /** Adds a resource that is not reviewed yet. */
    static Resource add(RunningLibrary running, String title, UserName by) {
        Resource made = Resource.create(
                Guid.random(),
                titled(title).build(),
                by,
                running.library().clock().instant());
        running.library().storage().resources().save(made);
        return running.library().storage().resources().find(made.guid()).orElseThrow();
    }

    static Attachment link(String title, String url) {
        return SampleAttachment.link(url).title(english(title)).build();
    }

    static Attachment file(String title, String url, long bytes) {
        return SampleAttachment.file(url).title(english(title)).size(bytes).build();
    }

    /** Returns content with hostile values in every field. */
    static ResourceContent.Builder hostile() {
        LocalizedText script = english(SCRIPT);
        return ResourceContent.titled(english("Hostile " + SCRIPT + "\" onload=\"x"))
                .description(english("<p onclick=\"alert(1)\">Kept " + SCRIPT
                        + "<a href=\"javascript:alert(3)\">link</a><iframe src=//evil.example></iframe></p>"))
                .attribution(script)
                .image("javascript:alert(4)")
                .tags(List.of(SampleTag.tag(SCRIPT, SCRIPT)
                        .categories(script)
                        .names(script)
                        .description(script)
                        .image("javascript:x")
                        .build()))
                .attachments(List.of(
                        SampleAttachment.link("javascript:alert(5)")
                                .title(script)
                                .description(script)
                                .build(),
                        SampleAttachment.file("data:text/html," + SCRIPT)
                                .title(script)
                                .description(script)
                                .build()));
    }
}
