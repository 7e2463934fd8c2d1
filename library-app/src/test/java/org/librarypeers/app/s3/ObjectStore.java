package org.librarypeers.app.s3;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.librarypeers.app.config.Settings;
import org.librarypeers.app.wiring.LibrarySettings;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.MultipartUpload;
import software.amazon.awssdk.services.s3.model.S3Object;

/**
 * A real S3 server in a process of its own, on a free loopback port: S3Proxy, which checks the signatures of requests and stores
 * objects in a directory. The build puts the program into the folder {@code target/s3proxy}.
 */
public final class ObjectStore implements AutoCloseable {

    public static final String KEY = "test-key";
    public static final String SECRET = "the-secret-of-the-test-key";

    private static final Path PROGRAM = Path.of("target", "s3proxy", "s3proxy.jar");
    private static final Pattern PORT = Pattern.compile("127\\.0\\.0\\.1:(\\d+)");
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final AtomicInteger BUCKETS = new AtomicInteger();

    private final Process process;
    private final Path folder;
    private final int port;
    private final S3Client client;

    private ObjectStore(Process process, Path folder, int port) {
        this.process = process;
        this.folder = folder;
        this.port = port;
        this.client = S3Client.builder()
                .region(Region.US_EAST_1)
                .endpointOverride(URI.create("http://127.0.0.1:" + port))
                .forcePathStyle(true)
                .credentialsProvider(StaticCredentialsProvider.create(AwsBasicCredentials.create(KEY, SECRET)))
                .httpClient(UrlConnectionHttpClient.create())
                .build();
    }

    /** Starts a server that stores its objects in a new folder below the given one. */
    public static ObjectStore start(Path parent) {
        if (!Files.isRegularFile(PROGRAM)) {
            throw new AssertionError(
                    PROGRAM.toAbsolutePath() + " is missing; 'mvn generate-test-resources' puts it there");
        }
        try {
            Path folder = Files.createTempDirectory(parent, "store");
            Path objects = Files.createDirectory(folder.resolve("objects"));
            Path configuration = folder.resolve("s3proxy.conf");
            Files.write(
                    configuration,
                    List.of(
                            "s3proxy.endpoint=http://127.0.0.1:0",
                            "s3proxy.authorization=aws-v2-or-v4",
                            "s3proxy.identity=" + KEY,
                            "s3proxy.credential=" + SECRET,
                            "jclouds.provider=filesystem-nio2",
                            "jclouds.identity=unused",
                            "jclouds.credential=unused",
                            "jclouds.filesystem.basedir=" + objects));
            Path log = folder.resolve("s3proxy.log");
            Process process = new ProcessBuilder(
                            Path.of(System.getProperty("java.home"), "bin", "java")
                                    .toString(),
                            "-Xmx192m",
                            "-XX:TieredStopAtLevel=1",
                            "-XX:+UseSerialGC",
                            "-jar",
                            PROGRAM.toString(),
                            "--properties",
                            configuration.toString())
                    .redirectErrorStream(true)
                    .redirectOutput(log.toFile())
                    .start();
            return new ObjectStore(process, folder, port(process, log));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static int port(Process process, Path log) throws IOException {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (System.nanoTime() < end && process.isAlive()) {
            Matcher port = PORT.matcher(Files.readString(log));
            if (port.find()) {
                return Integer.parseInt(port.group(1));
            }
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(50));
        }
        process.destroyForcibly();
        throw new AssertionError("the object store did not start: " + Files.readString(log));
    }

    public int port() {
        return port;
    }

    /** Creates a bucket with a name of its own, and returns the name. */
    public String newBucket() {
        String name = "bucket-" + BUCKETS.incrementAndGet();
        var unused = client.createBucket(create -> create.bucket(name));
        return name;
    }

    /** Returns the settings of a bucket. */
    public S3Settings settings(String bucket, String prefix) {
        return settings(bucket, prefix, port);
    }

    /** Returns the settings of a bucket that is reached through another port. */
    public S3Settings settings(String bucket, String prefix, int through) {
        return new S3Settings(
                bucket, URI.create("http://127.0.0.1:" + through), "us-east-1", KEY, SECRET, prefix, true);
    }

    /** Returns a change of the settings of a library that names a bucket, as a person would write it. */
    public UnaryOperator<LibrarySettings> naming(String bucket) {
        return naming(bucket, port);
    }

    /** Returns a change of the settings of a library that names a bucket, which is reached through another port. */
    public UnaryOperator<LibrarySettings> naming(String bucket, int through) {
        return settings -> settings.with(Settings.FILES_S3_BUCKET, bucket)
                .with(Settings.FILES_S3_ENDPOINT, "http://127.0.0.1:" + through)
                .with(Settings.FILES_S3_ACCESS_KEY, KEY)
                .with(Settings.FILES_S3_SECRET_KEY, SECRET);
    }

    /** Returns the names of all objects of a bucket, sorted. */
    public List<String> objects(String bucket) {
        return client.listObjectsV2Paginator(list -> list.bucket(bucket)).contents().stream()
                .map(S3Object::key)
                .sorted()
                .toList();
    }

    /** Returns the names of the objects of a bucket whose uploads in parts did not end. */
    public List<String> unfinished(String bucket) {
        return client.listMultipartUploads(list -> list.bucket(bucket)).uploads().stream()
                .map(MultipartUpload::key)
                .toList();
    }

    /** Returns a client, to change what is in a bucket. */
    public S3Client client() {
        return client;
    }

    /** Ends the process, so that connections are refused. */
    @Override
    public void close() {
        client.close();
        process.destroyForcibly().onExit().join();
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path each : files.sorted((one, other) -> other.compareTo(one)).toList()) {
                Files.delete(each);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Returns a stream of bytes that look random, without a copy of them in memory. */
    public static InputStream noise(long length, long seed) {
        return new NoiseStream(length, seed);
    }
}
