package org.librarypeers.app.v1;

import java.text.Normalizer;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** What an existing site has stored: as much of its database as decides whether it can read more. */
final class V1Store {

    /** A resource, with its own fields under the names of the API; its parts are added after it was stored. */
    static final class Stored {
        final Map<String, Object> fields = new LinkedHashMap<>();
        final List<Map<String, Object>> urls = new ArrayList<>();
        final List<Map<String, Object>> files = new ArrayList<>();
        final List<Tag> tags = new ArrayList<>();
        String status = "pending";
        boolean local;

        Object field(String name) {
            return fields.get(name);
        }
    }

    /** A word of the site's vocabulary, with its fields under the names of the API. */
    record Tag(String category, String name, Map<String, Object> fields) {}

    /** How a site's database compares texts: MySQL's servers have had several defaults. */
    enum Collation {
        /** {@code utf8_general_ci}, of older servers: each character counts by the letter that it is based on. */
        GENERAL {
            @Override
            String folded(String text) {
                StringBuilder folded = new StringBuilder();
                text.codePoints().forEach(character -> {
                    String base = Normalizer.normalize(Character.toString(character), Normalizer.Form.NFD);
                    if (character > 0xFFFF) {
                        folded.append('?');
                    } else if (base.equals("ß")) {
                        folded.append('S');
                    } else {
                        folded.append(base.substring(0, 1).toUpperCase(Locale.ROOT));
                    }
                });
                return padded(folded.toString());
            }
        },
        /** {@code utf8mb4_0900_ai_ci} and its like, of newer servers: letters count without their marks and strokes. */
        UNICODE {
            @Override
            String folded(String text) {
                String upper =
                        text.toUpperCase(Locale.ROOT).toLowerCase(Locale.ROOT).toUpperCase(Locale.ROOT);
                String plain = Normalizer.normalize(upper, Normalizer.Form.NFKD).replaceAll("\\p{Mn}|\\p{Cf}", "");
                return padded(plain.replace('Ø', 'O')
                        .replace('Đ', 'D')
                        .replace('Ł', 'L')
                        .replace("Æ", "AE"));
            }
        };

        abstract String folded(String text);

        /** Spaces at the end do not count. */
        private static String padded(String text) {
            return text.replaceAll(" +$", "");
        }
    }

    private final Collation collation;
    private final Map<String, Stored> resources = new LinkedHashMap<>();
    private final Map<String, List<Tag>> tags = new LinkedHashMap<>();
    private final Set<String> partGuids = new HashSet<>();
    private final Set<String> categoriesWithUnnamed = new HashSet<>();

    /** An empty one. */
    V1Store(Collation collation) {
        this.collation = collation;
    }

    Map<String, Stored> resources() {
        return resources;
    }

    /** Makes a resource of the site's own. */
    void makeLocal(String guid, String title) {
        Stored own = new Stored();
        own.local = true;
        own.fields.put("guid", guid);
        own.fields.put("title", title);
        resources.put(guid, own);
    }

    /** Refuses a GUID that another link or file has. */
    void addPartGuid(String guid) {
        if (!partGuids.add(guid)) {
            throw new FatalException("another link or file has this guid", "guid", guid);
        }
    }

    /** The tags of that name, as the site's database compares names. */
    List<Tag> tagsNamed(String name) {
        return tags.getOrDefault(folded(name), List.of());
    }

    Tag addTag(String category, String name, Map<String, Object> fields) {
        if (fields.containsKey("name_en")
                && fields.get("name_en") == null
                && !categoriesWithUnnamed.add(folded(category))) {
            throw new FatalException("two tags of one category have no name_en", "name_en", name);
        }
        Tag tag = new Tag(category, name, fields);
        tags.computeIfAbsent(folded(name), any -> new ArrayList<>()).add(tag);
        return tag;
    }

    String folded(String name) {
        return collation.folded(name);
    }
}
