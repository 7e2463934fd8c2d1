package org.librarypeers.app.config;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.List;

/** A file with certificates in PEM form. */
final class PemFile {

    private PemFile() {}

    /**
     * Returns the certificates in a file, at least one.
     *
     * @throws IllegalArgumentException if the file cannot be read or has no certificates
     */
    static List<X509Certificate> certificates(String path) {
        try (InputStream in = Files.newInputStream(Path.of(path))) {
            List<X509Certificate> certificates =
                    CertificateFactory.getInstance("X.509").generateCertificates(in).stream()
                            .map(X509Certificate.class::cast)
                            .toList();
            if (certificates.isEmpty()) {
                throw new IllegalArgumentException(path);
            }
            return certificates;
        } catch (IOException | CertificateException e) {
            throw new IllegalArgumentException(path, e);
        }
    }
}
