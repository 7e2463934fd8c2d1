package org.librarypeers.app.api;

import java.text.Normalizer;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** The stored data of an existing site, as far as it decides whether the site can read more. */
final class V1Store {

    /** A resource with its fields by their API names. Links, files and tags are added after it is stored. */
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

    /** A tag of the site, with its fields by their API names. */
    record Tag(String category, String name, Map<String, Object> fields) {}

    /** Collations by which a site's database compares texts. The default depends on the MySQL version. */
    enum Collation {
        /** {@code utf8_general_ci} of older servers, which compares each character by its base letter. */
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
        /** {@code utf8mb4_0900_ai_ci} and similar ones of newer servers, which ignore accents and strokes. */
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

        /** Removes trailing spaces, which the comparison ignores. */
        private static String padded(String text) {
            return text.replaceAll(" +$", "");
        }
    }

    private final Collation collation;
    private final Map<String, Stored> resources = new LinkedHashMap<>();
    private final Map<String, List<Tag>> tags = new LinkedHashMap<>();
    private final Set<String> partGuids = new HashSet<>();
    private final Set<String> categoriesWithUnnamed = new HashSet<>();

    /** Creates an empty store. */
    V1Store(Collation collation) {
        this.collation = collation;
    }

    Map<String, Stored> resources() {
        return resources;
    }

    /** Adds a local resource of the site. */
    void makeLocal(String guid, String title) {
        Stored own = new Stored();
        own.local = true;
        own.fields.put("guid", guid);
        own.fields.put("title", title);
        resources.put(guid, own);
    }

    /** Adds the GUID of a link or file. Throws an exception if another one has it. */
    void addPartGuid(String guid) {
        if (!partGuids.add(guid)) {
            throw new FatalException("another link or file has this guid", "guid", guid);
        }
    }

    /** Returns the tags whose names the site's database treats as equal to this one. */
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
