package dev.fleetrunner.json;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.util.Optional;

/** Turns bytes into a tree, within bounds. What is not JSON is one fault, with its line and column. */
final class Document {
    static final int MAX_BYTES = 1 << 20;
    static final int MAX_NESTING = 32;
    static final int MAX_NAME = 1000;
    static final int MAX_DIGITS = 100;

    private static final JsonMapper MAPPER = JsonMapper.builder(JsonFactory.builder()
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxNestingDepth(MAX_NESTING)
                            .maxNameLength(MAX_NAME)
                            .maxNumberLength(MAX_DIGITS)
                            .build())
                    .build())
            .enable(DeserializationFeature.FAIL_ON_READING_DUP_TREE_KEY)
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .build();

    private Document() {}

    /** The tree; nothing if a fault was noted. */
    static Optional<JsonNode> parse(byte[] bytes, Faults faults) {
        if (bytes.length > MAX_BYTES) {
            faults.add(Pointer.ROOT, "the document has " + bytes.length + " bytes", "keep it within 1 MiB");
            return Optional.empty();
        }
        try (JsonParser parser = MAPPER.createParser(bytes)) {
            JsonNode tree = MAPPER.readTree(parser);
            if (tree == null || tree.isMissingNode()) {
                faults.add(Pointer.ROOT, "the document is empty", "send a JSON object with at least cmd");
                return Optional.empty();
            }
            if (parser.nextToken() != null) {
                faults.add(
                        Pointer.ROOT,
                        "something follows the document" + place(parser.currentTokenLocation()),
                        "send one JSON object and nothing after it");
                return Optional.empty();
            }
            return Optional.of(tree);
        } catch (MismatchedInputException twice) {
            // With a tree as target, the only mismatch that Jackson knows is a field that comes twice.
            faults.add(path(twice), "the field is given twice" + place(twice.getLocation()), "leave one of them out");
        } catch (StreamConstraintsException bound) {
            faults.add(
                    Pointer.ROOT,
                    "the document goes beyond a bound" + place(bound.getLocation()),
                    "nest at most " + MAX_NESTING + " levels; keep names within " + MAX_NAME + " characters and numbers"
                            + " within " + MAX_DIGITS + " digits");
        } catch (JacksonException malformed) {
            faults.add(
                    Pointer.ROOT,
                    "not JSON" + place(malformed.getLocation()) + ": " + words(malformed),
                    "send one JSON object in UTF-8");
        } catch (NumberFormatException monster) {
            // Jackson lets this one through, for exponents that do not fit into an int.
            faults.add(Pointer.ROOT, "a number has too large an exponent", "write numbers without exponents");
        } catch (IOException unreadable) {
            faults.add(Pointer.ROOT, "not JSON: " + unreadable.getMessage(), "send one JSON object in UTF-8");
        }
        return Optional.empty();
    }

    private static Pointer path(MismatchedInputException fault) {
        return fault.getProcessor() instanceof JsonParser parser
                ? new Pointer(
                        Unicode.mend(parser.getParsingContext().pathAsPointer().toString()))
                : Pointer.ROOT;
    }

    /** Jackson's words, without what it says of a source that it does not show. */
    private static String words(JacksonException malformed) {
        return malformed
                .getOriginalMessage()
                .replaceAll("\\[Source: [^;]*; line: ([0-9]+), column: ([0-9]+)]", "line $1, column $2");
    }

    private static String place(JsonLocation at) {
        return at == null ? "" : " at line " + at.getLineNr() + ", column " + at.getColumnNr();
    }
}
