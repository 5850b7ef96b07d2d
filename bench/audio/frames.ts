/** Messages of the audio path as client and service write them. */
import { randomBytes } from 'node:crypto';

/** Different frames, so that no cache of one string or buffer is measured; few enough to stay in the processor's own. */
const variants = 16;

export type SentAudio = { readonly audio: { readonly data: string; readonly mimeType: string } };

export interface Shape {
  readonly name: string;
  readonly ms: number;
}

/** 16 kHz, 16 bit, mono. */
export const sentShapes = [
  { name: '100 ms', ms: 100 },
  { name: '20 ms', ms: 20 },
] as const satisfies readonly Shape[];

/** 24 kHz, 16 bit, mono. */
export const receivedShapes = [
  { name: '200 ms, pretty-printed', ms: 200, indent: 2 },
  { name: '40 ms, compact', ms: 40, indent: 0 },
] as const;

/** What the application hands to `sendRealtimeInput()`. */
export function sentAudio(ms: number): readonly SentAudio[] {
  return Array.from({ length: variants }, () => ({
    audio: { data: randomBytes(ms * 32).toString('base64'), mimeType: 'audio/pcm;rate=16000' },
  }));
}

/** What the SDK makes of it. */
export function sentText(ms: number): readonly string[] {
  return sentAudio(ms).map((input) => JSON.stringify({ realtimeInput: input }));
}

export function receivedAudio(ms: number, indent: number): readonly Buffer[] {
  return Array.from({ length: variants }, () =>
    toFrame(
      {
        serverContent: {
          modelTurn: {
            parts: [
              {
                inlineData: {
                  mimeType: 'audio/pcm;rate=24000',
                  data: randomBytes(ms * 48).toString('base64'),
                },
              },
            ],
          },
        },
      },
      indent,
    ),
  );
}

export const setupComplete = toFrame({ setupComplete: {} }, 2);

export function toFrame(message: object, indent: number): Buffer {
  return Buffer.from(`${JSON.stringify(message, undefined, indent)}\n`);
}
