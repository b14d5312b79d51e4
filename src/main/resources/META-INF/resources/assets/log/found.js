// Shows where in the lines a text is, in browsers that can do so without touching the lines.
(() => {
  'use strict';

  /** The ranges of a line's text that are the wanted one, in either case of letters. */
  function within(line, wanted) {
    const shown = line.textContent.toLowerCase();
    // Some letters are longer in lower case; then places do not fit.
    if (shown.length !== line.textContent.length) {
      return [];
    }
    const nodes = [...line.children].map((run) => run.firstChild).filter(Boolean);
    const place = (set, at) => {
      let left = at;
      const node = nodes.find((candidate) => {
        const here = left <= candidate.length;
        left -= here ? 0 : candidate.length;
        return here;
      });
      set(node, left);
    };
    const ranges = [];
    for (let at = shown.indexOf(wanted); at >= 0; at = shown.indexOf(wanted, at + wanted.length)) {
      const range = new Range();
      place((node, offset) => range.setStart(node, offset), at);
      place((node, offset) => range.setEnd(node, offset), at + wanted.length);
      ranges.push(range);
    }
    return ranges;
  }

  FleetLog.showFound = (box, text) => {
    if (CSS.highlights) {
      const wanted = text.toLowerCase();
      const lines = wanted ? [...box.querySelectorAll('.line:not(.waiting) .text')] : [];
      CSS.highlights.set('found', new Highlight(...lines.flatMap((line) => within(line, wanted))));
    }
  };
})();
