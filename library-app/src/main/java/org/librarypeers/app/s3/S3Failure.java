package org.librarypeers.app.s3;

import java.net.ConnectException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import javax.net.ssl.SSLException;
import org.librarypeers.app.files.FileStoreException;
import org.librarypeers.app.files.UnavailableFilesException;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.SdkException;

/** Failures of the object store, in words that say what to check. They contain no secret. */
final class S3Failure {

    private static final int MOVED = 301;
    private static final int DENIED = 403;
    private static final int MISSING = 404;
    private static final int THROTTLED = 429;
    private static final int BROKEN = 500;
    private static final int FULL = 507;
    private static final String CHECK_KEYS = "check files.s3.access-key and files.s3.secret-key";

    private S3Failure() {}

    /**
     * Returns the failure to do something with a bucket.
     *
     * @param action what was tried, for example {@code read from}
     */
    static FileStoreException of(String action, S3Settings settings, SdkException failure) {
        String what = "cannot " + action + " " + settings.place() + ": ";
        if (failure instanceof AwsServiceException answer) {
            String reason = answered(answer);
            int status = answer.statusCode();
            boolean passes = status == THROTTLED || (status >= BROKEN && status != FULL);
            return passes
                    ? new UnavailableFilesException(what + reason, failure)
                    : new FileStoreException(what + reason, failure);
        }
        return new UnavailableFilesException(what + unanswered(failure), failure);
    }

    private static String answered(AwsServiceException answer) {
        Optional<AwsErrorDetails> details = Optional.ofNullable(answer.awsErrorDetails());
        String code = details.map(AwsErrorDetails::errorCode).orElse("");
        return switch (code) {
            case "InvalidAccessKeyId",
                    "SignatureDoesNotMatch",
                    "InvalidToken",
                    "ExpiredToken",
                    "TokenRefreshRequired" -> "the key is not valid (" + code + "); " + CHECK_KEYS;
            case "NoSuchBucket" -> "there is no such bucket; create it, or correct files.s3.bucket";
            case "AuthorizationHeaderMalformed", "PermanentRedirect", "IllegalLocationConstraintException" ->
                otherRegion(details);
            case "RequestTimeTooSkewed" -> "the clock of this machine differs from that of the store; set the clock";
            case "BadDigest", "XAmzContentSHA256Mismatch", "IncompleteBody" ->
                "the content was changed or cut off on the way (" + code + "); try again, and check the network";
            default -> byStatus(answer, code, details);
        };
    }

    private static String byStatus(AwsServiceException answer, String code, Optional<AwsErrorDetails> details) {
        String words = answer.statusCode() + (code.isEmpty() ? "" : " " + code);
        return switch (answer.statusCode()) {
            case MOVED -> otherRegion(details);
            case DENIED ->
                "access is denied (" + words + "); " + CHECK_KEYS + ", and what the key may do with the bucket";
            case MISSING -> "it was not found (" + words + "); check files.s3.bucket and files.s3.endpoint";
            case THROTTLED -> "there are too many requests (" + words + "); try again later";
            case FULL -> "the store is full (" + words + "); free some space there";
            default ->
                answer.statusCode() >= BROKEN
                        ? "the store failed (" + words + "); try again later, and look into the log of the store"
                        : "the request was refused (" + words + "); check the settings files.s3";
        };
    }

    private static String otherRegion(Optional<AwsErrorDetails> details) {
        Optional<String> region = details.map(AwsErrorDetails::sdkHttpResponse)
                .flatMap(response -> response.firstMatchingHeader("x-amz-bucket-region"));
        return "the bucket is in another region"
                + region.map(name -> ", " + name).orElse("") + "; correct files.s3.region";
    }

    private static String unanswered(SdkException failure) {
        if (String.valueOf(failure.getMessage()).toLowerCase(Locale.ROOT).contains("unable to load credentials")) {
            return "there is no key; set files.s3.access-key and files.s3.secret-key, or the variables of the AWS tools";
        }
        Throwable cause = Stream.iterate((Throwable) failure, Objects::nonNull, Throwable::getCause)
                .reduce(failure, (one, next) -> next);
        if (cause instanceof UnknownHostException) {
            return "the host is unknown; check files.s3.endpoint, files.s3.path-style and the name service";
        }
        if (cause instanceof ConnectException) {
            return "the store does not accept connections; check files.s3.endpoint, and whether the store runs";
        }
        if (cause instanceof SocketTimeoutException) {
            return "the store does not answer in time; check files.s3.endpoint and the network";
        }
        if (Stream.iterate((Throwable) failure, Objects::nonNull, Throwable::getCause)
                .anyMatch(SSLException.class::isInstance)) {
            return "no secure connection is possible; check the scheme of files.s3.endpoint, and put the authority of its"
                    + " certificate into http.authorities";
        }
        return "the connection failed (" + cause.getClass().getSimpleName()
                + "); check files.s3.endpoint and the network";
    }
}
