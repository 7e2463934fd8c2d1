package org.librarypeers.app.server;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.server.ForwardedRequestCustomizer;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.Request;
import org.librarypeers.app.config.AddressRange;

/**
 * A reader of the headers in which proxies report the address of the client, and the scheme and host that it requested. It
 * ignores the headers of all other clients, because they could claim any address.
 *
 * <p>Each proxy appends the address of its own client to the list that it received. The client of the library is
 * therefore the last address of the list that is not a trusted proxy; the addresses before it are unproven. If the two
 * kinds of headers contradict each other, neither counts.
 */
final class TrustedProxies implements HttpConfiguration.Customizer {

    private static final String FORWARDED = "Forwarded";
    private static final String FORWARDED_FOR = "X-Forwarded-For";
    private static final String OTHERS = "X-Forwarded-";

    private static final Pattern ELEMENT = Pattern.compile("(?:[^,\"]|\"(?:[^\"\\\\]|\\\\.)*\")+");
    private static final Pattern FOR = Pattern.compile("(?i)(?:^|;)\\s*for\\s*=\\s*(\"[^\"]*\"|[^;,]*)");
    private static final Pattern WITH_PORT = Pattern.compile("\\[([^]]*)](?::\\d*)?|([^:]+):\\d+");

    private final ForwardedRequestCustomizer reader = new ForwardedRequestCustomizer();
    private final List<AddressRange> trusted;

    TrustedProxies(List<AddressRange> trusted) {
        this.trusted = List.copyOf(trusted);
    }

    @Override
    public Request customize(Request request, HttpFields.Mutable responseHeaders) {
        SocketAddress client = request.getConnectionMetaData().getRemoteSocketAddress();
        boolean isProxy = client instanceof InetSocketAddress address
                && address.getAddress() != null
                && isTrusted(address.getAddress());
        return isProxy
                ? reader.customize(new ProvenRequest(request, proven(request.getHeaders())), responseHeaders)
                : request;
    }

    private boolean isTrusted(InetAddress address) {
        return trusted.stream().anyMatch(range -> range.contains(address));
    }

    /** A request with other headers. */
    private static final class ProvenRequest extends Request.Wrapper {

        private final HttpFields headers;

        ProvenRequest(Request request, HttpFields headers) {
            super(request);
            this.headers = headers;
        }

        @Override
        public HttpFields getHeaders() {
            return headers;
        }
    }

    /** Returns the headers without the unproven parts of the lists of proxies. */
    private HttpFields proven(HttpFields headers) {
        HttpFields.Mutable proven = HttpFields.build(headers);
        for (HttpField field : headers) {
            String name = field.getName();
            if (name.regionMatches(true, 0, OTHERS, 0, OTHERS.length())) {
                List<String> elements = elements(headers, name);
                proven.put(name, elements.isEmpty() ? "" : elements.get(elements.size() - 1));
            }
        }
        List<String> addresses = elements(headers, FORWARDED_FOR);
        List<String> forwarded = elements(headers, FORWARDED);
        int client = client(addresses);
        int other = client(forwarded.stream().map(TrustedProxies::forPart).toList());
        boolean both = client >= 0 && other >= 0;
        // A proxy passes on the header that it does not know, so that the client could claim an address with it.
        boolean contradict = both && !address(addresses.get(client)).equals(address(forPart(forwarded.get(other))));
        put(proven, FORWARDED_FOR, contradict ? List.of() : addresses, client);
        put(proven, FORWARDED, contradict ? List.of() : forwarded, other);
        return proven.asImmutable();
    }

    private static void put(HttpFields.Mutable headers, String name, List<String> elements, int from) {
        if (elements.isEmpty()) {
            headers.remove(name);
        } else {
            headers.put(name, String.join(", ", elements.subList(from, elements.size())));
        }
    }

    /** Returns the index of the client in a list of addresses; -1 if the list is empty. */
    private int client(List<String> addresses) {
        int client = addresses.size() - 1;
        while (client > 0
                && address(addresses.get(client)).filter(this::isTrusted).isPresent()
                && address(addresses.get(client - 1)).isPresent()) {
            client--;
        }
        return client;
    }

    private static List<String> elements(HttpFields headers, String name) {
        List<String> elements = new ArrayList<>();
        headers.getValuesList(name).forEach(value -> {
            Matcher element = ELEMENT.matcher(value);
            while (element.find()) {
                if (!element.group().isBlank()) {
                    elements.add(element.group().strip());
                }
            }
        });
        return elements;
    }

    private static String forPart(String element) {
        Matcher part = FOR.matcher(element);
        return part.find() ? part.group(1).strip().replaceAll("^\"|\"$", "") : "";
    }

    private static Optional<InetAddress> address(String text) {
        Matcher withPort = WITH_PORT.matcher(text);
        if (!withPort.matches()) {
            return AddressRange.address(text);
        }
        return AddressRange.address(withPort.group(1) == null ? withPort.group(2) : withPort.group(1));
    }
}
