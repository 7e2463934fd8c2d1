package org.librarypeers.app.s3;

import java.net.URI;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.librarypeers.app.config.Configuration;
import org.librarypeers.app.config.Settings;

/**
 * The settings of a bucket in an S3-compatible object store.
 *
 * @param bucket the name of the bucket
 * @param endpoint the address of the store; null for Amazon S3
 * @param region the region of the bucket
 * @param accessKey the id of the access key; null for the credentials that the environment of the process offers
 * @param secretKey the secret of the access key; null if there is no access key
 * @param prefix what the names of all objects begin with; empty, or ends with a slash
 * @param pathStyle whether the bucket is named in the path of an address instead of its host
 */
public record S3Settings(
        String bucket,
        @Nullable URI endpoint,
        String region,
        @Nullable String accessKey,
        @Nullable String secretKey,
        String prefix,
        boolean pathStyle) {

    /**
     * Validates the settings.
     *
     * @throws IllegalArgumentException if only one of access key and secret key is set
     */
    public S3Settings {
        if ((accessKey == null) != (secretKey == null)) {
            throw new IllegalArgumentException(
                    accessKey == null
                            ? "files.s3.secret-key is set, but files.s3.access-key is not; set both or none"
                            : "files.s3.access-key is set, but files.s3.secret-key is not; set both or none");
        }
        if (!prefix.isEmpty() && !prefix.endsWith("/")) {
            throw new IllegalArgumentException("the prefix '" + prefix + "' does not end with a slash");
        }
    }

    /**
     * Returns the settings of a configuration, or an empty {@code Optional} if it names no bucket.
     *
     * @throws IllegalArgumentException under the conditions of the constructor
     */
    public static Optional<S3Settings> from(Configuration configuration) {
        return configuration.find(Settings.FILES_S3_BUCKET).map(bucket -> {
            URI endpoint = configuration.find(Settings.FILES_S3_ENDPOINT).orElse(null);
            return new S3Settings(
                    bucket,
                    endpoint,
                    configuration.get(Settings.FILES_S3_REGION),
                    configuration.find(Settings.FILES_S3_ACCESS_KEY).orElse(null),
                    configuration.find(Settings.FILES_S3_SECRET_KEY).orElse(null),
                    configuration
                            .find(Settings.FILES_S3_PREFIX)
                            .map(prefix -> prefix.endsWith("/") ? prefix : prefix + "/")
                            .orElse(""),
                    // Few other stores have a host name for each bucket.
                    configuration.find(Settings.FILES_S3_PATH_STYLE).orElse(endpoint != null));
        });
    }

    /** Returns where the bucket is, for messages. */
    String place() {
        return "the bucket " + bucket + (endpoint == null ? " in " + region : " at " + endpoint);
    }

    /** Returns a description that contains no secrets. */
    @Override
    public String toString() {
        return "S3Settings[" + place() + ", " + prefix + "]";
    }
}
