import assert from 'node:assert/strict';
import fc from 'fast-check';
import { listDaysUpTo, subtractDays, toDay } from '../../../src/core/time.ts';

describe('local day', () => {
  const zones = ['UTC', 'Europe/Berlin', 'America/New_York', 'Australia/Lord_Howe', 'Asia/Kolkata'];
  const { TZ: zoneBefore } = process.env;
  afterEach(() => {
    if (zoneBefore === undefined) delete process.env['TZ'];
    else process.env['TZ'] = zoneBefore;
  });

  for (const zone of zones) {
    it(`is the calendar's in ${zone}, and no change of clocks skips or repeats one`, () => {
      process.env['TZ'] = zone;
      fc.assert(
        fc.property(fc.nat(20_000), fc.nat(400), fc.nat(86_399), (start, back, second) => {
          const at = new Date(2000, 0, 1 + start, 0, 0, second);
          const day = toDay(at.getTime());
          assert.equal(day, at.toLocaleDateString('sv-SE'));
          const earlier = new Date(at.getFullYear(), at.getMonth(), at.getDate() - back, 12);
          assert.equal(subtractDays(day, back), earlier.toLocaleDateString('sv-SE'));
        }),
        { numRuns: 200 },
      );
    });
  }

  it('has days in order up to the last', () => {
    assert.deepEqual(listDaysUpTo('2026-03-01', 3), ['2026-02-27', '2026-02-28', '2026-03-01']);
    assert.equal(new Set(listDaysUpTo('2026-03-30', 30)).size, 30);
  });
});
