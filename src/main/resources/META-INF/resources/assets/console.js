// Keeps lists and logs up to date. Everything is readable without it. Text is only ever set as text.
(() => {
  'use strict';

  const REFRESH_MILLIS = 2000;
  const KEPT_LINES = 2000;
  const LONGEST_WAIT_MILLIS = 30000;

  const byId = (id) => document.getElementById(id);

  for (const label of document.querySelectorAll('label.live')) {
    label.hidden = false;
  }

  // Regions marked data-refresh are fetched again while somebody may be looking and is not marking text.
  function refresh() {
    const selection = document.getSelection();
    for (const region of document.querySelectorAll('[data-refresh]')) {
      const selecting = !selection.isCollapsed && selection.containsNode(region, true);
      if (!document.hidden && byId('live').checked && !selecting) {
        htmx.trigger(region, 'refresh');
      }
    }
  }

  // Says a new status once, to those who hear the page.
  function announce(before) {
    const state = byId('state');
    if (state && state.dataset.status !== before) {
      byId('announce').textContent = 'The task is now ' + state.dataset.status + '.';
    }
  }

  document.body.addEventListener('htmx:beforeSwap', (event) => {
    const state = byId('state');
    if (state && event.detail.target === state) {
      const before = state.dataset.status;
      document.body.addEventListener('htmx:afterSettle', () => announce(before), { once: true });
    }
  });

  // The session is over: the page leads to the sign-in.
  document.body.addEventListener('htmx:responseError', (event) => {
    if (event.detail.xhr.status === 401) {
      location.reload();
    }
  });

  function element(name, style, text) {
    const made = document.createElement(name);
    made.className = style;
    if (text !== undefined) {
      made.textContent = text;
    }
    return made;
  }

  function lineOf(record) {
    const line = element('div', 'line ' + record.stream);
    line.title = record.at;
    const text = element('span', 'text');
    text.append(...record.runs.map((run) => element('span', run.style, run.text)));
    line.append(element('span', 'seq', record.seq), element('span', 'stream', record.mark), text);
    return line;
  }

  function live(log) {
    const follow = byId('follow');
    const state = byId('log-state');
    let last = Number(log.dataset.last);
    let wait = 1000;

    const toEnd = () => {
      if (follow.checked) {
        log.scrollTop = log.scrollHeight;
      }
    };
    follow.addEventListener('change', toEnd);
    log.addEventListener('wheel', (event) => {
      if (event.deltaY < 0) {
        follow.checked = false;
      }
    }, { passive: true });
    log.addEventListener('keydown', (event) => {
      if (['ArrowUp', 'PageUp', 'Home'].includes(event.key)) {
        follow.checked = false;
      }
    });
    log.addEventListener('touchmove', () => {
      follow.checked = log.scrollHeight - log.scrollTop - log.clientHeight < 8;
    }, { passive: true });

    function take(records) {
      const fresh = records.filter((record) => record.seq > last);
      if (fresh.length > 0) {
        last = fresh[fresh.length - 1].seq;
        log.append(...fresh.map(lineOf));
        while (log.childElementCount > KEPT_LINES) {
          log.firstElementChild.remove();
        }
        toEnd();
      }
    }

    function open() {
      const source = new EventSource(log.dataset.live + '?after=' + last);
      source.onopen = () => {
        wait = 1000;
        state.textContent = 'Live: lines appear as they are written.';
      };
      source.onmessage = (event) => take(JSON.parse(event.data));
      source.addEventListener('end', () => {
        source.close();
        state.textContent = log.childElementCount > 0 ? 'Complete.' : 'The task wrote nothing.';
      });
      source.onerror = () => {
        state.textContent = 'The connection is lost; trying again.';
        if (source.readyState === EventSource.CLOSED) {
          setTimeout(open, wait);
          wait = Math.min(2 * wait, LONGEST_WAIT_MILLIS);
        }
      };
    }

    toEnd();
    open();
  }

  const log = byId('log');
  if (log) {
    log.scrollTop = log.scrollHeight;
    if (log.dataset.live) {
      live(log);
    } else {
      byId('follow').closest('label').hidden = true;
    }
  }
  if (document.querySelector('[data-refresh]')) {
    setInterval(refresh, REFRESH_MILLIS);
  } else if (byId('live')) {
    byId('live').closest('label').hidden = true;
  }
})();
