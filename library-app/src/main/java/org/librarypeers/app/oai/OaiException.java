package org.librarypeers.app.oai;

/** An error of OAI-PMH, which the harvester receives. */
final class OaiException extends Exception {

    private static final long serialVersionUID = 1L;

    private final Code code;

    /** The codes of errors, as OAI-PMH names them. */
    enum Code {
        BAD_ARGUMENT("badArgument"),
        BAD_RESUMPTION_TOKEN("badResumptionToken"),
        BAD_VERB("badVerb"),
        CANNOT_DISSEMINATE_FORMAT("cannotDisseminateFormat"),
        ID_DOES_NOT_EXIST("idDoesNotExist"),
        NO_METADATA_FORMATS("noMetadataFormats"),
        NO_RECORDS_MATCH("noRecordsMatch");

        private final String word;

        Code(String word) {
            this.word = word;
        }

        /** Returns how the code is written. */
        String word() {
            return word;
        }

        /** Returns whether the answer must not repeat the arguments, because they may not be valid ones. */
        boolean hidesArguments() {
            return this == BAD_VERB || this == BAD_ARGUMENT;
        }
    }

    /** Creates an error with a message for people. */
    OaiException(Code code, String message) {
        super(message);
        this.code = code;
    }

    Code code() {
        return code;
    }

    /** Returns the error for an argument that is missing, repeated, unknown or not valid. */
    static OaiException badArgument(String message) {
        return new OaiException(Code.BAD_ARGUMENT, message);
    }

    /** Returns the error for a token that this library did not write for this request. */
    static OaiException badToken() {
        return new OaiException(
                Code.BAD_RESUMPTION_TOKEN,
                "the resumptionToken was not issued for this verb by this repository; send it exactly as it was received");
    }
}
