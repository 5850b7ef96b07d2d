import { talk } from './talk.mjs';

// A call inside a span of Sentry's. What Sentry would send goes nowhere; it says what it has. The client is loaded once
// Sentry has started, as its documentation asks for.
export async function handleCall(Sentry, loadGenai) {
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
  const genai = await loadGenai();
  await Sentry.startSpan({ name: 'handle a call' }, async () => console.log(await talk(genai)));
  await Sentry.flush();
  console.log(
    sent
      .map(({ type, transaction, spans = [] }) =>
        [type, transaction, ...spans.map(({ description }) => description)].join(' '),
      )
      .join('; '),
  );
}
