package dev.fleetrunner.runtime.engine.gateway;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * What a request asks for, read strictly: nothing in it is handed on as it came.
 *
 * @param path its parts without the API's version, decoded; of an image's name one part, slashes and all
 * @param query its parameters, decoded
 */
record Target(List<String> path, Map<String, String> query) {
    private static final int LONGEST = 8 << 10;
    private static final Pattern VERSION = Pattern.compile("v1\\.\\d{1,3}");
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_][A-Za-z0-9_.-]{0,254}");
    private static final Pattern IMAGE = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._:/@+-]{0,511}");
    /** Parameters that no route knows are dropped, so their names need not be understood: Node's client sends numbers. */
    private static final Pattern PARAMETER = Pattern.compile("[!-~]{1,80}");

    static Target of(String uri) {
        if (!uri.startsWith("/") || uri.length() > LONGEST) {
            throw Refusal.malformed("the request's target is a path of at most " + LONGEST + " characters");
        }
        int question = uri.indexOf('?');
        String path = question < 0 ? uri : uri.substring(0, question);
        return new Target(parts(path.substring(1)), question < 0 ? Map.of() : parameters(uri.substring(question + 1)));
    }

    private static List<String> parts(String path) {
        List<String> parts = new ArrayList<>(List.of(path.split("/", -1)));
        if (VERSION.matcher(parts.get(0)).matches()) {
            parts.remove(0);
        }
        if (parts.size() > 3 && parts.get(0).equals("images")) {
            String image = String.join("/", parts.subList(1, parts.size() - 1));
            parts = new ArrayList<>(List.of("images", image, parts.get(parts.size() - 1)));
        }
        boolean images = parts.size() == 3 && parts.get(0).equals("images");
        for (int i = 0; i < parts.size(); i++) {
            parts.set(i, images && i == 1 ? image(parts.get(i)) : name(parts.get(i)));
        }
        return List.copyOf(parts);
    }

    /** Docker takes a name with a slash before it, as it shows it so itself. */
    private static String name(String part) {
        String name = decoded(part);
        String bare = name.startsWith("/") ? name.substring(1) : name;
        if (!NAME.matcher(bare).matches()) {
            throw Refusal.malformed("the path has a part that is no name");
        }
        return bare;
    }

    static String image(String part) {
        String image = decoded(part);
        if (!IMAGE.matcher(image).matches() || image.contains("..") || image.contains("//")) {
            throw Refusal.malformed("this is no image's name");
        }
        return image;
    }

    private static Map<String, String> parameters(String query) {
        Map<String, String> parameters = new LinkedHashMap<>();
        for (String pair : query.split("&")) {
            int equals = pair.indexOf('=');
            String name = equals < 0 ? pair : pair.substring(0, equals);
            if (name.isEmpty()) {
                continue;
            }
            if (!PARAMETER.matcher(name).matches()) {
                throw Refusal.malformed("the query has a parameter whose name is none");
            }
            // The query is written anew of what is looked at here, so the first of two is the one that counts.
            parameters.putIfAbsent(name, equals < 0 ? "" : decoded(pair.substring(equals + 1)));
        }
        return parameters;
    }

    private static String decoded(String text) {
        try {
            String plain = URLDecoder.decode(text, StandardCharsets.UTF_8);
            if (plain.chars().anyMatch(c -> c < ' ' || c == 0x7f)) {
                throw Refusal.malformed("the request's target has a control character");
            }
            return plain;
        } catch (IllegalArgumentException e) {
            throw Refusal.malformed("the request's target is not encoded as it must be");
        }
    }
}
