package org.librarypeers.oai;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.librarypeers.domain.Attachment;
import org.librarypeers.domain.AttachmentKind;
import org.librarypeers.domain.Guid;
import org.librarypeers.domain.LocalizedText;

/** The links of a record: its identifiers that are web addresses. Other identifiers are not links and are ignored. */
final class RecordLinks {

    private static final int MAX_LINKS = 100;

    private final Guid owner;
    private final Set<String> addresses = new LinkedHashSet<>();
    private final List<String> leftOut = new ArrayList<>();

    RecordLinks(Guid owner) {
        this.owner = owner;
    }

    void add(String text) {
        String address = text.strip();
        if (!address.regionMatches(true, 0, "http://", 0, 7) && !address.regionMatches(true, 0, "https://", 0, 8)) {
            return;
        }
        if (!isUsable(address)) {
            leftOut.add("not a valid web address, or one with a password");
        } else if (address.length() > Attachment.MAX_URL || addresses.size() == MAX_LINKS) {
            leftOut.add("too long, or one too many: " + address);
        } else {
            addresses.add(address);
        }
    }

    private static boolean isUsable(String address) {
        try {
            URI uri = new URI(address);
            return uri.getHost() != null && uri.getRawUserInfo() == null;
        } catch (URISyntaxException e) {
            return false;
        }
    }

    /** Returns the links, in the order of the record. */
    List<Attachment> attachments() {
        List<Attachment> links = new ArrayList<>();
        for (String address : addresses) {
            links.add(new Attachment(
                    AttachmentKind.LINK,
                    Guid.ofAttachment(owner, address),
                    LocalizedText.empty(),
                    LocalizedText.empty(),
                    address,
                    links.size(),
                    0));
        }
        return links;
    }

    /** Returns why addresses were left out. */
    List<String> leftOut() {
        return leftOut;
    }
}
