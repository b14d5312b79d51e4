package dev.fleetrunner.report;

import javax.xml.stream.XMLStreamReader;

/** JaCoCo's XML: the LINE counter of the whole report. */
final class JacocoReport implements Xml.Visitor {
    private static final int OF_THE_REPORT = 2;

    private final LineTally tally;
    private boolean done;

    JacocoReport(LineTally tally) {
        this.tally = tally;
    }

    @Override
    public void start(String name, Xml element, int depth) throws Malformed {
        if (depth != OF_THE_REPORT || !name.equals("counter") || !"LINE".equals(element.attribute("type"))) {
            return;
        }
        long missed = LineTally.count(element.attribute("missed"));
        long covered = LineTally.count(element.attribute("covered"));
        if (missed < 0 || covered < 0) {
            throw new Malformed("its LINE counter is no number");
        }
        tally.add(covered, missed + covered);
        done = true;
    }

    @Override
    public void text(XMLStreamReader characters) {}

    @Override
    public void end(String name, int depth) throws Malformed {
        if (depth == 1) {
            throw new Malformed("it has no LINE counter for the whole report");
        }
    }

    @Override
    public boolean done() {
        return done;
    }
}
