package org.librarypeers.app.oai;

/** The names of people and organizations as vCards (RFC 2426), which LOM requires. */
final class VCard {

    private VCard() {}

    /** Returns the card of the people whom the credits in a language name. */
    static String person(String credits, String language) {
        return card("FN;LANGUAGE=" + language + ":" + escaped(credits) + "\r\nN:" + escaped(credits) + ";;;;");
    }

    /** Returns the card of an organization. */
    static String organization(String name) {
        return card("FN:" + escaped(name) + "\r\nN:" + escaped(name) + ";;;;\r\nORG:" + escaped(name));
    }

    private static String card(String fields) {
        return "BEGIN:VCARD\r\nVERSION:3.0\r\n" + fields + "\r\nEND:VCARD";
    }

    private static String escaped(String text) {
        return text.replace("\\", "\\\\")
                .replace(";", "\\;")
                .replace(",", "\\,")
                .replace("\r\n", "\\n")
                .replace("\r", "\\n")
                .replace("\n", "\\n");
    }
}
