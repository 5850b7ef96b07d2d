import * as Sentry from 'sentry-8';

// What Sentry would send goes nowhere; it says what it has.
const sent = [];
Sentry.init({
  dsn: 'https://key@127.0.0.1/1',
  tracesSampleRate: 1,
  transport: () => ({
    send: async ([, items]) => {
      sent.push(...items.map(([, item]) => item));
      return {};
    },
    flush: async () => true,
  }),
});
const [genai, { talk }] = await Promise.all([import('@google/genai'), import('../../talk.mjs')]);
await Sentry.startSpan({ name: 'handle a call' }, async () => console.log(await talk(genai)));
await Sentry.flush();
console.log(
  sent
    .map(({ type, transaction, spans = [] }) =>
      [type, transaction, ...spans.map(({ description }) => description)].join(' '),
    )
    .join('; '),
);
