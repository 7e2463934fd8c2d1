package org.librarypeers.app.wiring;

import java.util.List;
import java.util.stream.IntStream;
import org.librarypeers.app.RunningLibrary;
import org.librarypeers.domain.AttachmentKind;
import org.librarypeers.domain.Guid;
import org.librarypeers.domain.LocalizedText;
import org.librarypeers.domain.Resource;
import org.librarypeers.domain.ResourceContent;
import org.librarypeers.domain.Tag;
import org.librarypeers.domain.UserName;
import org.librarypeers.sync.contract.SampleAttachment;

/** Resources with links, files and tags. All differ, and some share a title. */
public final class RichResources {

    private RichResources() {}

    /** Publishes the given number of resources in the library. */
    public static void publish(RunningLibrary library, int count) {
        library.library()
                .storage()
                .resources()
                .save(IntStream.range(0, count)
                        .mapToObj(i -> Resource.create(
                                        Guid.random(),
                                        content(i),
                                        UserName.SYSTEM,
                                        library.library().clock().instant())
                                .approve(library.library().clock().instant()))
                        .toList());
    }

    private static ResourceContent content(int i) {
        LocalizedText title = LocalizedText.of("en", "Safe water " + i / 2).with("ar", "المياه " + i);
        String address = "https://files.example.org/" + i + "/";
        return ResourceContent.titled(title)
                .description(LocalizedText.of("en", "<p>Boil &amp; cool, number " + i + " 💧</p>"))
                .tags(List.of(Tag.of("Audience", "Midwife"), Tag.of("Geography", "District " + i % 40)))
                .attachments(
                        AttachmentKind.LINK,
                        List.of(SampleAttachment.link(address + "page")
                                .title("Page")
                                .order(1)
                                .build()))
                .attachments(
                        AttachmentKind.FILE,
                        IntStream.range(0, i % 3)
                                .mapToObj(file -> SampleAttachment.file(address + file + ".pdf")
                                        .title(LocalizedText.of("es", "Archivo " + file))
                                        .order(file)
                                        .size(1_000L + file)
                                        .build())
                                .toList())
                .build();
    }
}
