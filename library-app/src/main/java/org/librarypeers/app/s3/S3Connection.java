package org.librarypeers.app.s3;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.HttpURLConnection;
import java.net.Proxy;
import java.net.URI;
import java.time.Duration;
import java.util.function.Function;
import java.util.function.Supplier;
import javax.net.ssl.HttpsURLConnection;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.DefaultCredentialsProvider;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.checksums.RequestChecksumCalculation;
import software.amazon.awssdk.core.checksums.ResponseChecksumValidation;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.S3ClientBuilder;

/** The connection to a bucket. It loads the client of the store when it is first used. Thread-safe. */
final class S3Connection implements AutoCloseable {

    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(10);

    private final S3Settings settings;
    private final Supplier<SSLContext> tls;
    private final Duration silence;
    private final int attempts;
    private @Nullable S3Client client;
    private boolean closed;

    private S3Connection(S3Settings settings, Supplier<SSLContext> tls, Duration silence, int attempts) {
        this.settings = settings;
        this.tls = tls;
        this.silence = silence;
        this.attempts = attempts;
    }

    /** Creates a connection for requests that a store answers quickly. A silent store must not keep readers waiting. */
    static S3Connection quick(S3Settings settings, Supplier<SSLContext> tls) {
        return new S3Connection(settings, tls, Duration.ofSeconds(10), 2);
    }

    /** Creates a connection for uploads. The store needs time to assemble the parts of a large file. */
    static S3Connection patient(S3Settings settings, Supplier<SSLContext> tls) {
        return new S3Connection(settings, tls, Duration.ofMinutes(2), 4);
    }

    S3Settings settings() {
        return settings;
    }

    String bucket() {
        return settings.bucket();
    }

    /**
     * Sends a request.
     *
     * @param action what the request does, for the message of a failure, for example {@code read from}
     * @throws IOException if it fails; the message says what to check
     */
    <T> T call(String action, Function<S3Client, T> request) throws IOException {
        try {
            return request.apply(client());
        } catch (SdkException e) {
            throw S3Failure.of(action, settings, e);
        }
    }

    /** Sends a request whose answer does not matter, as {@link #call} does. */
    void send(String action, Function<S3Client, ?> request) throws IOException {
        var unused = call(action, request);
    }

    private synchronized S3Client client() throws IOException {
        if (closed) {
            throw new IOException("the connection to " + settings.place() + " is closed");
        }
        if (client == null) {
            client = connect();
        }
        return client;
    }

    private S3Client connect() {
        S3ClientBuilder builder = S3Client.builder()
                .region(Region.of(settings.region()))
                .credentialsProvider(credentials())
                .httpClient(http())
                .overrideConfiguration(all -> all.retryStrategy(retries -> retries.maxAttempts(attempts)))
                .forcePathStyle(settings.pathStyle())
                // Other stores do not know the checksums that Amazon added. Each upload has an MD5, which all of them
                // check.
                .requestChecksumCalculation(RequestChecksumCalculation.WHEN_REQUIRED)
                .responseChecksumValidation(ResponseChecksumValidation.WHEN_REQUIRED)
                // Not all of them know the encoding in chunks either.
                .serviceConfiguration(s3 -> s3.chunkedEncodingEnabled(false));
        URI endpoint = settings.endpoint();
        if (endpoint != null) {
            builder.endpointOverride(endpoint);
        }
        return builder.build();
    }

    private AwsCredentialsProvider credentials() {
        String accessKey = settings.accessKey();
        String secretKey = settings.secretKey();
        return accessKey == null || secretKey == null
                ? DefaultCredentialsProvider.builder().build()
                : StaticCredentialsProvider.create(AwsBasicCredentials.create(accessKey, secretKey));
    }

    /**
     * Returns a client that connects without a proxy, even if the system has one, and trusts the authorities of the
     * settings.
     */
    private SdkHttpClient http() {
        SSLContext context = tls.get();
        return UrlConnectionHttpClient.create(uri -> {
            try {
                HttpURLConnection connection = (HttpURLConnection) uri.toURL().openConnection(Proxy.NO_PROXY);
                if (connection instanceof HttpsURLConnection secure) {
                    secure.setSSLSocketFactory(context.getSocketFactory());
                }
                connection.setConnectTimeout((int) CONNECT_TIMEOUT.toMillis());
                connection.setReadTimeout((int) silence.toMillis());
                return connection;
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
    }

    @Override
    public synchronized void close() {
        closed = true;
        if (client != null) {
            client.close();
        }
    }
}
