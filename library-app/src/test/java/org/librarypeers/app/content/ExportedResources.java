package org.librarypeers.app.content;

import java.time.LocalDateTime;
import java.util.List;
import org.librarypeers.app.RunningLibrary;
import org.librarypeers.domain.Attachment;
import org.librarypeers.domain.AttachmentKind;
import org.librarypeers.domain.BornOn;
import org.librarypeers.domain.Guid;
import org.librarypeers.domain.LocalizedText;
import org.librarypeers.domain.Resource;
import org.librarypeers.domain.ResourceContent;
import org.librarypeers.domain.StudyTime;
import org.librarypeers.domain.Tag;
import org.librarypeers.domain.UserName;

/** Resources with all kinds of content, for an export. */
final class ExportedResources {

    private ExportedResources() {}

    static ResourceContent rich(String title) {
        Tag tag = Tag.of("Audience", "Nurse");
        return ResourceContent.titled(LocalizedText.of("en", title)
                        .with("es", title + " (es)")
                        .with("sw", "Maji"))
                .description(LocalizedText.of("es", "<p>Sólo en español</p>").with("ar", "ماء"))
                .attribution(LocalizedText.of("en", "Ministry"))
                .studyTime(new StudyTime(2, StudyTime.Unit.HOURS))
                .bornOn(BornOn.at(LocalDateTime.of(2019, 1, 2, 3, 4, 5, 678_000)))
                .image("https://example.org/a.png")
                .tags(List.of(
                        new Tag(
                                tag.guid(),
                                "Audience",
                                "Nurse",
                                LocalizedText.of("es", "Público"),
                                LocalizedText.of("es", "Enfermera"),
                                LocalizedText.of("en", "Who nurses"),
                                LocalizedText.empty(),
                                "https://example.org/nurse.png"),
                        Tag.of("Other", "nets"),
                        Tag.of("Topic", "nets")))
                .attachments(
                        AttachmentKind.LINK,
                        List.of(
                                new Attachment(
                                        AttachmentKind.LINK,
                                        Guid.random(),
                                        LocalizedText.of("en", "A"),
                                        LocalizedText.empty(),
                                        "https://a/?b=é",
                                        2,
                                        7),
                                new Attachment(
                                        AttachmentKind.LINK,
                                        Guid.random(),
                                        LocalizedText.empty(),
                                        LocalizedText.empty(),
                                        "https://c",
                                        1,
                                        0)))
                .attachments(
                        AttachmentKind.FILE,
                        List.of(new Attachment(
                                AttachmentKind.FILE,
                                Guid.random(),
                                LocalizedText.of("fr", "Guide"),
                                LocalizedText.of("fr", "Tout"),
                                "/media/resource/" + "a".repeat(64) + "/guide.pdf",
                                0,
                                5_000_000_000L)))
                .build();
    }

    /** Adds resources of each status. Two share a title, so the address of one cannot be derived from its title. */
    static void fill(RunningLibrary from) {
        UserName amina = new UserName("amina");
        for (String title : List.of("Water", "Water", "Ärzte: наука", "R", "A")) {
            Guid guid = from.library()
                    .authoring()
                    .create(rich(title), amina)
                    .resource()
                    .guid();
            Resource made = from.library().storage().resources().find(guid).orElseThrow();
            var now = from.library().clock().instant();
            Resource decided = switch (title) {
                case "Water" -> made.approve(now);
                case "R" -> made.reject(now);
                case "A" -> made.approve(now).archive(now);
                default -> made;
            };
            if (decided != made) {
                from.library().storage().resources().save(decided);
            }
        }
        from.publish("Plain");
    }
}
