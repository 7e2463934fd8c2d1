package org.librarypeers.app.oai;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** A request of OAI-PMH, with the arguments that it requires and permits. */
enum Verb {
    /** Returns one record. */
    GET_RECORD("GetRecord"),
    /** Describes the repository. */
    IDENTIFY("Identify"),
    /** Returns headers of records. */
    LIST_IDENTIFIERS("ListIdentifiers"),
    /** Returns the formats of all records, or of one. */
    LIST_METADATA_FORMATS("ListMetadataFormats"),
    /** Returns records. */
    LIST_RECORDS("ListRecords"),
    /** Returns the sets. */
    LIST_SETS("ListSets");

    private final String word;

    Verb(String word) {
        this.word = word;
    }

    /** Returns the verb that is written like this. Letter case matters. */
    static Optional<Verb> ofWord(String word) {
        return Arrays.stream(values()).filter(verb -> verb.word.equals(word)).findFirst();
    }

    /** Returns how the verb is written. */
    String word() {
        return word;
    }

    /** Returns the arguments that it requires, unless it is continued with a resumption token. */
    List<String> required() {
        return switch (this) {
            case GET_RECORD -> List.of("identifier", "metadataPrefix");
            case LIST_IDENTIFIERS, LIST_RECORDS -> List.of("metadataPrefix");
            case IDENTIFY, LIST_METADATA_FORMATS, LIST_SETS -> List.of();
        };
    }

    private List<String> optional() {
        return switch (this) {
            case LIST_IDENTIFIERS, LIST_RECORDS -> List.of("from", "until", "set");
            case LIST_METADATA_FORMATS -> List.of("identifier");
            case GET_RECORD, IDENTIFY, LIST_SETS -> List.of();
        };
    }

    /** Returns whether it has this argument. The resumption token is not one of them. */
    boolean permits(String argument) {
        return required().contains(argument) || optional().contains(argument);
    }

    /** Returns whether its answer may come in parts, which a resumption token continues. */
    boolean inParts() {
        return switch (this) {
            case LIST_IDENTIFIERS, LIST_RECORDS, LIST_SETS -> true;
            case GET_RECORD, IDENTIFY, LIST_METADATA_FORMATS -> false;
        };
    }
}
