package org.librarypeers.app.api;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/** A multipart form with files, encoded as by a browser. */
final class Multipart {

    private static final String BOUNDARY = "3cf6fd9ab1d84f6c9c2cd4f0b5fd0c1a";

    private final ByteArrayOutputStream parts = new ByteArrayOutputStream();

    Multipart field(String name, Object value) {
        return part("name=\"" + name + "\"", "", String.valueOf(value).getBytes(StandardCharsets.UTF_8));
    }

    Multipart file(String name, String fileName, String contentType, byte[] content) {
        return part(
                "name=\"" + name + "\"; filename=\"" + fileName + "\"",
                "Content-Type: " + contentType + "\r\n",
                content);
    }

    private Multipart part(String disposition, String headers, byte[] content) {
        write("--" + BOUNDARY + "\r\nContent-Disposition: form-data; " + disposition + "\r\n" + headers + "\r\n");
        parts.writeBytes(content);
        write("\r\n");
        return this;
    }

    private void write(String text) {
        parts.writeBytes(text.getBytes(StandardCharsets.UTF_8));
    }

    String contentType() {
        return "multipart/form-data; boundary=" + BOUNDARY;
    }

    byte[] body() {
        ByteArrayOutputStream whole = new ByteArrayOutputStream();
        whole.writeBytes(parts.toByteArray());
        whole.writeBytes(("--" + BOUNDARY + "--\r\n").getBytes(StandardCharsets.UTF_8));
        return whole.toByteArray();
    }
}
