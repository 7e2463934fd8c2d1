package org.librarypeers.oai;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Executors;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.librarypeers.domain.Peer;
import org.librarypeers.domain.PeerAccess;
import org.librarypeers.domain.PeerId;

/**
 * A repository that speaks OAI-PMH 2.0 over a socket, as the specification demands, and that misbehaves when a test says so. Its clock stands
 * still except when a record changes. A list keeps the identifiers with which it began, so what changes meanwhile is in the next one.
 */
final class ScriptedRepository implements AutoCloseable {

    /** The ways in which the repository treats deleted records. */
    enum Deletions {
        NO,
        TRANSIENT,
        PERSISTENT
    }

    /** The answer to a request. */
    static final class Answer {
        private final int status;
        private final Map<String, String> headers;
        private final byte[] body;

        Answer(int status, Map<String, String> headers, byte[] body) {
            this.status = status;
            this.headers = headers;
            this.body = body;
        }

        int status() {
            return status;
        }

        Map<String, String> headers() {
            return headers;
        }

        byte[] body() {
            return body;
        }

        static Answer xml(String text) {
            return new Answer(
                    200, Map.of("Content-Type", "text/xml; charset=UTF-8"), text.getBytes(StandardCharsets.UTF_8));
        }

        static Answer status(int status, String... headers) {
            Map<String, String> all = new TreeMap<>();
            for (int i = 0; i < headers.length; i += 2) {
                all.put(headers[i], headers[i + 1]);
            }
            return new Answer(status, all, "busy".getBytes(StandardCharsets.UTF_8));
        }

        String text() {
            return new String(body, StandardCharsets.UTF_8);
        }

        Answer with(Function<String, String> change) {
            return new Answer(status, headers, change.apply(text()).getBytes(StandardCharsets.UTF_8));
        }
    }

    private record Stored(
            String identifier, Instant datestamp, @Nullable String metadata, String set) {
        boolean isDeleted() {
            return metadata == null;
        }
    }

    private final HttpServer server;
    private final Map<String, Stored> records = new LinkedHashMap<>();
    private final List<List<String>> lists = new ArrayList<>();
    private final Deque<Function<Answer, Answer>> faults = new ArrayDeque<>();

    /** The queries of all requests, in order. */
    final List<Map<String, String>> requests = new ArrayList<>();

    Deletions deletions = Deletions.PERSISTENT;
    boolean days;
    int pageSize = 3;
    Instant now = Instant.parse("2026-05-04T12:00:00Z");
    int expiredBefore;

    /** The end of each resumption token. */
    String padding = "";

    @Nullable
    Function<Answer, Answer> always;

    @Nullable
    Integer statedSize;

