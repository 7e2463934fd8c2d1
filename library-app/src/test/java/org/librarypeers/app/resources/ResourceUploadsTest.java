package org.librarypeers.app.resources;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.jsoup.nodes.Document;
import org.junit.jupiter.api.Test;
import org.librarypeers.app.RunningLibrary;
import org.librarypeers.app.web.PageClient;
import org.librarypeers.app.web.PageClient.Answer;
import org.librarypeers.domain.Attachment;
import org.librarypeers.domain.AttachmentKind;
import org.librarypeers.domain.LocalizedText;
import org.librarypeers.domain.Resource;
import org.librarypeers.domain.ResourceContent;

/** Tests of the files and images that are uploaded with the resource form. */
class ResourceUploadsTest extends EditedLibrary {

    private static final byte[] PNG = {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1a, '\n', 0, 0, 0, 0};

    @Test
    void files_and_images_are_saved_and_invalid_ones_are_rejected() {
        Resource resource = added("Water");
        PageClient asha = asha();
        Document page = asha.get(edit(resource)).page();
        String token = page.select(FORM + " [name=csrf]").val();
        String path = edit(resource) + "?language=en";
        String[] fields = {"csrf", token, "revision", "1", "title", "Water", "file-title", "Leaflet"};

        Answer large =
                asha.upload(path, "upload", "big.bin", new byte[(int) RunningLibrary.MAX_UPLOAD_BYTES + 1], fields);
        assertThat(large.status()).isEqualTo(422);
        assertThat(large.page().select("#w-upload").text()).contains("big.bin").contains("1.0 MB");
        assertThat(asha.upload(path, "image", "a.png", "<svg>".getBytes(), fields)
                        .page()
                        .select("#w-image")
                        .text())
                .contains("JPEG");
        assertThat(asha.upload(path, "upload", "huge.bin", new byte[(int) RunningLibrary.MAX_UPLOAD_BYTES * 3], fields)
                        .status())
                .isEqualTo(413);
        assertThat(now(resource).revision().number()).isEqualTo(1);

        Answer kept = asha.upload(path, "upload", "../..//<b>water.txt", "Boil it.".getBytes(), fields);
        assertThat(kept.status()).isEqualTo(303);
        Attachment file =
                now(resource).content().attachments(AttachmentKind.FILE).get(0);
        assertThat(file.title()).isEqualTo(LocalizedText.of("en", "Leaflet"));
        assertThat(file.sizeBytes()).isEqualTo(8);
        assertThat(asha.get(file.url()).response().body()).isEqualTo("Boil it.");

        Document after = asha.get(path).page();
        asha.submit(after, FORM, "file-remove", file.guid().toString());
        assertThat(now(resource).content().attachments(AttachmentKind.FILE)).isEmpty();
    }

    @Test
    void selected_files_are_kept_and_shown_after_errors() {
        PageClient asha = asha();
        String path = "/resources/new?language=en";
        String token = asha.get(path).page().select(FORM + " [name=csrf]").val();

        Answer refused = asha.upload(
                path, "upload", "Leaflet <1>.txt", "Boil it.".getBytes(StandardCharsets.UTF_8), "csrf", token);
        assertThat(refused.status()).isEqualTo(422);
        assertThat(refused.page().select("[data-waiting]").text()).contains("Leaflet <1>.txt", "8 B", "not saved yet");
        assertThat(running.library().storage().catalogue().all(0, 1)).isEmpty();
        String file = refused.page().select("[name=waiting]").val();

        Answer picture = asha.upload(path, "image", "water.png", PNG, "csrf", token, "waiting", file);
        assertThat(picture.status()).isEqualTo(422);
        assertThat(picture.page().select("[name=waiting]").eachAttr("value")).containsExactly(file);
        String image = picture.page().select("[name=waiting-image]").val();
        Answer shown = asha.get(picture.page().select("[data-waiting] img").attr("src"));
        assertThat(shown.response().headers().firstValue("Content-Type")).hasValue("image/png");
        assertThat(shown.response().headers().firstValue("X-Content-Type-Options"))
                .hasValue("nosniff");

        Answer saved = asha.submit(picture.page(), FORM, "title", "Water", "file-title", "The leaflet");
        assertThat(saved.status()).isEqualTo(303);
        ResourceContent content = only().content();
        assertThat(content.attachments(AttachmentKind.FILE)).hasSize(1);
        assertThat(content.attachments(AttachmentKind.FILE).get(0).title())
                .isEqualTo(LocalizedText.of("en", "The leaflet"));
        assertThat(asha.get(content.attachments(AttachmentKind.FILE).get(0).url())
                        .response()
                        .body())
                .isEqualTo("Boil it.");
        assertThat(content.image()).endsWith("/water.png");
        assertThat(asha.get(content.image()).response().statusCode()).isEqualTo(200);
        assertThat(asha.get("/uploads/" + image).status()).isEqualTo(404);
        assertThat(running.texts("select count(*) from upload")).containsExactly("0");
    }

    @Test
    void a_kept_file_is_visible_only_to_its_owner_and_can_be_removed() {
        PageClient asha = asha();
        String path = "/resources/new?language=en";
        String token = asha.get(path).page().select(FORM + " [name=csrf]").val();
        Document page =
                asha.upload(path, "image", "water.png", PNG, "csrf", token).page();
        String image = page.select("[name=waiting-image]").val();

        PageClient other = reviewer();
        assertThat(other.get("/uploads/" + image).status()).isEqualTo(404);
        assertThat(new PageClient(running.address()).get("/uploads/" + image).status())
                .isEqualTo(303);
        String theirs = other.get(path).page().select(FORM + " [name=csrf]").val();
        Answer stolen = other.post(path, "csrf", theirs, "title", "Mine", "waiting-image", image, "waiting", image);
        assertThat(stolen.status()).isEqualTo(303);
        assertThat(only().content().image()).isNull();
        assertThat(only().content().attachments(AttachmentKind.FILE)).isEmpty();

        Answer without = asha.submit(page, FORM, "title", "", "waiting-remove", image);
        assertThat(without.page().select("[data-waiting]")).isEmpty();
    }

    @Test
    void kept_files_survive_added_rows_and_a_conflict_and_expire() {
        Resource resource = added("Water");
        PageClient asha = asha();
        String path = edit(resource) + "?language=en";
        String token = asha.get(path).page().select(FORM + " [name=csrf]").val();

        Answer rows =
                asha.upload(path, "upload", "a.txt", new byte[] {'a'}, "csrf", token, "revision", "1", "more", "links");
        assertThat(rows.page().select("[data-waiting]").text()).contains("a.txt");
        Answer conflict = asha.upload(
                path, "upload", "b.txt", new byte[] {'b'}, "csrf", token, "revision", "9", "title", "Water");
        assertThat(conflict.status()).isEqualTo(409);
        assertThat(conflict.page().select("[data-waiting]").text()).contains("b.txt");

        running.execute("update upload set sent = sent - interval '15 days'");
        asha.upload(path, "upload", "c.txt", new byte[] {'c'}, "csrf", token, "revision", "9", "title", "Water");
        assertThat(running.texts("select name from upload")).containsExactly("c.txt");
        running.execute("delete from upload");
    }
}
