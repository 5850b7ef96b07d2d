/** When a party can have a table. Times are minutes since midnight. */

export const sitting = 90;
const step = 15;

/** `19:30` to 1170; anything else that holds an hour counts as that full hour. */
export function toMinutes(text) {
  const [, hour, minute = '0'] = /(\d{1,2})(?::(\d{2}))?/.exec(String(text)) ?? [undefined, '19'];
  return Math.min(Number(hour), 23) * 60 + Math.min(Number(minute), 59);
}

export function toClock(minutes) {
  return `${String(Math.floor(minutes / 60)).padStart(2, '0')}:${String(minutes % 60).padStart(2, '0')}`;
}

/** The smallest table that is free at `start`, or undefined. */
export function findTable({ tables, bookings }, partySize, start) {
  return tables
    .filter(({ seats }) => seats >= partySize)
    .sort((a, b) => a.seats - b.seats)
    .find(({ id }) => isFree(bookings, id, start));
}

/** Up to `count` other times of the evening, the nearest first. */
export function alternatives(restaurant, partySize, start, count) {
  const first = toMinutes(restaurant.opens);
  const last = toMinutes(restaurant.closes) - sitting;
  const times = [];
  for (let at = first; at <= last; at += step) times.push(at);
  return times
    .filter((at) => at !== start && findTable(restaurant, partySize, at))
    .sort((a, b) => Math.abs(a - start) - Math.abs(b - start))
    .slice(0, count);
}

function isFree(bookings, table, start) {
  return bookings
    .filter((booking) => booking.table === table)
    .every(({ start: from, minutes }) => {
      const begins = toMinutes(from);
      return start + sitting <= begins || begins + minutes <= start;
    });
}
