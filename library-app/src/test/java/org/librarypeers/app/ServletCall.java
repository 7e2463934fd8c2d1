package org.librarypeers.app;

import jakarta.servlet.DispatcherType;
import jakarta.servlet.ReadListener;
import jakarta.servlet.Servlet;
import jakarta.servlet.ServletInputStream;
import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.WriteListener;
import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.lang.reflect.Proxy;
import java.net.URI;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** One request to a servlet without a server: the request and its response are objects of this class. */
final class ServletCall {

    private final String method;
    private final URI target;
    private final Map<String, String> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    private final Map<String, Object> attributes = new HashMap<>();
    private final byte[] body;
    private final Map<String, List<String>> sent = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    private final ByteArrayOutputStream written = new ByteArrayOutputStream();
    private int status = 200;

    ServletCall(String method, URI target, Map<String, String> headers, byte[] body) {
        this.method = method;
        this.target = target;
        this.headers.put("Host", target.getAuthority());
        this.headers.putAll(headers);
        this.body = body;
    }

    /** Sends the request and returns the response. */
    OfflineAnswer answer(Servlet servlet) {
        try {
            servlet.service(
                    proxy(HttpServletRequest.class, this::request), proxy(HttpServletResponse.class, this::response));
        } catch (Exception e) {
            throw new AssertionError(method + " " + target + " was not answered", e);
        }
        return new OfflineAnswer(target, status, sent, written.toByteArray());
    }

    /** The body of a method: its name and its arguments. */
    private interface Methods {
        Object call(String name, Object... arguments);
    }

    private static <T> T proxy(Class<T> type, Methods methods) {
        return type.cast(Proxy.newProxyInstance(
                type.getClassLoader(),
                new Class<?>[] {type},
                (self, method, arguments) ->
                        methods.call(method.getName(), arguments == null ? new Object[0] : arguments)));
    }

    private Object request(String name, Object... arguments) {
        return switch (name) {
            case "getMethod" -> method;
            case "getRequestURI" -> target.getRawPath();
            case "getRequestURL" ->
                new StringBuffer(target.resolve(target.getRawPath()).toString());
            case "getQueryString" -> target.getRawQuery();
            case "getContextPath", "getServletPath" -> "";
            case "getPathInfo" -> target.getPath();
            case "getScheme" -> target.getScheme();
            case "getServerName" -> target.getHost();
            case "getServerPort", "getLocalPort" -> target.getPort();
            case "getProtocol" -> "HTTP/1.1";
            case "getRemoteAddr", "getRemoteHost", "getLocalAddr" -> "192.0.2.1";
            case "getHeader" -> headers.get((String) arguments[0]);
            case "getHeaders" -> Collections.enumeration(asList(headers.get((String) arguments[0])));
            case "getHeaderNames" -> Collections.enumeration(headers.keySet());
            case "getContentType" -> headers.get("Content-Type");
            case "getContentLength" -> body.length;
            case "getContentLengthLong" -> (long) body.length;
            case "getCharacterEncoding" -> "UTF-8";
            case "getLocale" -> Locale.ROOT;
            case "getCookies" -> cookies();
            case "getInputStream" -> new Body(body);
            case "getAttribute" -> attributes.get((String) arguments[0]);
            case "getAttributeNames" -> Collections.enumeration(attributes.keySet());
            case "setAttribute" -> attributes.put((String) arguments[0], arguments[1]);
            case "getDispatcherType" -> DispatcherType.REQUEST;
            case "isAsyncStarted", "isAsyncSupported" -> false;
            default -> throw new UnsupportedOperationException("request." + name + Arrays.toString(arguments));
        };
    }

    private static List<String> asList(String value) {
        return value == null ? List.of() : List.of(value);
    }

    private Cookie[] cookies() {
        return Arrays.stream(headers.getOrDefault("Cookie", "").split("; "))
                .filter(each -> !each.isEmpty())
                .map(each -> each.split("=", 2))
                .map(each -> new Cookie(each[0], each[1]))
                .toArray(Cookie[]::new);
    }

    private Object response(String name, Object... arguments) {
        switch (name) {
            case "setStatus" -> status = (int) arguments[0];
            case "setHeader" -> sent.put((String) arguments[0], new ArrayList<>(asList((String) arguments[1])));
            case "addHeader" ->
                sent.computeIfAbsent((String) arguments[0], any -> new ArrayList<>())
                        .add((String) arguments[1]);
            case "setContentType" -> response("setHeader", "Content-Type", arguments[0]);
            case "addCookie" -> response("addHeader", "Set-Cookie", text((Cookie) arguments[0]));
            case "setContentLength", "setContentLengthLong", "setCharacterEncoding", "flushBuffer" -> {}
            default -> {
                return stateOfResponse(name, arguments);
            }
        }
        return null;
    }

    private static String text(Cookie cookie) {
        return cookie.getName() + "=" + cookie.getValue() + "; "
                + cookie.getAttributes().entrySet().stream()
                        .filter(each -> !each.getValue().equals("false"))
                        .map(each -> each.getKey() + "=" + each.getValue())
                        .sorted()
                        .collect(Collectors.joining("; "));
    }

    private Object stateOfResponse(String name, Object... arguments) {
        List<String> values = arguments.length == 0 ? List.of() : sent.getOrDefault((String) arguments[0], List.of());
        return switch (name) {
            case "getStatus" -> status;
            case "getHeader" -> values.isEmpty() ? null : values.get(0);
            case "getHeaders" -> values;
            case "containsHeader" -> !values.isEmpty();
            case "getHeaderNames" -> sent.keySet();
            case "getContentType" -> stateOfResponse("getHeader", "Content-Type");
            case "getCharacterEncoding" -> "UTF-8";
            case "getOutputStream" -> new Output(written);
            case "isCommitted" -> false;
            default -> throw new UnsupportedOperationException("response." + name + Arrays.toString(arguments));
        };
    }

    private static final class Body extends ServletInputStream {
        private final ByteArrayInputStream bytes;

        Body(byte[] bytes) {
            this.bytes = new ByteArrayInputStream(bytes);
        }

        @Override
        public int read() {
            return bytes.read();
        }

        @Override
        public boolean isFinished() {
            return bytes.available() == 0;
        }

        @Override
        public boolean isReady() {
            return true;
        }

        @Override
        public void setReadListener(ReadListener listener) {
            throw new UnsupportedOperationException();
        }
    }

    private static final class Output extends ServletOutputStream {
        private final ByteArrayOutputStream bytes;

        Output(ByteArrayOutputStream bytes) {
            this.bytes = bytes;
        }

        @Override
        public void write(int each) throws IOException {
            bytes.write(each);
        }

        @Override
        public boolean isReady() {
            return true;
        }

        @Override
        public void setWriteListener(WriteListener listener) {
            throw new UnsupportedOperationException();
        }
    }
}
