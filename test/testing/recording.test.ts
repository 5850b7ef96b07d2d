import fc from 'fast-check';
import { afterEach, describe, expect, it } from 'vitest';
import type { Recording } from '../../src/testing/index.ts';
import { formatRecording, LiveServerSimulator, parseRecording } from '../../src/testing/index.ts';
import { application, outlines, userTurn } from './client.ts';
import { converse } from './converse.ts';

const text = (recording: Recording): readonly string[] =>
  recording.frames.map(({ from, data }) => `${from} ${Buffer.from(data).toString('utf8')}`);

const spoken: Recording = {
  frames: (
    [
      ['client', '{"setup":{"model":"models/m1"}}'],
      ['server', '{\n  "setupComplete": {}\n}\n'],
      ['client', '{"clientContent":{"turnComplete":true}}'],
      ['server', '{}'],
    ] as const
  ).map(([from, payload]) => ({ from, data: Buffer.from(payload) })),
};

const running: LiveServerSimulator[] = [];

afterEach(async () => {
  await Promise.all(running.splice(0).map((simulator) => simulator.close()));
});

async function replay(recording: Recording): Promise<LiveServerSimulator> {
  const simulator = await LiveServerSimulator.start({ recording });
  running.push(simulator);
  return simulator;
}

describe('parseRecording', () => {
  it('reads frames whose length counts the newline at their end', () => {
    expect(text(parseRecording('>3 {}\n<5 [1]\n\n'))).toEqual(['client {}', 'server [1]\n']);
  });

  it('reads frames whose length leaves the newline out', () => {
    expect(text(parseRecording('>2 {}\n<4 [1]\n\n'))).toEqual(['client {}', 'server [1]\n']);
  });

  it('reads nothing from an empty text', () => {
    expect(parseRecording('')).toEqual({ frames: [] });
  });

  it.each(['hello', '>x {}\n', '<99 {}\n', '>3 {}'])('says where %j is no recording', (broken) => {
    expect(() => parseRecording(broken)).toThrow(/^The recording cannot be read at byte 0: expected/);
  });

  it('reads back every recording that is written, whatever its bytes', () => {
    const frame = fc.record({
      from: fc.constantFrom('client' as const, 'server' as const),
      data: fc.uint8Array({ maxLength: 60 }),
    });
    fc.assert(
      fc.property(fc.array(frame, { maxLength: 8 }), (frames) => {
        const read = parseRecording(formatRecording({ frames }));
        expect(read.frames.map(({ from, data }) => ({ from, data: new Uint8Array(data) }))).toEqual(
          frames.map(({ from, data }) => ({ from, data: new Uint8Array(data) })),
        );
      }),
    );
  });

  it('reads bytes of any kind or throws a TypeError', () => {
    fc.assert(
      fc.property(fc.string(), (any) => {
        try {
          expect(parseRecording(any).frames.length).toBeGreaterThanOrEqual(0);
        } catch (error) {
          expect(error).toBeInstanceOf(TypeError);
        }
      }),
    );
  });
});

describe('replay', () => {
  it('serves the frames byte for byte, each after the client frames before it', async () => {
    const simulator = await replay(spoken);
    const frames = await converse(simulator.url, spoken);
    expect(frames.map(String)).toEqual(['{\n  "setupComplete": {}\n}\n', '{}']);
  });

  it('holds a frame back until the client has sent what precedes it', async () => {
    const simulator = await replay(spoken);
    const app = application(simulator.url);
    const session = await app.connected;
    expect(simulator.sessions[0]?.sent.frames).toBe(1);
    session.sendClientContent(userTurn);
    await app.seen((message) => Object.keys(message).length === 0);
    expect(outlines(app.messages)).toEqual(['setupComplete', 'empty']);
  });

  it('stays open after the last frame, until the client closes', async () => {
    const simulator = await replay(spoken);
    const app = application(simulator.url);
    const session = await app.connected;
    session.sendClientContent(userTurn);
    await app.seen((message) => Object.keys(message).length === 0);
    expect(simulator.sessions[0]?.end).toBeUndefined();
    session.close();
    expect(await simulator.sessions[0]?.closed).toMatchObject({ by: 'client', code: 1005 });
  });
});
