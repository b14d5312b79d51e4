// Keeps pages up to date. Everything is readable without it. Text is only ever set as text.
(() => {
  'use strict';

  const REFRESH_MILLIS = 2000;

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

  // Says a new status once, to those who hear the page, and shows it in the tab.
  function announce(before) {
    const state = byId('state');
    if (state && state.dataset.status !== before) {
      byId('announce').textContent = 'The task is now ' + state.dataset.status + '.';
      byId('icon').href = '/assets/favicon-' + state.dataset.status + '.svg';
    }
  }

  // Events that bring a part of the page: they can be paused, and the tab's title follows.
  document.body.addEventListener('htmx:sseBeforeMessage', (event) => {
    if (document.hidden || !byId('live').checked) {
      event.preventDefault();
    }
  });
  document.body.addEventListener('htmx:sseMessage', () => {
    const titled = document.querySelector('[data-title]');
    if (titled) {
      document.title = titled.dataset.title + ' · Fleet Runner';
    }
  });

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

  if (document.querySelector('[data-refresh]')) {
    setInterval(refresh, REFRESH_MILLIS);
  } else if (byId('live') && !document.querySelector('[sse-connect]')) {
    byId('live').closest('label').hidden = true;
  }
})();
