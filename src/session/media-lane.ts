/**
 * Audio and video, tens of times a second in each session, wait here as a few numbers and go through the reducer
 * together, each with the time it crossed the socket. What the reducer makes of them is the same; but its code and the
 * state of the session then come into the processor's caches once for many frames, and that is most of what a frame
 * costs in a process that does other work in between.
 */
import type { ReceivedAudio, SentMedia } from '../protocol/frame.ts';
import { audioContent } from '../protocol/received-audio.ts';
import type { SessionEvent } from './events.ts';

/** Half a second of frames both ways, as they mostly come. */
const capacity = 32;
/** Time, size on the wire, and decoded audio with what kind it is. */
const numbers = 3;

const sentKinds = ['audio', 'video', 'media_chunks'] as const satisfies readonly SentMedia['kind'][];
const receivedCode = sentKinds.length;
/** Added for sent frames that are loud and received ones that are silent. A power of two, as {@link codes} is. */
const marked = 4;
const codes = 8;

export class MediaLane {
  /** Made with the first frame: sessions without audio need none. */
  #slots: Float64Array | undefined;
  #count = 0;

  /** When the oldest frame crossed the socket, in epoch milliseconds; `undefined` where none waits. */
  get since(): number | undefined {
    return this.#count === 0 ? undefined : this.#slots?.[0];
  }

  get full(): boolean {
    return this.#count === capacity;
  }

  addSent({ kind, bytes, audioBytes, loud }: SentMedia, at: number): void {
    const code = kind === 'audio' ? 0 : kind === 'video' ? 1 : 2;
    this.#add(bytes, audioBytes * codes + (loud === true ? code + marked : code), at);
  }

  addReceived({ bytes, audioBytes, silentAudio }: ReceivedAudio, at: number): void {
    this.#add(bytes, audioBytes * codes + (silentAudio === true ? receivedCode + marked : receivedCode), at);
  }

  /** Gives the frames away, oldest first, as the events they would have been. None waits afterwards. */
  drain(take: (event: SessionEvent, at: number) => void): void {
    const slots = this.#slots;
    const count = this.#count;
    this.#count = 0;
    if (slots === undefined) return;
    for (let slot = 0; slot < count * numbers; slot += numbers) {
      take(eventOf(slots[slot + 1] as number, slots[slot + 2] as number), slots[slot] as number);
    }
  }

  #add(bytes: number, packed: number, at: number): void {
    this.#slots ??= new Float64Array(capacity * numbers);
    const slot = this.#count * numbers;
    this.#slots[slot] = at;
    this.#slots[slot + 1] = bytes;
    this.#slots[slot + 2] = packed;
    this.#count += 1;
  }
}

/** Each form of a frame is spelt out: to spread one into another takes longer than all else that is done with it. */
function eventOf(bytes: number, packed: number): SessionEvent {
  // Not `%`, which calls a function where numbers are no small ones. The lowest bits are right beyond 2^32 as well.
  const code = packed & (codes - 1);
  const audioBytes = (packed - code) / codes;
  const mark = code >= marked;
  const kind = sentKinds[code & (marked - 1)];
  if (kind !== undefined) {
    return {
      type: 'frame_sent',
      frame: mark
        ? { direction: 'sent', kind, bytes, audioBytes, loud: true }
        : { direction: 'sent', kind, bytes, audioBytes },
    };
  }
  return {
    type: 'frame_received',
    frame: mark
      ? { direction: 'received', kind: 'audio', bytes, audioBytes, silentAudio: true, server: audioContent }
      : { direction: 'received', kind: 'audio', bytes, audioBytes, server: audioContent },
  };
}
