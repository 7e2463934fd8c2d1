package org.librarypeers.app.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.librarypeers.app.RunningLibrary;
import org.librarypeers.domain.Status;
import org.librarypeers.domain.UserName;
import tools.jackson.databind.JsonNode;

/** Tests of uploading images and files through the API. */
class UploadEndpointsTest extends WrittenLibrary {

    private static final byte[] PNG = {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1A, '\n', 1, 2, 3, 4};

    @Test
    void an_image_and_a_file_are_uploaded_served_and_shown() throws Exception {
        JsonNode made = add("With files", ASHA);
        String id = made.path("id").asString();

        assertThat(upload("image", ASHA, "resource_id", id, "image_file@Bild ü.jpg", PNG)
                        .statusCode())
                .isEqualTo(201);
        HttpResponse<String> file = upload(
                "file",
                ASHA,
                "resource_id",
                id,
                "title",
                "The guide",
                "description",
                "All of it",
                "order_by",
                "3",
                "resource_file@../../guide.pdf",
                "%PDF-1.7 …".getBytes(StandardCharsets.UTF_8));
        assertThat(file.statusCode()).isEqualTo(201);
        assertThat(file.body()).isEmpty();

        JsonNode detail =
                JSON.readTree(get("/api/v1/resource/" + id + "/", ASHA).body());
        String image = detail.path("image").asString();
        assertThat(image)
                .startsWith(running.address() + "/media/resourceimage/")
                .endsWith(".png");
        JsonNode part = detail.at("/files/0");
        assertThat(part.path("title").asString()).isEqualTo("The guide");
        assertThat(part.path("order_by").asInt()).isEqualTo(3);
        assertThat(part.path("file").asString())
                .startsWith(running.address() + "/media/resource/")
                .endsWith("/guide.pdf");
        assertThat(part.propertyNames()).doesNotContain("sha1", "file_extension", "is_embeddable");
        String uri = part.path("resource_uri").asString();
        for (JsonNode byItself : List.of(
                JSON.readTree(get(uri, ASHA).body()),
                JSON.readTree(get("/api/v1/resourcefile/?limit=0", ASHA).body()).at("/objects/0"),
                JSON.readTree(get("/api/v1/resourcefile/set/" + part.path("id").asString() + "/", ASHA)
                                .body())
                        .at("/objects/0"))) {
            assertThat(byItself.path("resource_uri").asString()).isEqualTo(uri);
            assertThat(byItself.path("file_extension").asString()).isEqualTo("pdf");
            assertThat(byItself.path("is_embeddable").asBoolean()).isTrue();
            assertThat(byItself.path("sha1").isNull()).isTrue();
        }
        assertThat(JSON.readTree(get("/api/v1/resourcefile/schema/", ASHA).body())
                        .path("fields")
                        .propertyNames())
                .contains("file_extension", "is_embeddable", "sha1");
        HttpResponse<String> served = running.get(
                part.path("file").asString().substring(running.address().length()));
        assertThat(served.statusCode()).isEqualTo(200);
        assertThat(served.body()).isEqualTo("%PDF-1.7 …");
        assertThat(served.headers().firstValue("content-type")).contains("application/pdf");
        assertThat(served.headers().firstValue("content-security-policy")).contains("frame-ancestors 'self'");
        assertThat(running.get(image.substring(running.address().length()))
                        .headers()
                        .firstValue("content-type"))
                .contains("image/png");
        assertThat(running.send(
                                "DELETE",
                                part.path("resource_uri").asString(),
                                "Authorization",
                                running.authorization(ASHA))
                        .statusCode())
                .isEqualTo(204);
    }

