package dev.fleetrunner.report;

import javax.xml.stream.XMLStreamReader;

/**
 * Cobertura's XML, as coverage.py, gcovr and many others write it: the root's numbers of lines; without them the lines
 * of the classes; without these the root's rate, which then weighs as one line.
 */
final class CoberturaReport implements Xml.Visitor {
    private final LineTally tally;
    private double rate = -1;
    private long hit;
    private long lines;
    private int methods;
    private boolean done;

    CoberturaReport(LineTally tally) {
        this.tally = tally;
    }

    @Override
    public void start(String name, Xml element, int depth) {
        if (depth == 1) {
            root(element);
        } else if (name.equals("methods")) {
            methods++;
        } else if (name.equals("line") && methods == 0) {
            // Lines of methods come again among those of their class.
            lines++;
            hit += LineTally.count(element.attribute("hits")) > 0 ? 1 : 0;
        }
    }

    private void root(Xml element) {
        long valid = LineTally.count(element.attribute("lines-valid"));
        long covered = LineTally.count(element.attribute("lines-covered"));
        if (valid > 0 && covered >= 0 && covered <= valid) {
            tally.add(covered, valid);
            done = true;
            return;
        }
        try {
            String text = element.attribute("line-rate");
            rate = text == null || text.length() > 40 ? -1 : Double.parseDouble(text);
        } catch (NumberFormatException none) {
            rate = -1;
        }
    }

    @Override
    public void text(XMLStreamReader characters) {}

    @Override
    public void end(String name, int depth) throws Malformed {
        if (name.equals("methods")) {
            methods--;
        } else if (depth == 1 && lines > 0) {
            tally.add(hit, lines);
        } else if (depth == 1 && rate >= 0 && rate <= 1) {
            tally.add(rate, 1);
        } else if (depth == 1) {
            throw new Malformed("it says nothing of lines");
        }
    }

    @Override
    public boolean done() {
        return done;
    }
}
