import { DiagConsoleLogger, diag } from '@opentelemetry/api';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { type Sender, watchSending } from '../../src/instrumentation/sending.ts';
import type { SessionTap } from '../../src/instrumentation/tap.ts';

/** A session that writes down what it is told. */
function listening(): { readonly session: SessionTap; readonly told: unknown[][] } {
  const told: unknown[][] = [];
  const session: SessionTap = {
    broken: false,
    connecting: (credential) => told.push(['connecting', credential]),
    opened: () => told.push(['opened']),
    sent: (data) => told.push(['sent', data]),
    sendFailed: (error) => told.push(['sendFailed', String(error)]),
    received: () => undefined,
    closing: () => told.push(['closing']),
    failed: (error) => told.push(['failed', error]),
    over: () => told.push(['over']),
    closed: (end) => told.push(['closed', end]),
    connectFailed: (error) => told.push(['connectFailed', error]),
  };
  return { session, told };
}

class Socket implements Sender {
  readyState = 1;
  readonly #written: unknown[][] = [];
  send(data: unknown, ...rest: unknown[]): number {
    return this.#written.push([data, ...rest]);
  }
  close(...args: unknown[]): void {
    this.#written.push(['close', ...args]);
  }
  get written(): readonly unknown[][] {
    return this.#written;
  }
}

describe('a watched socket', () => {
  it('gets what it was given, and gives back what it gave', () => {
    const socket = new Socket();
    const { session, told } = listening();
    watchSending(socket, session);
    expect(socket.send('a', { binary: true })).toBe(1);
    socket.close(1000, 'done');
    expect(socket.written).toEqual([
      ['a', { binary: true }],
      ['close', 1000, 'done'],
    ]);
    expect(told).toEqual([['sent', 'a'], ['closing']]);
    expect([socket.send.name, socket.send.length, socket.close.name]).toEqual(['send', 1, 'close']);
    expect(Object.keys(socket)).toEqual(['readyState']);
  });

  it('throws what it threw, and the session hears of it', () => {
    const socket = new Socket();
    const { session, told } = listening();
    vi.spyOn(socket, 'send').mockImplementation(() => {
      throw new RangeError('full');
    });
    watchSending(socket, session);
    expect(() => socket.send('a')).toThrow(new RangeError('full'));
    expect(told).toEqual([['sendFailed', 'RangeError: full']]);
  });

  it('stays the spy it was', () => {
    const socket = new Socket();
    const { session, told } = listening();
    vi.spyOn(socket, 'send');
    watchSending(socket, session);
    socket.send('a');
    expect(socket.send).toHaveBeenCalledExactlyOnceWith('a');
    vi.mocked(socket.send).mockReturnValue(7);
    expect(socket.send('b')).toBe(7);
    expect(told).toEqual([
      ['sent', 'a'],
      ['sent', 'b'],
    ]);
  });

  it('calls what is put on its class later', () => {
    const socket = new Socket();
    watchSending(socket, listening().session);
    const spy = vi.spyOn(Socket.prototype, 'send');
    onTestFinished(() => spy.mockRestore());
    socket.send('a');
    expect(spy).toHaveBeenCalledExactlyOnceWith('a');
  });

  it.each([
    ['closing', { readyState: 2 }],
    ['answering a close frame', { readyState: 1, _closeFrameReceived: true }],
    ['giving up after a broken frame', { readyState: 1, _receiver: { errored: new Error('broken') } }],
  ])('that is %s is not closed by the application', (_state, state) => {
    const socket = Object.assign(new Socket(), state);
    const { session, told } = listening();
    watchSending(socket, session);
    socket.close();
    expect(told).toEqual([]);
  });

  it('that is frozen stays as it is, and one warning says what is missing', () => {
    const warn = vi.fn();
    diag.setLogger({ ...new DiagConsoleLogger(), warn }, { suppressOverrideMessage: true });
    onTestFinished(() => diag.disable());
    const socket = Object.freeze(new Socket());
    const { session, told } = listening();
    watchSending(socket, session);
    expect(socket.send('a')).toBe(1);
    expect(told).toEqual([]);
    expect(warn.mock.calls).toEqual([['live-otel: a connection is frozen: what it sends is not recorded.']]);
  });
});