    @Test
    void an_incomplete_upload_reports_the_missing_field() throws Exception {
        String id = add("Lacks uploads", ASHA).path("id").asString();
        byte[] large = new byte[(int) RunningLibrary.MAX_UPLOAD_BYTES + 1];

        assertThat(upload("image", ASHA, "x", "y").body()).isEqualTo("{ \"error\": \"No resource_id provided\"}");
        assertThat(upload("image", ASHA, "resource_id", id).body())
                .isEqualTo("{ \"error\": \"No image file provided\"}");
        assertThat(upload("file", ASHA, "resource_id", id).body()).isEqualTo("{ \"error\": \"No title provided\"}");
        assertThat(upload("file", ASHA, "resource_id", id, "title", "t").body())
                .isEqualTo("{ \"error\": \"No resource file provided\"}");
        assertThat(upload(
                                "image",
                                ASHA,
                                "resource_id",
                                id,
                                "image_file@x.png",
                                "<html>".getBytes(StandardCharsets.UTF_8))
                        .body())
                .contains("not a JPEG, PNG, GIF or WebP file");
        HttpResponse<String> tooLarge =
                upload("file", ASHA, "resource_id", id, "title", "t", "resource_file@x.pdf", large);
        assertThat(tooLarge.statusCode()).isEqualTo(400);
        assertThat(tooLarge.body()).contains("larger than 1048576 bytes");
        HttpResponse<String> muchTooLarge = upload(
                "file",
                ASHA,
                "resource_id",
                id,
                "title",
                "t",
                "resource_file@x.pdf",
                new byte[(int) RunningLibrary.MAX_UPLOAD_BYTES * 3]);
        assertThat(muchTooLarge.statusCode()).isEqualTo(413);
        assertThat(muchTooLarge.headers().firstValue("Connection")).contains("close");
        assertThat(muchTooLarge.body()).isEqualTo("{ \"error\": \"The request is larger than this library accepts.\"}");
        HttpResponse<String> noForm = running.send(
                "POST",
                "/api/upload/file/",
                BodyPublishers.ofString("no form"),
                "Content-Type",
                "multipart/form-data; boundary=limit",
                "Authorization",
                running.authorization(ASHA));
        assertThat(noForm.statusCode()).isEqualTo(400);
        assertThat(noForm.body()).isEqualTo("{ \"error\": \"The request is not a valid multipart form.\"}");
        HttpResponse<String> badTitle =
                upload("file", ASHA, "resource_id", id, "title", "a\"\\b\u0000", "resource_file@x.pdf", new byte[1]);
        assertThat(badTitle.statusCode()).isEqualTo(400);
        assertThat(JSON.readTree(badTitle.body()).path("error").asString()).contains("title");
    }

    @Test
    void only_the_creator_of_a_resource_can_upload_to_it() throws Exception {
        String id = add("Mine", ASHA).path("id").asString();
        running.library()
                .review()
                .approve(running.library().storage().resources().withStatus(Status.PENDING, null, 1_000).stream()
                        .map(resource -> resource.guid())
                        .toList());

        assertThat(upload("image", JUMA, "resource_id", id, "image_file@x.png", PNG)
                        .statusCode())
                .isEqualTo(401);
        assertThat(upload("image", RunningLibrary.READER, "resource_id", id, "image_file@x.png", PNG)
                        .statusCode())
                .isEqualTo(401);
        assertThat(upload("image", ASHA, "resource_id", "987654321", "image_file@x.png", PNG)
                        .statusCode())
                .isEqualTo(401);
        assertThat(upload("image", null, "resource_id", id).statusCode()).isEqualTo(401);
        assertThat(upload(
                                "image",
                                null,
                                "username",
                                ASHA.value(),
                                "api_key",
                                running.key(ASHA).secret(),
                                "resource_id",
                                id,
                                "image_file@x.png",
                                PNG)
                        .statusCode())
                .isEqualTo(201);
        assertThat(running.get("/api/upload/image/").statusCode()).isEqualTo(405);
    }

    /** Uploads a form of names and values in turn. A name of the form {@code name@file} takes bytes as its value. */
    private static HttpResponse<String> upload(String what, UserName user, Object... fields) throws Exception {
        List<byte[]> form = new ArrayList<>();
        for (int i = 0; i < fields.length; i += 2) {
            String[] name = fields[i].toString().split("@", 2);
            String file = name.length == 1 ? "" : "; filename=\"" + name[1] + "\"";
            form.add(("--limit\r\nContent-Disposition: form-data; name=\"" + name[0] + "\"" + file + "\r\n\r\n")
                    .getBytes(StandardCharsets.UTF_8));
            form.add(
                    fields[i + 1] instanceof byte[] bytes
                            ? bytes
                            : fields[i + 1].toString().getBytes(StandardCharsets.UTF_8));
            form.add("\r\n".getBytes(StandardCharsets.UTF_8));
        }
        form.add("--limit--\r\n".getBytes(StandardCharsets.UTF_8));
        List<String> headers = new ArrayList<>(List.of("Content-Type", "multipart/form-data; boundary=limit"));
        if (user != null) {
            headers.addAll(List.of("Authorization", running.authorization(user)));
        }
        return running.send(
                "POST", "/api/upload/" + what + "/", BodyPublishers.ofByteArrays(form), headers.toArray(String[]::new));
    }
}
