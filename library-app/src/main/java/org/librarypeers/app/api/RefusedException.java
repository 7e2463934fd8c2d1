package org.librarypeers.app.api;

import io.javalin.http.Context;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;
import tools.jackson.databind.json.JsonMapper;

/** A request that is not done as asked, and what is answered instead. */
final class RefusedException extends RuntimeException {

    private static final long serialVersionUID = 1L;
    private static final JsonMapper JSON = JsonMapper.builder().build();

    /** The code of our own for data that cannot be saved. Existing sites use codes below 7000. */
    static final int INVALID = 9000;

    private final transient Answer answer;
    private final boolean counts;

    /** What is answered. */
    private interface Answer {
        void to(Context ctx);
    }

    private RefusedException(String message, boolean counts, Answer answer) {
        super(message);
        this.answer = answer;
        this.counts = counts;
    }

    /** A parameter or a body that makes no sense; the message is what the caller reads. */
    static RefusedException badRequest(String message) {
        return new RefusedException(message, false, ctx -> Answers.badRequest(ctx, message));
    }

    /** An upload that lacks something; the message is what the caller reads. */
    static RefusedException upload(String message) {
        return new RefusedException(message, false, ctx -> Answers.badUpload(ctx, 400, message));
    }

    /** Data that is well-formed and not taken, in the form of existing sites: JSON inside a string. */
    static RefusedException data(int code, String message) {
        return data(code, message, Map.of());
    }

    /** As {@link #data(int, String)}, with what else the caller is told. */
    static RefusedException data(int code, String message, Map<String, Object> more) {
        return badRequest(coded(code, message, more));
    }

    /** Returns the JSON object that existing sites put inside a string, a message and its code, with their spaces. */
    static String coded(int code, String message) {
        return coded(code, message, Map.of());
    }

    private static String coded(int code, String message, Map<String, Object> more) {
        Map<String, Object> error = new LinkedHashMap<>(more);
        error.put("message", message);
        error.put("code", code);
        return error.entrySet().stream()
                .map(each -> JSON.writeValueAsString(each.getKey()) + ": " + JSON.writeValueAsString(each.getValue()))
                .collect(Collectors.joining(", ", "{", "}"));
    }

    /**
     * Refuses data that this library cannot save, for a reason for which existing sites have no code. The answer has the form of
     * {@link #data(int, String)}, because clients parse the text of every 400 that answers a POST or a PUT.
     *
     * @param message the field, the value, and what is wanted
     */
    static RefusedException invalid(String message) {
        return data(INVALID, message);
    }

    /** No credentials, wrong ones, or no right to do it. */
    static RefusedException unauthorized() {
        return new RefusedException("unauthorized", false, Answers::unauthorized);
    }

    /** Nothing there, or nothing that the caller sees. */
    static RefusedException notFound() {
        return new RefusedException("not found", true, Answers::notFound);
    }

    /** What existing sites say to an address or a parameter that they cannot make sense of. */
    static RefusedException noSense(int status) {
        return new RefusedException("not processed", false, ctx -> Answers.couldNotBeProcessed(ctx, status));
    }

    /** Whether existing sites count it as a request that was answered. */
    boolean counts() {
        return counts;
    }

    void answer(Context ctx) {
        answer.to(ctx);
    }
}
