package org.librarypeers.app.server;

import java.io.IOException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.RequestLog;
import org.eclipse.jetty.server.RequestLogWriter;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.component.ContainerLifeCycle;
import org.jspecify.annotations.Nullable;
import org.librarypeers.app.config.LogSettings;
import org.librarypeers.app.http.MaskedAddress;
import org.librarypeers.app.http.SingleLineJson;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * An access log: a line for each request, in the combined form that many tools read, with the duration in milliseconds at the
 * end, or in JSON. Addresses are masked.
 */
final class RequestLines extends ContainerLifeCycle implements RequestLog {

    private static final Logger LOG = LoggerFactory.getLogger(RequestLines.class);
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("dd/MMM/yyyy:HH:mm:ss Z", Locale.ENGLISH)
            .withZone(ZoneOffset.UTC);
    private static final long NANOS_PER_MILLI = 1_000_000;

    private final RequestLog.Writer writer;
    private final boolean json;

    private RequestLines(RequestLog.Writer writer, boolean json) {
        this.writer = writer;
        this.json = json;
        addBean(writer);
    }

    /** Returns the access log of the settings, or an empty {@code Optional} if it is off. */
    static Optional<RequestLines> of(LogSettings settings) {
        boolean json = settings.format() == LogSettings.Format.JSON;
        if (settings.access() instanceof LogSettings.AccessLog.File file) {
            RequestLogWriter writer = new RequestLogWriter(file.path().toString());
            writer.setAppend(true);
            writer.setTimeZone("UTC");
            writer.setRetainDays(settings.retainDays());
            return Optional.of(new RequestLines(writer, json));
        }
        return settings.access() instanceof LogSettings.AccessLog.StandardOutput
                ? Optional.of(new RequestLines(System.out::println, json))
                : Optional.empty();
    }

    /** The fields of a line. */
    private record Line(
            String client,
            Instant time,
            String method,
            String address,
            String protocol,
            int status,
            long bytes,
            @Nullable String referer,
            @Nullable String userAgent,
            long millis) {

        static Line of(Request request, Response response) {
            String referer = request.getHeaders().get(HttpHeader.REFERER);
            return new Line(
                    Request.getRemoteAddr(request),
                    Instant.ofEpochMilli(Request.getTimeStamp(request)),
                    request.getMethod(),
                    MaskedAddress.of(request.getHttpURI().getPathQuery()),
                    request.getConnectionMetaData().getProtocol(),
                    response.getStatus(),
                    Response.getContentBytesWritten(response),
                    referer == null ? null : MaskedAddress.of(referer),
                    request.getHeaders().get(HttpHeader.USER_AGENT),
                    (System.nanoTime() - request.getBeginNanoTime()) / NANOS_PER_MILLI);
        }

        String text() {
            return client + " - - [" + TIME.format(time) + "] " + quoted(method + " " + address + " " + protocol) + " "
                    + status + " " + bytes + " " + quoted(referer) + " " + quoted(userAgent) + " " + millis;
        }

        /** Returns a text in quotes. Clients can send any text, which must not end the line or the quotes. */
        private static String quoted(@Nullable String text) {
            return "\"" + Objects.requireNonNullElse(text, "-").replaceAll("[\\p{Cntrl}\"\\\\]", "?") + "\"";
        }

        String json() {
            Map<String, @Nullable Object> fields = new HashMap<>();
            fields.put("client", client);
            fields.put("time", time.truncatedTo(ChronoUnit.MILLIS).toString());
            fields.put("method", method);
            fields.put("address", address);
            fields.put("protocol", protocol);
            fields.put("status", status);
            fields.put("bytes", bytes);
            fields.put("referer", referer);
            fields.put("user_agent", userAgent);
            fields.put("milliseconds", millis);
            return SingleLineJson.json(fields);
        }
    }

    @Override
    public void log(Request request, Response response) {
        try {
            Line line = Line.of(request, response);
            writer.write(json ? line.json() : line.text());
        } catch (IOException e) {
            LOG.warn("A line of the access log could not be written: {}", e.getMessage());
        }
    }
}
