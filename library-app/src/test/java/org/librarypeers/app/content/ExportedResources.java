package org.librarypeers.app.content;

import java.time.LocalDateTime;
import java.util.List;
import org.librarypeers.app.RunningLibrary;
import org.librarypeers.domain.AttachmentKind;
import org.librarypeers.domain.BornOn;
import org.librarypeers.domain.Guid;
import org.librarypeers.domain.LocalizedText;
import org.librarypeers.domain.Resource;
import org.librarypeers.domain.ResourceContent;
import org.librarypeers.domain.StudyTime;
import org.librarypeers.domain.Tag;
import org.librarypeers.domain.UserName;
import org.librarypeers.sync.contract.SampleAttachment;
import org.librarypeers.sync.contract.SampleTag;

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
                        SampleTag.tag("Audience", "Nurse")
                                .guid(tag.guid())
                                .categories(LocalizedText.of("es", "Público"))
                                .names(LocalizedText.of("es", "Enfermera"))
                                .description(LocalizedText.of("en", "Who nurses"))
                                .image("https://example.org/nurse.png")
                                .build(),
                        Tag.of("Other", "nets"),
                        Tag.of("Topic", "nets")))
                .attachments(
                        AttachmentKind.LINK,
                        List.of(
                                SampleAttachment.link("https://a/?b=é")
                                        .title("A")
                                        .order(2)
                                        .size(7)
                                        .build(),
                                SampleAttachment.link("https://c").order(1).build()))
                .attachments(
                        AttachmentKind.FILE,
                        List.of(SampleAttachment.file("/media/resource/" + "a".repeat(64) + "/guide.pdf")
                                .title(LocalizedText.of("fr", "Guide"))
                                .description(LocalizedText.of("fr", "Tout"))
                                .size(5_000_000_000L)
                                .build()))
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
