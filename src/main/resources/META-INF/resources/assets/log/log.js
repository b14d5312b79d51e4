// The log of a task's page: live, searched, with times, and at the line that the address names.
(() => {
  'use strict';

  const LONGEST_WAIT_MILLIS = 30000;
  const NEAR = 1000;
  const SCROLL_MILLIS = 400;

  const byId = (id) => document.getElementById(id);
  const box = byId('log');
  const follow = byId('follow');
  const wrap = byId('log-wrap');
  const look = { marked: Number(box.dataset.marked), times: '', began: box.dataset.began, found: byId('log-text').value };
  const state = byId('log-state');
  const more = byId('log-new');
  const address = box.dataset.lines.replace(/\/lines$/, '');

  const say = (words) => {
    byId('log-found').textContent = words;
  };

  let unseen = 0;
  let asked = -Infinity;

  // A scroll that had begun before the wish to follow goes on for a moment; it is no wish to stop.
  function scrolledUp() {
    if (performance.now() - asked < SCROLL_MILLIS) {
      list.end();
    } else {
      following(false);
    }
  }

  for (const type of ['keydown', 'wheel', 'pointerdown', 'touchstart']) {
    box.addEventListener(type, () => {
      asked = -Infinity;
    }, { passive: true });
  }

  function askedToFollow(on) {
    asked = on ? performance.now() : -Infinity;
    following(on);
  }

  function following(on) {
    follow.checked = on;
    if (on) {
      unseen = 0;
      more.hidden = true;
      list.end();
    }
  }

  const records = [...box.querySelectorAll('.line')].map(FleetLog.record);
  const pages = new FleetLog.Pages(
    box.dataset.lines,
    () => list.draw(false),
    () => say('Some lines could not be fetched; trying again.'),
  );
  pages.put(records);

  const rows = {
    make: (seq) => FleetLog.row(seq, pages.get(seq), look),
    has: (seq) => pages.get(seq) !== undefined,
    want: (first, last) => {
      pages.want(first, last);
      cancelAnimationFrame(look.frame);
      look.frame = requestAnimationFrame(() => FleetLog.showFound(box, look.found));
    },
  };
  wrap.checked = matchMedia('(max-width: 48rem)').matches;
  box.classList.toggle('flat', !wrap.checked);
  const list = new FleetLog.List(box, rows, scrolledUp);
  list.total = Number(box.dataset.total);

  for (const control of document.querySelectorAll('.logview [data-scripted]')) {
    control.hidden = control === more || control.contains(follow) && !box.dataset.live;
  }
  byId('log-parts').hidden = true;

  // Marks a line and shows it; the address then names it, too.
  function mark(seq) {
    following(false);
    look.marked = seq;
    list.refresh();
    list.show(seq);
    document.querySelector('#log-find [name=beside]').value = seq;
  }

  function go(seq) {
    if (seq > list.total) {
      say('There is no line ' + seq + ' yet: the log has ' + list.total + '.');
      return;
    }
    mark(seq);
    history.replaceState(history.state, '', '#L' + seq);
  }

  function named() {
    const line = /^#L(\d{1,15})$/.exec(location.hash);
    return line ? Number(line[1]) : 0;
  }

  addEventListener('hashchange', () => {
    if (named() > 0) {
      go(named());
    }
  });

  box.addEventListener('click', (event) => {
    const number = event.target.closest('.seq');
    if (number && !event.ctrlKey && !event.metaKey && !event.shiftKey) {
      event.preventDefault();
      const seq = Number(number.textContent);
      look.marked = seq;
      following(false);
      list.refresh();
      history.replaceState(history.state, '', '#L' + seq);
      box.focus({ preventScroll: true });
    }
  });

  box.addEventListener('scroll', () => {
    if (list.atEnd) {
      unseen = 0;
      more.hidden = true;
    }
  }, { passive: true });

  box.addEventListener('keydown', (event) => {
    if (event.target !== box || event.ctrlKey || event.metaKey || event.altKey) {
      return;
    }
    if (event.key === 'Home') {
      event.preventDefault();
      following(false);
      list.begin();
    } else if (event.key === 'End') {
      event.preventDefault();
      list.end();
    }
  });

  follow.addEventListener('change', () => askedToFollow(follow.checked));
  more.addEventListener('click', () => {
    askedToFollow(true);
    box.focus();
  });
  wrap.addEventListener('change', () => {
    list.wrap(wrap.checked);
    following(follow.checked);
  });
  byId('log-times').addEventListener('change', (event) => {
    look.times = event.target.value;
    list.refresh();
  });

  let asking = new AbortController();

  // Asks where something is; the question before is given up.
  async function ask(path, answer) {
    asking.abort();
    asking = new AbortController();
    const signal = asking.signal;
    say('Looking…');
    try {
      const response = await fetch(address + path, { signal, headers: { Accept: 'application/json' } });
      if (response.status === 401) {
        location.reload();
        return;
      }
      const content = await response.json();
      say(response.ok ? answer(content) : content.detail || 'This did not work.');
    } catch {
      if (!signal.aborted) {
        say('The service did not answer; try again.');
      }
    }
  }

  const text = byId('log-text');

  function find(back) {
    look.found = text.value;
    const query = new URLSearchParams({ text: text.value, beside: look.marked || (back ? list.total + 1 : 0), back });
    ask('/find?' + query, (match) => {
      if (match.line === 0) {
        return 'Nothing in the log has this text.';
      }
      go(match.line);
      const where = match.around ? (back ? ', from the end again' : ', from the beginning again') : '';
      return 'Match ' + match.number + ' of ' + match.count + ': line ' + match.line + where + '.';
    });
  }

  text.addEventListener('input', () => {
    if (text.value === '') {
      look.found = '';
      list.draw(false);
    }
  });
  byId('log-find').addEventListener('submit', (event) => {
    event.preventDefault();
    find(event.submitter === byId('log-previous'));
  });
  text.addEventListener('keydown', (event) => {
    if (event.key === 'Enter' && event.shiftKey) {
      event.preventDefault();
      find(true);
    }
  });

  byId('log-line').addEventListener('submit', (event) => {
    event.preventDefault();
    say('');
    go(Number(byId('log-number').value));
  });

  byId('log-error').addEventListener('click', (event) => {
    event.preventDefault();
    ask('/first-error', (trouble) => {
      if (trouble.line === 0) {
        return 'No line tells of an error, and nothing came on standard error.';
      }
      go(trouble.line);
      return trouble.words
        ? 'Line ' + trouble.line + ' is the first that tells of an error.'
        : 'No line tells of an error; line ' + trouble.line + ' is the first on standard error.';
    });
  });

  function take(fresh) {
    const records = fresh.filter((record) => record.seq > list.total);
    if (records.length === 0) {
      return;
    }
    if (follow.checked || records[0].seq - list.line < NEAR) {
      pages.put(records);
    }
    const last = records[records.length - 1].seq;
    unseen += last - list.total;
    list.total = last;
    look.began = look.began || records[0].at;
    byId('log-total').textContent = last;
    if (follow.checked) {
      following(true);
    } else {
      more.textContent = unseen + (unseen === 1 ? ' new line' : ' new lines');
      more.hidden = false;
      list.draw(false);
    }
  }

  function live() {
    let wait = 1000;
    let lost = false;

    function open() {
      const source = new EventSource(box.dataset.live + '?after=' + list.total);
      source.onopen = () => {
        wait = 1000;
        state.textContent = lost
          ? 'Connected again: lines go on behind number ' + list.total + '.'
          : 'Live: lines appear as they are written.';
        lost = false;
      };
      source.onmessage = (event) => take(JSON.parse(event.data));
      source.addEventListener('end', () => {
        source.close();
        state.textContent = list.total > 0 ? 'Complete.' : 'The task wrote nothing.';
        follow.closest('label').hidden = document.activeElement !== follow;
      });
      source.onerror = () => {
        lost = true;
        state.textContent = 'The connection is lost; trying again.';
        if (source.readyState === EventSource.CLOSED) {
          setTimeout(open, wait);
          wait = Math.min(2 * wait, LONGEST_WAIT_MILLIS);
        }
      };
    }

    open();
  }

  if (named() > 0 || look.marked > 0) {
    const seq = named() || look.marked;
    if (seq <= list.total) {
      mark(seq);
      box.scrollIntoView({ block: 'nearest' });
    } else {
      list.end();
      say('There is no line ' + seq + ' yet: the log has ' + list.total + '.');
    }
  } else if ('elsewhere' in box.dataset) {
    list.line = Number(box.dataset.from);
    list.draw(true);
  } else if (box.dataset.live) {
    following(true);
  } else {
    list.end();
  }
  if (box.dataset.live) {
    live();
  }
})();
