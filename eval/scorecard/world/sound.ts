/** A tenth of a second of what would be more: the length of audio plays no part here, that it comes does. */
const frameBytes = 160;

export const silentAudio = Buffer.alloc(frameBytes).toString('base64');
export const spokenAudio = Buffer.alloc(frameBytes, 0x37).toString('base64');

const speechMark = spokenAudio.slice(0, 24);

export function isSpeech(message: string): boolean {
  return message.includes(speechMark) || message.includes('"text"');
}