    ScriptedRepository() {
        try {
            server =
                    HttpServer.create(new InetSocketAddress(InetAddress.getByAddress(new byte[] {127, 0, 0, 1}), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.createContext("/oai", this::handle);
        server.setExecutor(Executors.newSingleThreadExecutor(task -> {
            Thread thread = new Thread(task, "scripted-repository");
            thread.setDaemon(true);
            return thread;
        }));
        server.start();
    }

    URI url() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/oai");
    }

    Peer peer() {
        return peer(new PeerAccess.Oai(url()));
    }

    static Peer peer(PeerAccess.Oai access) {
        return Peer.builder()
                .id(new PeerId(1))
                .name("Repository")
                .access(access)
                .build();
    }

    /** Adds or changes a record, with the next second as its datestamp. */
    synchronized void put(String identifier, String metadata) {
        tick();
        store(identifier, metadata, "all");
    }

    synchronized void putInSet(String set, String identifier, String metadata) {
        tick();
        store(identifier, metadata, set);
    }

    /** Adds records with one datestamp. */
    synchronized void putTogether(Map<String, String> metadata) {
        tick();
        metadata.forEach((identifier, each) -> store(identifier, each, "all"));
    }

    private void tick() {
        now = now.plusSeconds(1);
    }

    private void store(String identifier, @Nullable String metadata, String set) {
        records.remove(identifier);
        records.put(identifier, new Stored(identifier, now, metadata, set));
    }

    synchronized void delete(String identifier) {
        tick();
        records.remove(identifier);
        if (deletions != Deletions.NO) {
            store(identifier, null, "all");
        }
    }

    synchronized void advance(Duration duration) {
        now = now.plus(duration);
    }

    /** Changes the next answer. */
    synchronized void next(Function<Answer, Answer> fault) {
        faults.add(fault);
    }

    /** Makes all resumption tokens so far invalid. */
    synchronized void expireTokens() {
        expiredBefore = lists.size();
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            Answer answer = answer(exchange.getRequestURI());
            answer.headers().forEach(exchange.getResponseHeaders()::set);
            exchange.sendResponseHeaders(answer.status(), answer.body().length == 0 ? -1 : answer.body().length);
            exchange.getResponseBody().write(answer.body());
        }
    }

    private synchronized Answer answer(URI uri) {
        Map<String, String> query = new LinkedHashMap<>();
        Stream.of(uri.getRawQuery().split("&"))
                .map(each -> each.split("=", 2))
                .forEach(each -> query.put(each[0], URLDecoder.decode(each[1], StandardCharsets.UTF_8)));
        requests.add(query);
        Answer right = Answer.xml(page(query));
        Function<Answer, Answer> fault = faults.poll();
        Answer changed = fault == null ? right : fault.apply(right);
        return always == null ? changed : always.apply(changed);
    }

    private String page(Map<String, String> query) {
        return "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<OAI-PMH xmlns=\"http://www.openarchives.org/OAI/2.0/\""
                + " xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\">\n<responseDate>"
                + DateTimeFormatter.ISO_INSTANT.format(now.truncatedTo(ChronoUnit.SECONDS))
                + "</responseDate>\n<request>" + url() + "</request>\n" + content(query) + "</OAI-PMH>\n";
    }

    private String content(Map<String, String> query) {
        String verb = query.getOrDefault("verb", "");
        return switch (verb) {
            case "Identify" ->
                "<Identify><repositoryName>Scripted</repositoryName><baseURL>" + url()
                        + "</baseURL><protocolVersion>2.0</protocolVersion><adminEmail>a@example.org</adminEmail>"
                        + "<earliestDatestamp>2020-01-01T00:00:00Z</earliestDatestamp><deletedRecord>"
                        + deletions.name().toLowerCase(Locale.ROOT) + "</deletedRecord><granularity>"
                        + (days ? "YYYY-MM-DD" : "YYYY-MM-DDThh:mm:ssZ") + "</granularity></Identify>\n";
            case "ListRecords", "ListIdentifiers" -> list(verb, query);
            case "GetRecord" -> get(query);
            default -> error("badVerb");
        };
    }

    private static String error(String code) {
        return "<error code=\"" + code + "\">as the test says</error>\n";
    }

    private String get(Map<String, String> query) {
        Stored record = records.get(query.get("identifier"));
        return record == null ? error("idDoesNotExist") : "<GetRecord>" + shown(record, true) + "</GetRecord>\n";
    }

    private String list(String verb, Map<String, String> query) {
        String token = query.get("resumptionToken");
        int list;
        int offset;
        if (token == null) {
            if (!query.getOrDefault("metadataPrefix", "").equals("oai_dc")) {
                return error("cannotDisseminateFormat");
            }
            String from = query.get("from");
            if (from != null && days && from.length() > 10) {
                return error("badArgument");
            }
            lists.add(selected(from, query.get("set")));
            list = lists.size() - 1;
            offset = 0;
        } else {
            if (!token.matches("\\d+ \\d+.*") || Integer.parseInt(token.split(" ")[0]) < expiredBefore) {
                return error("badResumptionToken");
            }
            list = Integer.parseInt(token.split(" ")[0]);
            offset = Integer.parseInt(token.split(" ")[1]);
        }
        List<String> all = lists.get(list);
        return all.isEmpty() ? error("noRecordsMatch") : listed(verb, all, list, offset);
    }

    private List<String> selected(@Nullable String from, @Nullable String set) {
        return records.values().stream()
                .filter(record -> set == null || record.set().equals(set))
                .filter(record -> from == null
                        || datestamp(record).substring(0, from.length()).compareTo(from) >= 0)
                .map(Stored::identifier)
                .toList();
    }

    private String listed(String verb, List<String> all, int list, int offset) {
        int end = Math.min(all.size(), offset + pageSize);
        StringBuilder page = new StringBuilder("<" + verb + ">\n");
        all.subList(offset, end).stream()
                .map(records::get)
                .filter(record -> record != null)
                .forEach(record -> page.append(shown(record, verb.equals("ListRecords"))));
        if (all.size() > pageSize) {
            int size = statedSize == null ? all.size() : statedSize;
            page.append("<resumptionToken completeListSize=\"" + size + "\" cursor=\"" + offset + "\">"
                    + (end < all.size() ? list + " " + end + padding : "") + "</resumptionToken>\n");
        }
        return page.append("</" + verb + ">\n").toString();
    }

    private String shown(Stored record, boolean whole) {
        String header = "<header" + (record.isDeleted() ? " status=\"deleted\"" : "") + "><identifier>"
                + record.identifier() + "</identifier><datestamp>" + datestamp(record)
                + "</datestamp><setSpec>" + record.set() + "</setSpec></header>\n";
        if (!whole) {
            return header;
        }
        String metadata = record.isDeleted()
                ? ""
                : "<metadata><oai_dc:dc xmlns:oai_dc=\"http://www.openarchives.org/OAI/2.0/oai_dc/\""
                        + " xmlns:dc=\"http://purl.org/dc/elements/1.1/\">\n" + record.metadata()
                        + "</oai_dc:dc></metadata>\n";
        return "<record>\n" + header + metadata + "</record>\n";
    }

    private String datestamp(Stored record) {
        return days
                ? DateTimeFormatter.ISO_LOCAL_DATE.format(record.datestamp().atOffset(ZoneOffset.UTC))
                : DateTimeFormatter.ISO_INSTANT.format(record.datestamp());
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
