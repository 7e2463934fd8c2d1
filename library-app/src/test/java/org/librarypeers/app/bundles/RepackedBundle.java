package org.librarypeers.app.bundles;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.Signature;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import java.util.zip.ZipOutputStream;
import org.librarypeers.sync.bundles.SigningKey;

/**
 * The entries of a bundle, which a test changes before it packs them again.
 *
 * @param entries the contents by name, in their order
 */
record RepackedBundle(Map<String, byte[]> entries) {

    private static final String MANIFEST = "manifest.json";

    static RepackedBundle of(Path file) throws IOException {
        Map<String, byte[]> entries = new LinkedHashMap<>();
        try (InputStream in = Files.newInputStream(file);
                ZipInputStream zip = new ZipInputStream(in)) {
            for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
                entries.put(entry.getName(), zip.readAllBytes());
            }
        }
        return new RepackedBundle(entries);
    }

    byte[] get(String name) {
        return entries.get(name);
    }

    String text(String name) {
        return new String(get(name), StandardCharsets.UTF_8);
    }

    RepackedBundle put(String name, byte[] content) {
        entries.put(name, content);
        return this;
    }

    RepackedBundle put(String name, String content) {
        return put(name, content.getBytes(StandardCharsets.UTF_8));
    }

    RepackedBundle remove(String name) {
        entries.remove(name);
        return this;
    }

    /** Changes the manifest, and signs it with this key, so that the signature is valid. */
    RepackedBundle signed(SigningKey key, UnaryOperator<String> change) throws GeneralSecurityException {
        String manifest = change.apply(text(MANIFEST));
        Signature signature = Signature.getInstance("Ed25519");
        signature.initSign(KeyFactory.getInstance("Ed25519")
                .generatePrivate(new PKCS8EncodedKeySpec(Base64.getDecoder().decode(key.privateKey()))));
        signature.update(("library bundle manifest\n" + manifest).getBytes(StandardCharsets.UTF_8));
        return put(MANIFEST, manifest).put("manifest.sig", signature.sign());
    }

    Path write(Path file) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
            for (Map.Entry<String, byte[]> entry : entries.entrySet()) {
                zip.putNextEntry(new ZipEntry(entry.getKey()));
                zip.write(entry.getValue());
                zip.closeEntry();
            }
        }
        return Files.write(file, bytes.toByteArray());
    }
}
