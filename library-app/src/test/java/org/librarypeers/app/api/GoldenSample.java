package org.librarypeers.app.api;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A recorded request and the answer of a v1 site.
 *
 * @param name the name of the file, without its extension
 * @param request the first line and the headers of the request, one on each line
 * @param sent the body of the request, may be empty
 * @param status the HTTP status of the answer
 * @param headers the headers of the answer
 * @param body the raw body of the answer
 */
record GoldenSample(String name, String request, String sent, int status, Map<String, String> headers, String body) {

    /** Reads the sample with the given name. */
    static GoldenSample read(String name) {
        String all = text("/orb-v1/" + name + ".http");
        int answer = all.indexOf("\n>>>>\n");
        String[] request = all.substring(0, answer).split("\n\n", 2);
        String[] answered = all.substring(answer + "\n>>>>\n".length()).split("\n\n", 2);
        String[] head = answered[0].split("\n");
        Map<String, String> headers = new LinkedHashMap<>();
        for (int i = 1; i < head.length; i++) {
            String[] header = head[i].split(": ", 2);
            headers.put(header[0], header[1]);
        }
        String sent = request.length > 1 ? request[1].strip() : "";
        return new GoldenSample(
                name,
                request[0].strip(),
                sent,
                Integer.parseInt(head[0].split(" ")[1]),
                headers,
                answered.length > 1 ? answered[1] : "");
    }

    private static String text(String resource) {
        try (InputStream in = GoldenSample.class.getResourceAsStream(resource)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    boolean isJson() {
        return "application/json".equals(headers.get("Content-Type")) && !body.isEmpty();
    }

    @Override
    public String toString() {
        return name;
    }
}
