// Lines of a log: from the page and into it. Text is only ever set as text.
(() => {
  'use strict';

  const SECOND = 1000;

  function element(name, style, text) {
    const made = document.createElement(name);
    made.className = style;
    if (text !== undefined) {
      made.textContent = text;
    }
    return made;
  }

  function time(at, look) {
    if (look.times === 'clock') {
      return at.slice(11, 23);
    }
    const since = (Date.parse(at) - Date.parse(look.began || at)) / SECOND;
    return (since < 0 ? '' : '+') + since.toFixed(3);
  }

  /** The record that an element of the server's shows. */
  function record(line) {
    const text = line.querySelector('.text');
    return {
      seq: Number(line.querySelector('.seq').textContent),
      at: line.title,
      stream: line.classList[1],
      mark: line.querySelector('.stream').textContent,
      runs: [...text.children].map((run) => ({ style: run.className, text: run.textContent })),
    };
  }

  /** The element for a line; without a record, one that waits for it. */
  function row(seq, record, look) {
    const line = element('div', 'line ' + (record ? record.stream : 'waiting'));
    line.id = 'L' + seq;
    line.classList.toggle('marked', seq === look.marked);
    const number = element('a', 'seq', seq);
    number.href = '?line=' + seq + '#L' + seq;
    number.tabIndex = -1;
    line.append(number);
    if (look.times) {
      line.append(element('span', 'at', record ? time(record.at, look) : ''));
    }
    const text = element('span', 'text', record ? undefined : '…');
    if (record) {
      line.title = record.at;
      text.append(...record.runs.map((run) => element('span', run.style, run.text)));
    }
    line.append(element('span', 'stream', record ? record.mark : ''), text);
    return line;
  }

  globalThis.FleetLog = { record, row };
})();
