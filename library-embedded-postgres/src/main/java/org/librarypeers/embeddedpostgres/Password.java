package org.librarypeers.embeddedpostgres;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.AclEntry;
import java.nio.file.attribute.AclEntryPermission;
import java.nio.file.attribute.AclEntryType;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.nio.file.attribute.UserPrincipal;
import java.security.SecureRandom;
import java.util.EnumSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;

/** The password of the server's only user. It is not a record, so that nothing prints it by accident. */
final class Password {

    private static final int RANDOM_BYTES = 24;
    private static final String TEMPORARY = "password.new-";

    private final String text;

    private Password(String text) {
        this.text = text;
    }

    /** Reads the password that the data were created with, or creates one if there are no data yet. */
    static Password of(Layout layout, boolean dataExist) {
        try {
            String text = Files.exists(layout.password())
                    ? Files.readString(layout.password()).strip()
                    : "";
            if (text.isEmpty() && dataExist) {
                throw new EmbeddedPostgresException("The password of the database in " + layout.data()
                        + " is missing; restore " + layout.password() + " from a backup");
            }
            return text.isEmpty() ? create(layout) : new Password(text);
        } catch (IOException e) {
            throw new EmbeddedPostgresException(
                    "Cannot read or write " + layout.password() + " (" + Text.oneLine(e)
                            + "); make it readable, or run as the user who owns it",
                    e);
        }
    }

    private static Password create(Layout layout) throws IOException {
        byte[] random = new byte[RANDOM_BYTES];
        new SecureRandom().nextBytes(random);
        Password password = new Password(HexFormat.of().formatHex(random));

        Trees.sweep(layout.directory(), TEMPORARY);
        Path temporary =
                layout.directory().resolve(TEMPORARY + ProcessHandle.current().pid());
        password.writeTo(temporary);
        Files.move(temporary, layout.password(), StandardCopyOption.ATOMIC_MOVE);
        Trees.sync(layout.directory());
        return password;
    }

    /** Writes the password to a new file that nobody else can read from the moment it exists. */
    void writeTo(Path file) throws IOException {
        try (FileChannel channel = FileChannel.open(
                file, Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE), ownerOnly(file))) {
            ByteBuffer bytes = ByteBuffer.wrap((text + '\n').getBytes(StandardCharsets.US_ASCII));
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
            channel.force(true);
        }
    }

    String text() {
        return text;
    }

    private static FileAttribute<?> ownerOnly(Path file) throws IOException {
        return Platform.isPosix(file)
                ? PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"))
                : new OwnerOnlyAcl(file);
    }

    /** The attribute for access by the owner only, on Windows. */
    private record OwnerOnlyAcl(List<AclEntry> value) implements FileAttribute<List<AclEntry>> {

        OwnerOnlyAcl(Path file) throws IOException {
            this(List.of(everythingFor(file.getFileSystem()
                    .getUserPrincipalLookupService()
                    .lookupPrincipalByName(System.getProperty("user.name")))));
        }

        private static AclEntry everythingFor(UserPrincipal user) {
            return AclEntry.newBuilder()
                    .setType(AclEntryType.ALLOW)
                    .setPrincipal(user)
                    .setPermissions(EnumSet.allOf(AclEntryPermission.class))
                    .build();
        }

        @Override
        public String name() {
            return "acl:acl";
        }
    }
}
