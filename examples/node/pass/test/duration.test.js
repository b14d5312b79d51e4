import assert from 'node:assert/strict';
import test from 'node:test';

import { parse } from '../src/duration.js';

test('seconds', () => {
  assert.equal(parse('90s'), 90);
});

test('minutes', () => {
  assert.equal(parse('45m'), 2700);
});

test('hours and minutes', () => {
  assert.equal(parse('1h30m'), 5400);
});

test('refuses', () => {
  for (const text of ['', 'soon', '5 m', '1m1h']) {
    assert.throws(() => parse(text), /not a duration/);
  }
});
