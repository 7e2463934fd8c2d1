package org.librarypeers.app.web;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import org.assertj.core.api.Assertions;

/** A reader of server-sent events as they arrive. */
public final class EventReader implements AutoCloseable {

    private final HttpResponse<InputStream> response;
    private final BufferedReader lines;

    EventReader(HttpResponse<InputStream> response) {
        this.response = response;
        this.lines = new BufferedReader(new InputStreamReader(response.body(), StandardCharsets.UTF_8));
    }

    private record Event(String name, String data) {}

    public int status() {
        return response.statusCode();
    }

    /** Returns the data of the next event, which must have the given name. */
    public String next(String name) {
        Event event = read();
        Assertions.assertThat(event).isNotNull();
        Assertions.assertThat(event.name()).isEqualTo(name);
        return event.data();
    }

    /** Returns the data of the last event with the given name before the first one with the other name. */
    public String last(String name, String before) {
        String data = next(name);
        for (Event event = read(); !event.name().equals(before); event = read()) {
            Assertions.assertThat(event.name()).isEqualTo(name);
            data = event.data();
        }
        return data;
    }

    /** Waits for the end of the stream. Returns false if another event arrives first. */
    public boolean isOver() {
        return read() == null;
    }

    private Event read() {
        String name = "";
        StringBuilder data = new StringBuilder();
        try {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                if (line.startsWith("event: ")) {
                    name = line.substring(7);
                } else if (line.startsWith("data: ")) {
                    data.append(line.substring(6)).append('\n');
                } else if (line.isEmpty() && !data.isEmpty()) {
                    return new Event(name, data.toString());
                }
            }
            return null;
        } catch (IOException e) {
            if (String.valueOf(e.getMessage()).contains("closed")) {
                return null;
            }
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() throws IOException {
        lines.close();
    }
}
