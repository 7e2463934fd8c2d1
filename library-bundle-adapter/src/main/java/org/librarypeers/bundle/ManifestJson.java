package org.librarypeers.bundle;

import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.librarypeers.domain.BundleKey;
import org.librarypeers.domain.LibraryId;
import org.librarypeers.domain.PeerHost;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** The JSON of a manifest and of the other entries of this adapter. */
final class ManifestJson {

    private static final String FORMAT = "library-bundle";
    private static final Pattern SHA256 = Pattern.compile("[0-9a-f]{64}");
    private static final int MAX_DEPTH = 8;
    private static final int MAX_STRING = 100_000;

    /** More than the names, values and brackets of an entry of the manifest. */
    private static final int TOKENS_PER_ENTRY = 16;

    /** More than those of all other fields. */
    private static final int FIXED_TOKENS = 200;

    private static final JsonMapper MAPPER = JsonMapper.builder(JsonFactory.builder()
                    .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                    .disable(StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION)
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxNestingDepth(MAX_DEPTH)
                            .maxStringLength(MAX_STRING)
                            .build())
                    .build())
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    private ManifestJson() {}

    static byte[] write(BundleManifest manifest) {
        ObjectNode json = MAPPER.createObjectNode();
        json.put("format", FORMAT).put("version", BundleManifest.VERSION);
        json.putObject("library")
                .put("id", manifest.library().toString())
                .put("name", manifest.name())
                .put("address", manifest.home().toString());
        json.put("key", manifest.key().hex());
        json.put("created", manifest.created().toString());
        json.put("after", manifest.after()).put("up_to", manifest.upTo());
        json.put("oldest", text(manifest.oldest())).put("newest", text(manifest.newest()));
        json.put("selection", manifest.selection());
        json.put("part", manifest.part()).put("last", manifest.last());
        json.put("resources", manifest.resources())
                .put("deletions", manifest.deletions())
                .put("files", manifest.files());
        ArrayNode entries = json.putArray("entries");
        for (BundleManifest.Entry entry : manifest.entries()) {
            ObjectNode each = entries.addObject();
            each.put("name", entry.name()).put("size", entry.size()).put("sha256", entry.sha256());
            if (entry.hasResources()) {
                each.put("up_to", entry.upTo());
            }
        }
        return MAPPER.writeValueAsBytes(json);
    }

    private static @Nullable String text(@Nullable Instant time) {
        return time == null ? null : time.toString();
    }

    /**
     * Reads a manifest. Its memory is bounded by the number of entries that the archive has, whatever the manifest says.
     *
     * @param entries the number of entries of the archive
     * @throws BundleException if it is not a manifest, has too many values, or is of another version
     */
    static BundleManifest read(byte[] bytes, int entries) {
        try {
            JsonNode json = tree(bytes, FIXED_TOKENS + (long) TOKENS_PER_ENTRY * entries);
            if (!FORMAT.equals(json.path("format").asString(""))) {
                throw invalid("it does not have the format library-bundle", null);
            }
            int version = json.path("version").asInt(0);
            if (version != BundleManifest.VERSION) {
                throw new BundleException(
                        BundleException.Problem.UNKNOWN_VERSION,
                        "the bundle has version " + version + " of the format, but this program reads version "
                                + BundleManifest.VERSION + "; install a later version of this program",
                        null);
            }
            return manifest(json);
        } catch (JacksonException | IllegalArgumentException | DateTimeException | ArithmeticException e) {
            throw invalid("it cannot be read", e);
        }
    }

    /** Reads JSON, and throws before it is in memory if it has more tokens than this. */
    private static JsonNode tree(byte[] bytes, long mostTokens) {
        try (JsonParser parser = MAPPER.createParser(bytes)) {
            for (long tokens = 0; parser.nextToken() != null; tokens++) {
                if (tokens == mostTokens) {
                    throw Archive.tooLarge("its manifest or its index has more values than a bundle needs");
                }
            }
        }
        return MAPPER.readTree(bytes);
    }

    private static BundleManifest manifest(JsonNode json) {
        JsonNode library = json.path("library");
        return new BundleManifest(
                LibraryId.of(text(library, "id")),
                text(library, "name"),
                PeerHost.of(text(library, "address")),
                new BundleKey(text(json, "key")),
                Instant.parse(text(json, "created")),
                number(json, "after"),
                number(json, "up_to"),
                time(json, "oldest"),
                time(json, "newest"),
                json.path("selection").isString() ? json.path("selection").asString() : null,
                Math.toIntExact(number(json, "part")),
                json.path("last").asBoolean(false),
                number(json, "resources"),
                number(json, "deletions"),
                number(json, "files"),
                entries(json.path("entries")));
    }

    private static List<BundleManifest.Entry> entries(JsonNode json) {
        List<BundleManifest.Entry> entries = new ArrayList<>();
        long before = -1;
        for (JsonNode each : json) {
            String sha256 = text(each, "sha256");
            if (!SHA256.matcher(sha256).matches()) {
                throw new IllegalArgumentException("a digest is not 64 hexadecimal digits");
            }
            long upTo = each.has("up_to") ? number(each, "up_to") : -1;
            if (upTo >= 0 && upTo < before) {
                throw new IllegalArgumentException("feed positions do not ascend");
            }
            before = Math.max(before, upTo);
            entries.add(new BundleManifest.Entry(text(each, "name"), number(each, "size"), sha256, upTo));
        }
        return entries;
    }

    private static String text(JsonNode json, String field) {
        JsonNode value = json.path(field);
        if (!value.isString() || value.asString().isBlank()) {
            throw new IllegalArgumentException(field + " is missing");
        }
        return value.asString();
    }

    private static @Nullable Instant time(JsonNode json, String field) {
        return json.path(field).isString() ? Instant.parse(json.path(field).asString()) : null;
    }

    private static long number(JsonNode json, String field) {
        JsonNode value = json.path(field);
        if (!value.isIntegralNumber() || !value.canConvertToLong() || value.asLong() < 0) {
            throw new IllegalArgumentException(field + " is not a number from 0");
        }
        return value.asLong();
    }

    /** Returns the line of the index that says which file belongs to an address. */
    static byte[] indexLine(String address, String sha256) {
        return MAPPER.writeValueAsBytes(
                MAPPER.createObjectNode().put("address", address).put("sha256", sha256));
    }

    /**
     * Reads a line of the index.
     *
     * @throws BundleException if it is not one
     */
    static BundleFile file(byte[] line, long size) {
        try {
            JsonNode json = tree(line, FIXED_TOKENS);
            return new BundleFile(text(json, "address"), text(json, "sha256"), size);
        } catch (JacksonException | IllegalArgumentException e) {
            throw invalid("its index of files cannot be read", e);
        }
    }

    private static BundleException invalid(String why, @Nullable Throwable cause) {
        return new BundleException(
                BundleException.Problem.NOT_A_BUNDLE,
                "the manifest of the bundle is invalid: " + why
                        + (cause == null ? "" : " (" + cause.getMessage() + ")"),
                cause);
    }
}
