// Keeps some lines of a log near, and fetches those that are wanted: a page of them at a time, no more than are looked at.
(() => {
  'use strict';

  const SIZE = 200;
  const KEPT = 50;
  const PAUSE_MILLIS = 40;
  const REST_MILLIS = 2000;

  const pageOf = (seq) => Math.floor((seq - 1) / SIZE);

  class Pages {
    /**
     * @param address where lines are to be had
     * @param arrived called when lines have come
     * @param trouble called when they have not
     */
    constructor(address, arrived, trouble) {
      this.address = address;
      this.arrived = arrived;
      this.trouble = trouble;
      this.pages = new Map();
      this.asked = new Map();
      this.first = 1;
      this.last = 0;
      this.restUntil = 0;
    }

    get(seq) {
      return this.pages.get(pageOf(seq))?.[(seq - 1) % SIZE];
    }

    put(records) {
      for (const record of records) {
        const number = pageOf(record.seq);
        const page = this.pages.get(number) || [];
        page[(record.seq - 1) % SIZE] = record;
        this.pages.set(number, page);
      }
      for (const number of this.pages.keys()) {
        if (this.pages.size <= KEPT) {
          break;
        }
        if (number < pageOf(this.first) || number > pageOf(this.last)) {
          this.pages.delete(number);
        }
      }
    }

    /** These lines are looked at now; what was asked for and is not looked at any more is given up. */
    want(first, last) {
      const moved = first !== this.first || last !== this.last;
      this.first = first;
      this.last = last;
      for (const [number, request] of this.asked) {
        if (number < pageOf(first) || number > pageOf(last)) {
          request.abort();
          this.asked.delete(number);
        }
      }
      if (moved || !this.timer) {
        this.later(PAUSE_MILLIS);
      }
    }

    later(millis) {
      clearTimeout(this.timer);
      this.timer = setTimeout(() => this.ask(), Math.max(millis, this.restUntil - Date.now()));
    }

    ask() {
      this.timer = undefined;
      for (let number = pageOf(this.first); number <= pageOf(this.last); number++) {
        if (!this.asked.has(number) && this.lacks(number)) {
          this.fetch(number);
        }
      }
    }

    lacks(number) {
      const last = Math.min(this.last, (number + 1) * SIZE);
      for (let seq = Math.max(this.first, number * SIZE + 1); seq <= last; seq++) {
        if (!this.get(seq)) {
          return true;
        }
      }
      return false;
    }

    async fetch(number) {
      const request = new AbortController();
      this.asked.set(number, request);
      try {
        const response = await fetch(this.address + '?from=' + (number * SIZE + 1) + '&limit=' + SIZE, {
          signal: request.signal,
          headers: { Accept: 'application/json' },
        });
        if (response.status === 401) {
          location.reload();
          return;
        }
        if (!response.ok) {
          throw new Error('status ' + response.status);
        }
        this.put((await response.json()).lines);
        if (this.lacks(number)) {
          throw new Error('the log is shorter than it was');
        }
        this.asked.delete(number);
        this.arrived();
      } catch (failure) {
        if (!request.signal.aborted) {
          this.asked.delete(number);
          this.restUntil = Date.now() + REST_MILLIS;
          this.later(REST_MILLIS);
          this.trouble();
        }
      }
    }
  }

  FleetLog.Pages = Pages;
})();
