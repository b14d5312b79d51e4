package dev.fleetrunner.report;

import java.io.IOException;
import java.io.Reader;
import java.util.HashSet;
import java.util.Set;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

/** Walks through an XML document, element by element, without document type and external entities. */
final class Xml {
    /** Below the 100 at which newer JDKs stop in words of their own. */
    private static final int MAX_DEPTH = 64;
    /** The parser keeps every name for good; no report has a tenth as many. */
    private static final int MAX_NAMES = 1000;

    private final XMLStreamReader reader;
    private final Set<String> names = new HashSet<>();
    private int depth;

    private Xml(XMLStreamReader reader) {
        this.reader = reader;
    }

    /** Told what the document holds; depth is 1 for the root. */
    interface Visitor {
        void start(String name, Xml element, int depth) throws IOException;

        void text(XMLStreamReader characters);

        void end(String name, int depth) throws IOException;

        /** Whether the rest is of no interest. */
        boolean done();
    }

    /**
     * Walks from the root on; the reader stands there.
     *
     * @throws Malformed if it is not well-formed, nested too deep or has too many names
     */
    static void walk(Reader text, Visitor visitor) throws IOException {
        // The JDK's own, whatever else is on the class path: its behaviour with hostile input is known and tested.
        XMLInputFactory factory = XMLInputFactory.newDefaultFactory();
        factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
        factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
        factory.setProperty(XMLInputFactory.IS_REPLACING_ENTITY_REFERENCES, false);
        factory.setProperty(XMLInputFactory.IS_COALESCING, false);
        factory.setProperty(XMLInputFactory.IS_NAMESPACE_AWARE, false);
        factory.setXMLResolver((publicId, systemId, base, namespace) -> Reader.nullReader());
        try {
            new Xml(factory.createXMLStreamReader(new XmlText(text))).walk(visitor);
        } catch (XMLStreamException malformed) {
            throw new Malformed(words(malformed));
        }
    }

    private void walk(Visitor visitor) throws XMLStreamException, IOException {
        while (!visitor.done() && reader.hasNext()) {
            switch (reader.next()) {
                case XMLStreamConstants.START_ELEMENT -> {
                    if (++depth > MAX_DEPTH) {
                        throw new Malformed("its elements are nested deeper than " + MAX_DEPTH);
                    }
                    note(reader.getLocalName());
                    for (int i = 0; i < reader.getAttributeCount(); i++) {
                        note(reader.getAttributeLocalName(i));
                    }
                    visitor.start(reader.getLocalName(), this, depth);
                }
                case XMLStreamConstants.END_ELEMENT -> visitor.end(reader.getLocalName(), depth--);
                case XMLStreamConstants.CHARACTERS, XMLStreamConstants.CDATA -> visitor.text(reader);
                default -> {}
            }
        }
    }

    private void note(String name) throws Malformed {
        if (names.add(name) && names.size() > MAX_NAMES) {
            throw new Malformed("it has more than " + MAX_NAMES + " different names");
        }
    }

    /** An attribute of the element that just started; null if it has none of this name. */
    String attribute(String name) {
        for (int i = 0; i < reader.getAttributeCount(); i++) {
            if (reader.getAttributeLocalName(i).equals(name)) {
                return reader.getAttributeValue(i);
            }
        }
        return null;
    }

    private static String words(XMLStreamException malformed) {
        String message = String.valueOf(malformed.getMessage());
        int words = message.indexOf("Message: ");
        return (words < 0 ? message : message.substring(words + "Message: ".length()))
                .lines()
                .findFirst()
                .orElse("");
    }
}
