package org.librarypeers.oai;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.librarypeers.domain.DublinCoreMapping.Element;
import org.librarypeers.domain.Guid;

/**
 * The GUIDs of records.
 *
 * <p>A record gets a name-based UUID (version 5) of its OAI identifier, so that all libraries that harvest a repository agree. A record of a
 * library of our network keeps its GUID: it is the last part of the OAI identifier, and a {@code dc:identifier} is exactly
 * {@code urn:uuid:} with the same GUID. Both must agree, so a repository that only writes an URN cannot pretend to have a resource.
 */
final class RecordIdentity {

    /** The namespace: the name-based UUID of {@code http://www.openarchives.org/OAI/2.0/} within that of URLs. */
    static final UUID NAMESPACE =
            nameBased(UUID.fromString("6ba7b811-9dad-11d1-80b4-00c04fd430c8"), "http://www.openarchives.org/OAI/2.0/");

    private static final String URN = "urn:uuid:";
    private static final Pattern OF_A_LIBRARY =
            Pattern.compile("oai:[^:]+:([0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12})");

    private RecordIdentity() {}

    /** Returns the GUID of a record. */
    static Guid of(OaiRecord record) {
        return local(record.identifier())
                .filter(guid -> record.values().stream()
                        .anyMatch(value -> value.element() == Element.IDENTIFIER
                                && value.text().strip().equals(URN + guid)))
                .orElseGet(() -> derived(record.identifier()));
    }

    /** Returns the GUIDs under which a record may have been accepted. A deleted record has no metadata that would tell which one. */
    static Set<Guid> candidates(String identifier) {
        Set<Guid> candidates = new HashSet<>(Set.of(derived(identifier)));
        local(identifier).ifPresent(candidates::add);
        return candidates;
    }

    private static Optional<Guid> local(String identifier) {
        Matcher own = OF_A_LIBRARY.matcher(identifier);
        return own.matches() ? Guid.parse(own.group(1)) : Optional.empty();
    }

    private static Guid derived(String identifier) {
        return new Guid(nameBased(NAMESPACE, identifier));
    }

    /** Returns the UUID of version 5 for a name within a namespace (RFC 9562). */
    static UUID nameBased(UUID namespace, String name) {
        MessageDigest sha = sha1();
        sha.update(ByteBuffer.allocate(Long.BYTES * 2)
                .putLong(namespace.getMostSignificantBits())
                .putLong(namespace.getLeastSignificantBits())
                .array());
        ByteBuffer hash = ByteBuffer.wrap(sha.digest(name.getBytes(StandardCharsets.UTF_8)));
        long high = (hash.getLong() & ~0xF000L) | 0x5000L;
        long low = (hash.getLong() & ~(3L << 62)) | (1L << 63);
        return new UUID(high, low);
    }

    private static MessageDigest sha1() {
        try {
            return MessageDigest.getInstance("SHA-1");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("this Java platform does not support SHA-1", e);
        }
    }
}
