package org.librarypeers.app.wiring;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.function.Consumer;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Faults of a peer, deliberate or accidental, each with the words by which this library reports it. */
enum PeerFault {
    RESET_IN_MID_BODY("dropped the connection in each of 3 attempts", (right, wire) -> {
        wire.head("application/json", right.length);
        wire.write(half(right));
        wire.reset();
    }),

    STALLED_BODY("did not answer within", (right, wire) -> {
        wire.head("application/json", right.length);
        wire.write(half(right));
        wire.stall();
    }),

    TRUNCATED_DOCUMENT("ended its answer early in each of 3 attempts", (right, wire) -> wire.json(half(right))),

    GARBAGE("answered with JSON that cannot be parsed, line 1 column", (right, wire) -> {
        byte[] garbage = new Random(1)
                .ints(10_000, '!', '~')
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString()
                .getBytes(StandardCharsets.UTF_8);
        wire.json(garbage);
    }),

    WEB_PAGE("answered with text/html \"Welcome\" instead of JSON", (right, wire) -> {
        byte[] page = "<!DOCTYPE html><title>Welcome</title>".getBytes(StandardCharsets.UTF_8);
        wire.head("text/html; charset=utf-8", page.length);
        wire.write(page);
    }),

    /** Spoils one text. The resource is accepted without the invalid bytes. */
    NOT_UTF_8("title_en", Harm.ONE_TEXT, (right, wire) -> {
        String text = new String(right, StandardCharsets.ISO_8859_1);
        String good = new String(PeerFault.BAD_ONE.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1);
        wire.json(text.replace(good, PeerFault.BAD_ONE).getBytes(StandardCharsets.ISO_8859_1));
    }),

    DEEPLY_NESTED("JSON that is nested too deeply", (right, wire) -> {
        String deep = "{\"meta\": {\"limit\": 2, \"next\": null}, \"objects\": " + "[".repeat(200_000);
        wire.json(deep.getBytes(StandardCharsets.UTF_8));
    }),

    GZIP_BOMB(
            "answered with more than",
            (right, wire) -> wire.endlessGzip("{\"meta\": {}, \"objects\": [{\"title\": \"")),

    ENDLESS_LIST("would never end", (right, wire) -> {
        ObjectNode page = json(wire.firstSpoiled(right));
        ObjectNode meta = (ObjectNode) page.path("meta");
        if (meta.path("next").isNull()) {
            meta.put("next", next(meta.path("after").asLong()));
        }
        wire.json(bytes(page));
    }),

    /** Repeats the same resources, each time with a higher cursor or a newer date. */
    ENDLESS_LIST_THAT_MOVES_ON("would never end", (right, wire) -> {
        ObjectNode page = json(wire.firstSpoiled(right));
        ObjectNode meta = (ObjectNode) page.path("meta");
        int times = wire.answersSoFar();
        if (meta.has("after") || meta.path("next").asString("").contains("after=")) {
            meta.put("next", next(Math.max(wire.requestedAfter(), 0) + 1));
        } else {
            String time = "%d-%02d-01T00:00:00".formatted(2030 + times / 12, 1 + times % 12);
            page.path("objects").forEach(object -> complete((ObjectNode) object).put("update_date", time));
        }
        wire.json(bytes(page));
    }),

    /** Spoils one resource. */
    HUGE_GUID("is not a UUID", resource -> resource.put("guid", "long ".repeat(2_000_000))),

    /** Spoils one resource. */
    ENTRY_WITHOUT_GUID("guid is missing", resource -> resource.remove("guid"));

    private static final JsonMapper JSON = JsonMapper.builder().build();

    /** The title of the resource that a fault of one resource or text spoils. */
    static final String BAD_ONE = "Santé 3";

    /** The extent of the damage that a fault may do. */
    enum Harm {
        RUN,
        ONE_RESOURCE,
        ONE_TEXT
    }

    /** Words of the log message, of the quarantined item's reason, or the field of the remark. */
    final String words;

    final Harm harm;

    private final Spoiling spoiling;

    PeerFault(String words, Spoiling spoiling) {
        this(words, Harm.RUN, spoiling);
    }

    PeerFault(String words, Harm harm, Spoiling spoiling) {
        this.words = words;
        this.harm = harm;
        this.spoiling = spoiling;
    }

    PeerFault(String words, Consumer<ObjectNode> change) {
        this.words = words;
        this.harm = Harm.ONE_RESOURCE;
        this.spoiling = (right, wire) -> {
            ObjectNode answer = json(right);
            if (answer.has("objects")) {
                answer.path("objects").forEach(object -> changeBadOne((ObjectNode) object, change));
            } else {
                changeBadOne(answer, change);
            }
            wire.json(bytes(answer));
        };
    }

    /** A sender of a spoiled answer in place of the right one. */
    interface Spoiling {
        void send(byte[] right, FaultyPeer.Wire wire) throws IOException, InterruptedException;
    }

    void send(byte[] right, FaultyPeer.Wire wire) throws IOException, InterruptedException {
        spoiling.send(right, wire);
    }

    private static void changeBadOne(ObjectNode resource, Consumer<ObjectNode> change) {
        if (resource.path("title").asString("").equals(BAD_ONE)) {
            change.accept(resource);
        }
    }

    /** Adds empty lists, so that the client does not fetch each detail, which takes time. */
    private static ObjectNode complete(ObjectNode resource) {
        List.of("tags", "urls", "files").forEach(resource::putArray);
        return resource;
    }

    private static String next(long after) {
        return "/api/v1/resource/?full=true&after=" + after;
    }

    private static byte[] half(byte[] whole) {
        return Arrays.copyOf(whole, whole.length / 2);
    }

    private static ObjectNode json(byte[] body) {
        return (ObjectNode) JSON.readTree(body);
    }

    private static byte[] bytes(ObjectNode json) {
        return JSON.writeValueAsBytes(json);
    }
}
