package org.librarypeers.http;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/** A certificate authority and certificates that it signed, created anew for each test run. */
public final class Certificates {

    private static final char[] PASSWORD = "changeit".toCharArray();

    private final Path store;

    private Certificates(Path store) {
        this.store = store;
    }

    /** Creates certificates for localhost in this folder. The caller deletes the folder. */
    public static Certificates in(Path folder) throws IOException, InterruptedException {
        Certificates made = new Certificates(folder.resolve("keys.p12"));
        made.keytool("authority", "-ext", "bc:c");
        made.keytool("good", "-signer", "authority", "-ext", "san=dns:localhost");
        made.keytool("other", "-signer", "authority", "-ext", "san=dns:other.example.org");
        made.keytool(
                "expired", "-signer", "authority", "-ext", "san=dns:localhost", "-startdate", "-9d", "-validity", "8");
        return made;
    }

    private void keytool(String name, String... options) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                "-genkeypair",
                "-alias",
                name,
                "-dname",
                "CN=" + name,
                "-keyalg",
                "EC",
                "-keystore",
                store.toString(),
                "-storepass",
                new String(PASSWORD)));
        command.addAll(List.of(options));
        Path said = store.resolveSibling("keytool.log");
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(said.toFile())
                .start();
        if (process.waitFor() != 0) {
            throw new IOException("keytool failed: " + Files.readString(said));
        }
    }

    private KeyStore keys() throws IOException, GeneralSecurityException {
        KeyStore keys = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(store)) {
            keys.load(in, PASSWORD);
        }
        return keys;
    }

    /** Returns the TLS context of a server that shows the certificate with this name. */
    public SSLContext showing(String name) throws IOException, GeneralSecurityException {
        KeyStore one = only(name);
        KeyManagerFactory managers = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        managers.init(one, PASSWORD);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(managers.getKeyManagers(), null, null);
        return context;
    }

    private KeyStore only(String name) throws IOException, GeneralSecurityException {
        KeyStore one = KeyStore.getInstance("PKCS12");
        one.load(null, PASSWORD);
        one.setKeyEntry(name, keys().getKey(name, PASSWORD), PASSWORD, keys().getCertificateChain(name));
        return one;
    }

    /** Writes a PKCS#12 file with only this certificate and its key, under the password {@code changeit}. */
    public Path keyStore(String name) throws IOException, GeneralSecurityException {
        Path file = store.resolveSibling(name + ".p12");
        try (OutputStream out = Files.newOutputStream(file)) {
            only(name).store(out, PASSWORD);
        }
        return file;
    }

    /** Returns the certificate of the authority. */
    public X509Certificate authority() throws IOException, GeneralSecurityException {
        return (X509Certificate) keys().getCertificate("authority");
    }

    /** Returns the TLS context of a client that trusts only this authority. */
    SSLContext trusting() throws IOException, GeneralSecurityException {
        KeyStore trusted = KeyStore.getInstance("PKCS12");
        trusted.load(null, PASSWORD);
        trusted.setCertificateEntry("authority", keys().getCertificate("authority"));
        TrustManagerFactory managers = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        managers.init(trusted);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, managers.getTrustManagers(), null);
        return context;
    }
}
