// A list of any length in a box that scrolls: only the rows near what is seen are in the page. Its place is a line, and
// how far that is scrolled out above. Where heights are not known the scroll bar is an estimate, put right when scrolling
// rests.
(() => {
  'use strict';

  const ALL_AT_ONCE = 250;
  const MOST_PIXELS = 10000000;
  const MOST_ROWS = 120;
  const SPARE_ROWS = 10;
  const REST_MILLIS = 150;

  const heightOf = (element) => element.getBoundingClientRect().height;
  const topOf = (element) => element.getBoundingClientRect().top;

  class List {
    /**
     * @param rows gives the row for a line, {@code make(seq)}; says whether it can be whole, {@code has(seq)}; is told
     *     which are looked at, {@code want(first, last)}
     * @param scrolledUp called when somebody scrolls up
     */
    constructor(box, rows, scrolledUp) {
      this.box = box;
      this.rows = rows;
      this.scrolledUp = scrolledUp;
      this.space = document.createElement('div');
      this.space.className = 'space';
      this.sheet = document.createElement('div');
      this.sheet.className = 'sheet';
      this.space.append(this.sheet);
      box.replaceChildren(this.space);
      this.shown = new Map();
      this.total = 0;
      this.line = 1;
      this.offset = 0;
      this.top = 0;
      this.widest = 0;
      this.measure();
      box.addEventListener('scroll', () => this.scrolled(), { passive: true });
      new ResizeObserver(() => {
        this.measure();
        this.draw(true);
      }).observe(box);
    }

    get flat() {
      return this.box.classList.contains('flat');
    }

    /** Whether all rows are in the page. */
    get whole() {
      return this.total <= ALL_AT_ONCE;
    }

    /** Whether the scroll bar tells the place exactly. */
    get exact() {
      return this.whole || this.flat && this.total * this.usual <= MOST_PIXELS;
    }

    get height() {
      return this.whole ? heightOf(this.sheet) : Math.min(this.total * this.usual, MOST_PIXELS);
    }

    /** Wrapped lines have heights of their own. */
    wrap(on) {
      this.box.classList.toggle('flat', !on);
      this.widest = 0;
      this.sheet.style.minWidth = '';
      this.measure();
      this.draw(true);
    }

    /** All rows are made anew, as they look different now. */
    refresh() {
      this.sheet.replaceChildren();
      this.shown.clear();
      this.measure();
      this.draw(true);
    }

    /** A line, in the middle of the box. */
    show(seq) {
      this.line = Math.max(1, Math.min(seq, this.total));
      this.offset = 0;
      this.fill();
      this.move((this.tall(this.line) - this.box.clientHeight) / 2);
      this.draw(true);
    }

    begin() {
      this.line = 1;
      this.offset = 0;
      this.draw(true);
    }

    end() {
      this.toEnd();
      this.draw(true);
    }

    /** Puts into the page what belongs there; unless forced, the scroll bar is left alone while somebody scrolls. */
    draw(forced) {
      this.settle();
      const height = this.height;
      this.space.style.height = height + 'px';
      if (forced || !this.resting) {
        this.box.scrollTop = this.ideal(height);
        this.top = this.box.scrollTop;
      }
      this.place();
    }

    measure() {
      const probe = this.rows.make(0);
      this.sheet.append(probe);
      this.row = heightOf(probe) || 20;
      probe.remove();
      const known = !this.flat && this.shown.size > 0;
      this.usual = known ? Math.max(this.row, heightOf(this.sheet) / this.shown.size) : this.row;
    }

    scrolled() {
      const by = this.box.scrollTop - this.top;
      if (Math.abs(by) < 1) {
        return;
      }
      this.top = this.box.scrollTop;
      if (by < 0) {
        this.scrolledUp();
      }
      if (this.top >= this.height - this.box.clientHeight - 1) {
        this.toEnd();
      } else if (this.top > 0 && !this.exact && Math.abs(by) < 1.5 * this.box.clientHeight) {
        this.move(by);
      } else {
        this.jump(this.top);
      }
      this.settle();
      this.place();
      clearTimeout(this.resting);
      this.resting = setTimeout(() => {
        this.resting = undefined;
        this.draw(false);
      }, REST_MILLIS);
    }

    toEnd() {
      this.line = Math.max(1, this.total);
      this.offset = 0;
    }

    jump(top) {
      if (this.whole) {
        this.line = 1;
        this.offset = 0;
        this.move(top);
        return;
      }
      const at = top * this.total / this.height;
      this.line = Math.min(this.total, Math.floor(at) + 1);
      this.offset = (at - Math.floor(at)) * this.tall(this.line);
    }

    move(by) {
      this.offset += by;
      while (this.offset < 0 && this.line > 1) {
        this.line--;
        this.offset += this.tall(this.line);
      }
      while (this.offset >= this.tall(this.line) && this.line < this.total) {
        this.offset -= this.tall(this.line);
        this.line++;
      }
      this.offset = Math.max(0, this.offset);
    }

    tall(seq) {
      const row = this.shown.get(seq);
      return row ? heightOf(row) : this.usual;
    }

    /** Where the scroll bar belongs. */
    ideal(height) {
      const most = Math.max(0, height - this.box.clientHeight);
      if (this.line === 1 && this.offset < 1) {
        return 0;
      }
      if (this.atEnd) {
        return most;
      }
      if (this.whole) {
        return topOf(this.shown.get(this.line)) - topOf(this.sheet) + this.offset;
      }
      const top = (this.line - 1 + this.offset / this.tall(this.line)) * height / this.total;
      return this.exact ? top : Math.max(2, Math.min(top, most - 2));
    }

    /** Makes the rows around the place, and leaves no room behind the last. */
    settle() {
      this.line = Math.max(1, Math.min(this.line, this.total));
      for (let turn = 0; turn < 3; turn++) {
        this.fill();
        const last = this.shown.get(this.total);
        const bottom = last ? topOf(last) + heightOf(last) - topOf(this.shown.get(this.line)) - this.offset : Infinity;
        const room = this.box.clientHeight - bottom;
        this.atEnd = room > -1;
        if (room < 0.5 || this.line === 1 && this.offset === 0) {
          return;
        }
        this.move(-room);
      }
    }

    fill() {
      const seen = Math.min(MOST_ROWS, Math.ceil(this.box.clientHeight / this.row));
      const first = this.whole ? 1 : Math.max(1, this.line - seen - SPARE_ROWS);
      const last = this.whole ? this.total : Math.min(this.total, this.line + 2 * seen + SPARE_ROWS);
      for (const [seq, row] of this.shown) {
        if (seq < first || seq > last || row.classList.contains('waiting') && this.rows.has(seq)) {
          row.remove();
          this.shown.delete(seq);
        }
      }
      let next = this.sheet.firstElementChild;
      for (let seq = first; seq <= last; seq++) {
        const row = this.shown.get(seq);
        if (row) {
          next = row.nextElementSibling;
        } else {
          const made = this.rows.make(seq);
          this.shown.set(seq, made);
          this.sheet.insertBefore(made, next);
        }
      }
      this.rows.want(first, last);
    }

    place() {
      const anchor = this.shown.get(this.line);
      if (anchor) {
        const above = topOf(anchor) - topOf(this.sheet) + this.offset;
        this.sheet.style.transform = 'translateY(' + (this.top - above) + 'px)';
      }
      if (this.flat && this.sheet.offsetWidth > this.widest) {
        this.widest = this.sheet.offsetWidth;
        this.sheet.style.minWidth = 'max(100%, ' + this.widest + 'px)';
      }
    }
  }

  FleetLog.List = List;
})();
