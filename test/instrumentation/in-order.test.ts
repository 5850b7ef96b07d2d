import { ROOT_CONTEXT } from '@opentelemetry/api';
import { expect, test } from 'vitest';
import { inOrder } from '../../src/instrumentation/in-order.ts';
import type { SessionTap } from '../../src/instrumentation/tap.ts';

/** Says what it is told, as text. */
function listener() {
  const told: string[] = [];
  const tell = (what: string) => (value?: unknown) => {
    told.push(value === undefined ? what : `${what} ${textOf(value)}`);
    return undefined;
  };
  const tap: SessionTap = {
    connecting: tell('connecting'),
    opened: tell('opened'),
    sent: tell('sent'),
    sendFailed: tell('send failed'),
    received: (data) => {
      told.push(`received ${textOf(data)}`);
      return ROOT_CONTEXT;
    },
    closing: tell('closing'),
    failed: tell('failed'),
    over: tell('over'),
    closed: ({ code }) => told.push(`closed ${code}`),
    connectFailed: tell('connect failed'),
    broken: false,
  };
  return { told, session: inOrder(tap) };
}

const textOf = (value: unknown): string =>
  value instanceof ArrayBuffer ? new TextDecoder().decode(value) : String(value);

/** A Blob that is read when the test says so. */
class SlowBlob extends Blob {
  read: (error?: Error) => void = () => {};
  readonly #read = new Promise<void>((resolve, reject) => {
    this.read = (error) => (error === undefined ? resolve() : reject(error));
  });

  override async arrayBuffer() {
    await this.#read;
    return await super.arrayBuffer();
  }
}

/** All that has been read by now is told. */
const told = () => new Promise((resolve) => setTimeout(resolve));

test('what comes at once is told at once, with the context of the handler', () => {
  const { told, session } = listener();
  session.opened();
  session.sent('a');
  expect(session.received('b')).toBe(ROOT_CONTEXT);
  expect(session.received(new TextEncoder().encode('c').buffer)).toBe(ROOT_CONTEXT);
  session.closed({ code: 1000 });
  expect(told).toEqual(['opened', 'sent a', 'received b', 'received c', 'closed 1000']);
});

test('that the socket is closed is told before what is still being read', async () => {
  const { told: heard, session } = listener();
  const last = new SlowBlob(['last']);
  session.received(last);
  session.closed({ code: 1011 });
  expect(heard).toEqual(['over']);
  last.read();
  await told();
  expect(heard).toEqual(['over', 'received last', 'closed 1011']);
});

test('all that comes after a Blob waits for it, the end of the session included', async () => {
  const { told: heard, session } = listener();
  const [first, second, third] = [new SlowBlob(['1']), new SlowBlob(['2']), new SlowBlob(['3'])];
  expect(session.received(first)).toBeUndefined();
  session.sent('answer');
  session.received(second);
  session.received('text');
  session.sent(third);
  session.closing();
  session.failed('broken');
  session.closed({ code: 1011 });
  third.read();
  second.read();
  await told();
  expect(heard.splice(0)).toEqual(['over']);
  first.read();
  await told();
  expect(heard).toEqual([
    'received 1',
    'sent answer',
    'received 2',
    'received text',
    'sent 3',
    'closing',
    'failed broken',
    'closed 1011',
  ]);
});

test('a Blob that cannot be read is left out, and nothing with it', async () => {
  const { told: heard, session } = listener();
  const [broken, whole] = [new SlowBlob(['1']), new SlowBlob(['2'])];
  session.received(whole);
  session.received(broken);
  session.closed({ code: 1006 });
  broken.read(new Error('gone'));
  await told();
  whole.read();
  await told();
  expect(heard).toEqual(['over', 'received 2', 'closed 1006']);
  session.sent('late');
  expect(heard).toEqual(['over', 'received 2', 'closed 1006', 'sent late']);
});

test('what the application changes in a close event later is not told', async () => {
  const { told: heard, session } = listener();
  const frame = new SlowBlob(['1']);
  session.received(frame);
  const end = { code: 1000 };
  session.closed(end);
  end.code = 1011;
  frame.read();
  await told();
  expect(heard).toEqual(['over', 'received 1', 'closed 1000']);
});
