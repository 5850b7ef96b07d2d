import type { Treatment } from './treatment.ts';

/** What the tool answers: nothing that anybody said, and of the size wanted on the wire. */
export function responseOf({ responseBytes, encoding }: Treatment): unknown {
  const text = fill(
    Math.max(0, responseBytes - overhead),
    encoding === 'utf8' ? 'Öffnungszeiten täglich ' : sentences[encoding],
  );
  return encoding === 'text' ? text : { output: text };
}

/** The rest of the message: `{"toolResponse":{"functionResponses":[…`. */
const overhead = 128;
const plain = 'The garden is open every day from nine to six. ';
const sentences = {
  ascii: plain,
  text: plain,
  base64: 'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk',
} as const;

/** That many bytes of UTF-8, or up to three fewer. */
function fill(bytes: number, sentence: string): string {
  const whole = sentence.repeat(Math.floor(bytes / Buffer.byteLength(sentence)));
  let rest = bytes - Buffer.byteLength(whole);
  let text = whole;
  for (const character of sentence) {
    rest -= Buffer.byteLength(character);
    if (rest < 0) break;
    text += character;
  }
  return text;
}
