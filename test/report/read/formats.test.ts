import { Readable } from 'node:stream';
import { describe, expect, it } from 'vitest';
import { collect } from '../../../src/report/read/collect.ts';
import { spanLine } from '../otlp-lines.ts';
import { allSpans, closure, connect, session } from '../sample.ts';
import { protobufRequest } from './protobuf-request.ts';

const collected = (...pieces: readonly (string | Uint8Array)[]) =>
  collect(['-'], { stdin: Readable.from(pieces.map((piece) => Buffer.from(piece))) });

/** As the Collector's file exporter writes it with `format: proto`. */
function framed(message: Uint8Array): Buffer {
  const length = Buffer.alloc(4);
  length.writeUInt32BE(message.length);
  return Buffer.concat([length, message]);
}

describe('what it is written in', () => {
  it('may be protobuf, with the length before each message', async () => {
    const { input, ...found } = await collected(
      Buffer.concat([protobufRequest([session, connect]), protobufRequest(allSpans.slice(2))].map(framed)),
    );
    const { input: _, ...expected } = await collected(spanLine(allSpans));
    expect(input).toMatchObject({ lines: 2, spans: allSpans.length, broken: 0 });
    expect(found).toEqual(expected);
  });

  it('may be one protobuf message', async () => {
    const { input, ...found } = await collected(protobufRequest(allSpans));
    const { input: _, ...expected } = await collected(spanLine(allSpans));
    expect([input.lines, found]).toEqual([1, expected]);
  });

  it('is nothing where it is zeros or message after message of something else, and is not read to its end', async () => {
    const zeros = Buffer.alloc(100_000);
    expect((await collected(zeros)).input).toMatchObject({ lines: 1, broken: 1 });
    const junk = Buffer.concat(Array.from({ length: 50_000 }, () => framed(Buffer.from([0xff]))));
    expect((await collected(junk)).input.lines).toBeLessThan(2_000);
  });

  it('may be protobuf that breaks off, wherever it is cut into chunks', async () => {
    const bytes = Buffer.concat([protobufRequest(allSpans), protobufRequest(allSpans)].map(framed));
    const cut = bytes.subarray(0, bytes.length - 100);
    const pieces = Array.from({ length: Math.ceil(cut.length / 301) }, (_, index) =>
      cut.subarray(index * 301, (index + 1) * 301),
    );
    expect((await collected(...pieces)).input).toMatchObject({
      lines: 2,
      spans: 7,
      brokenLines: [{ file: '-', line: 2, problem: 'truncated' }],
    });
  });

  it('may be protobuf with a message that is none', async () => {
    const none = framed(Buffer.from([0x0a, 0xff, 0xff]));
    expect((await collected(none, framed(protobufRequest([closure])))).input).toMatchObject({
      lines: 2,
      spans: 1,
      brokenLines: [{ file: '-', line: 1, problem: 'not_json' }],
    });
  });

  it('may be a JSON document over several lines', async () => {
    const pretty = JSON.stringify(JSON.parse(spanLine(allSpans)), undefined, 2);
    const { input, counts } = await collected(pretty);
    expect([input.lines, input.spans, input.broken, counts.sessions]).toEqual([1, 7, 0, 1]);
  });
});
