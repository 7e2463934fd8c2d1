package org.librarypeers.app.oai;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A valid request: a verb with the arguments that it permits, each of them once.
 *
 * @param arguments the arguments by name, without the verb
 */
record OaiRequest(Verb verb, SortedMap<String, String> arguments) {

    private static final String VERB = "verb";
    private static final String TOKEN = "resumptionToken";

    /**
     * Reads a request.
     *
     * @param parameters the values of each parameter
     * @throws OaiException if the verb is missing, repeated or unknown, or if its arguments are not those that it needs
     */
    static OaiRequest read(Map<String, List<String>> parameters) throws OaiException {
        Verb verb = verb(parameters.getOrDefault(VERB, List.of()));
        SortedMap<String, String> arguments = new TreeMap<>();
        for (Map.Entry<String, List<String>> parameter : parameters.entrySet()) {
            if (!parameter.getKey().equals(VERB)) {
                arguments.put(parameter.getKey(), value(verb, parameter.getKey(), parameter.getValue()));
            }
        }
        if (!arguments.containsKey(TOKEN)) {
            for (String name : verb.required()) {
                if (!arguments.containsKey(name)) {
                    throw OaiException.badArgument(verb.word() + " requires the argument " + name);
                }
            }
        } else if (arguments.size() > 1) {
            throw OaiException.badArgument("resumptionToken is sent without other arguments than the verb");
        }
        return new OaiRequest(verb, arguments);
    }

    private static Verb verb(List<String> words) throws OaiException {
        if (words.size() != 1) {
            throw new OaiException(
                    OaiException.Code.BAD_VERB, words.isEmpty() ? "the verb is missing" : "the verb is repeated");
        }
        return Verb.ofWord(words.get(0))
                .orElseThrow(() -> new OaiException(
                        OaiException.Code.BAD_VERB, "the verb is not one of OAI-PMH, such as ListRecords"));
    }

    private static String value(Verb verb, String name, List<String> values) throws OaiException {
        boolean permitted = name.equals(TOKEN) ? verb.inParts() : verb.permits(name);
        if (!permitted) {
            throw OaiException.badArgument(verb.word() + " does not have the argument '" + name + "'");
        }
        if (values.size() != 1) {
            throw OaiException.badArgument("the argument " + name + " is repeated");
        }
        return values.get(0);
    }

    /** Returns the resumption token; null if the request begins a list. */
    @Nullable
    String token() {
        return arguments.get(TOKEN);
    }

    /** Returns an argument. */
    Optional<String> argument(String name) {
        return Optional.ofNullable(arguments.get(name));
    }

    /**
     * Returns an argument that the verb requires.
     *
     * @throws IllegalStateException if the request has a resumption token instead
     */
    String required(String name) {
        return argument(name).orElseThrow(IllegalStateException::new);
    }
}
